"""Configurations as text: the one that was used, and an example that explains itself."""

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from inspect import cleandoc
from pathlib import Path
from textwrap import fill
from typing import Any, Final

import tomli_w

from choreai_live.training.configuration import Configuration, keys_of, nested

_WIDTH: Final = 92

_HEADING: Final = """\
# What to train a style model on, and how. Everything but data and out may be left out;
# what stands here is the default.

"""


def as_toml(configuration: Configuration) -> str:
    """Return a configuration, complete, as TOML that reads back as the same."""
    return tomli_w.dumps(nested(configuration))


def example() -> str:
    """Return a configuration with every key at its default and a comment on each.

    The comments are the documentation of the fields themselves.
    """
    configuration = Configuration(data=(Path("data"),), out=Path("runs/my-dances"))
    return _HEADING + "\n".join(_table(configuration, "")).strip() + "\n"


def _table(part: Any, name: str) -> Iterator[str]:
    """Yield the lines of one table, then those of the tables in it."""
    if name:
        yield from _comment(_first_sentence(part))
        yield f"[{name}]"
    meanings = _meanings(part)
    tables = []
    for key in keys_of(part):
        value = getattr(part, key.name)
        if is_dataclass(value):
            tables.append((value, f"{name}.{key.name}".lstrip(".")))
            continue
        yield from _comment(meanings.get(key.name, ""))
        yield _assignment(key.name, value)
    yield ""
    for value, inside in tables:
        yield from _table(value, inside)


def _assignment(key: str, value: Any) -> str:
    if value is None:
        return f'# {key} = ""'
    if isinstance(value, dict):
        return f"{key} = {{}}"
    if isinstance(value, tuple):
        parts = (str(part) if isinstance(part, Path) else part for part in value)
        inside = ", ".join(tomli_w.dumps({"v": part})[4:].strip() for part in parts)
        return f"{key} = [{inside}]"
    held = str(value) if isinstance(value, Path) else value
    return tomli_w.dumps({key: held}).strip()


def _comment(text: str) -> list[str]:
    prefix = "# "
    return fill(text, _WIDTH, initial_indent=prefix, subsequent_indent=prefix).splitlines()


def _first_sentence(part: Any) -> str:
    return _plain(cleandoc(part.__doc__).partition("\n\n")[0])


def _meanings(part: Any) -> dict[str, str]:
    """Read the Parameters of a numpydoc docstring: name to what it means."""
    _, _, parameters = cleandoc(part.__doc__).partition("Parameters\n----------\n")
    parameters = re.split(r"\n\n\S+\n-+\n", parameters)[0]
    meanings: dict[str, str] = {}
    for block in re.split(r"\n(?=\S)", parameters.strip()):
        names, _, meaning = block.partition("\n")
        for name in names.split(","):
            meanings[name.strip()] = _plain(meaning)
    return meanings


def _plain(text: str) -> str:
    """Drop the markup of docstrings."""
    text = re.sub(r":\w+:`~?([^`]*)`", r"\1", " ".join(text.split()))
    text = text.replace("``", "'")
    return re.sub(r"(?<!\w)\*(\w[^*]*)\*", r"\1", text)
