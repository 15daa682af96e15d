"""Why a checkpoint cannot be used."""

from pathlib import Path

from choreai_live.errors import ModelError


class UnsuitableError(Exception):
    """A checkpoint cannot be used; the message goes on after its name ("has ...", "is ...")."""


def refusal(path: Path, error: UnsuitableError) -> ModelError:
    """Make the whole sentence."""
    return ModelError(
        f"The checkpoint {path} {error}: bring one that AlphaPose publishes; "
        "docs/alphapose.md lists which can be used."
    )
