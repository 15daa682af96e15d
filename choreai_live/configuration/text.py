"""Configurations as TOML in which every key is explained.

The comments are the documentation of the fields themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from inspect import cleandoc
from pathlib import Path
from textwrap import fill
from typing import Any, Final

import tomlkit

from choreai_live.configuration.tables import keys_of

_WIDTH: Final = 92


def explained(configuration: Any) -> str:
    """Return a configuration with all of its keys, and a comment on each.

    Parameters
    ----------
    configuration
        A dataclass of dataclasses, see :mod:`choreai_live.configuration.tables`.
        A value of None is written as a comment, as it means that the key is left out.
    """
    return "\n".join(_table(configuration, "")).strip() + "\n"


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
        return f"# {key} = ..."
    if isinstance(value, dict):
        return f"{key} = {{}}"
    if isinstance(value, tuple):
        parts = (str(part) if isinstance(part, Path) else part for part in value)
        return f"{key} = [{', '.join(map(_written, parts))}]"
    return f"{key} = {_written(str(value) if isinstance(value, Path) else value)}"


def _written(value: Any) -> str:
    text: str = tomlkit.item(value).as_string()
    return text


def _comment(text: str) -> list[str]:
    prefix = "# "
    return fill(text, _WIDTH, initial_indent=prefix, subsequent_indent=prefix).splitlines()


def _first_sentence(part: Any) -> str:
    return _without_markup(cleandoc(part.__doc__).partition("\n\n")[0])


def _meanings(part: Any) -> dict[str, str]:
    """Read the Parameters of a numpydoc docstring: name to what it means."""
    _, _, parameters = cleandoc(part.__doc__).partition("Parameters\n----------\n")
    parameters = re.split(r"\n\n\S+\n-+\n", parameters)[0]
    meanings: dict[str, str] = {}
    for block in re.split(r"\n(?=\S)", parameters.strip()):
        names, _, meaning = block.partition("\n")
        for name in names.split(","):
            meanings[name.strip()] = _without_markup(meaning)
    return meanings


def _without_markup(text: str) -> str:
    """Drop the markup of docstrings."""
    text = re.sub(r":\w+:`~?([^`]*)`", r"\1", " ".join(text.split()))
    text = text.replace("``", "'")
    return re.sub(r"(?<!\w)\*(\w[^*]*)\*", r"\1", text)
