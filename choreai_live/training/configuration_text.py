"""Configurations as text: the one that was used, and an example that explains itself."""

from pathlib import Path
from typing import Final

import tomlkit

from choreai_live.configuration.tables import nested
from choreai_live.configuration.text import explained
from choreai_live.training.configuration import Configuration

_HEADING: Final = """\
# What to train a style model on, and how. Everything but data and out may be left out;
# what stands here is the default.

"""


def as_toml(configuration: Configuration) -> str:
    """Return a configuration, complete, as TOML that reads back as the same."""
    return tomlkit.dumps(nested(configuration))


def example() -> str:
    """Return a configuration with every key at its default and a comment on each.

    The comments are the documentation of the fields themselves.
    """
    configuration = Configuration(data=(Path("data"),), out=Path("runs/my-dances"))
    return _HEADING + explained(configuration)
