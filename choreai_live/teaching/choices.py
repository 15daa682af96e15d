"""What the user chose beside the packs."""

from pathlib import Path
from typing import Final

import msgspec

from choreai_live.writing import OutputFile

#: A larger file is somebody else's.
_LARGEST: Final = 2**20


class Choices(msgspec.Struct, frozen=True):
    """Labels of the model that are muted, and packs that are off."""

    muted: tuple[str, ...] = ()
    inactive: tuple[str, ...] = ()


def read_choices(path: Path) -> tuple[Choices, str | None]:
    """Return what a file says, if there is one, and a sentence if it cannot be read."""
    try:
        if not path.exists():
            return Choices(), None
        if path.stat().st_size <= _LARGEST:
            return msgspec.json.decode(path.read_bytes(), type=Choices), None
    except (OSError, msgspec.MsgspecError):
        pass
    return Choices(), (
        f"{path} cannot be read, so no style is muted and every pack is on: choose again."
    )


def write_choices(path: Path, choices: Choices) -> None:
    """Write them, whole or not at all.

    Raises
    ------
    OutputError
        If that fails.
    """
    with OutputFile(path) as file:
        file.write(msgspec.json.encode(choices).decode())
