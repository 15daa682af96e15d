"""A key put into the lines of a table, or taken out, so that every comment stays where it is.

This goes by how settings files are written, line by line, and not by all that TOML allows:
whoever asks has to check what comes out, and to have another way where it is wrong.
"""

import re
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

_HEADER: Final = re.compile(r"\s*\[")


def with_key(text: str, table: str, key: str, value: Any) -> str | None:
    """Return a text with a key that its table did not have.

    It takes the place of ``# key = ...``, as `choreai-live settings show` writes keys that are
    left out, or else comes after the last key of the table.

    Parameters
    ----------
    text
        TOML.
    table, key
        Names.
    value
        What TOML can hold.

    Returns
    -------
    str or None
        None if there is no such table.
    """
    lines = text.splitlines(keepends=True)
    place = _extent(lines, table)
    if place is None:
        return None
    written = f"{key} = {tomlkit.item(value).as_string()}"
    left_out = re.compile(rf"(\s*)#\s*{re.escape(key)}\s*=\s*\.\.\.(\s*#.*)?\s*$")
    last = place.start - 1
    for number in place:
        if found := left_out.match(lines[number]):
            lines[number] = f"{found[1]}{written}{(found[2] or '').rstrip()}\n"
            return "".join(lines)
        if (line := lines[number].strip()) and not line.startswith("#"):
            last = number
    lines[last] = lines[last].rstrip("\n") + "\n"
    lines.insert(last + 1, f"{written}\n")
    return "".join(lines)


def without_key(text: str, table: str, key: str) -> str | None:
    """Return a text without a key; what is said about it, above it or beside it, stays.

    Parameters
    ----------
    text
        TOML.
    table, key
        Names.

    Returns
    -------
    str or None
        None if the key is not on a line of its own.
    """
    lines = text.splitlines(keepends=True)
    place = _extent(lines, table) or range(0)
    given = re.compile(rf"\s*{re.escape(key)}\s*=")
    number = next((each for each in place if given.match(lines[each])), None)
    if number is None:
        return None
    try:
        item = tomlkit.parse(lines[number].lstrip()).item(key)
    except TOMLKitError:
        return None
    if not isinstance(item, Item):
        return None
    explained = number in place[1:] and lines[number - 1].lstrip().startswith("#")
    if item.trivia.comment or explained:
        beside = f"{item.trivia.comment_ws}{item.trivia.comment}"
        lines[number] = f"# {key} = ...{beside}\n"
    else:
        del lines[number]
    return "".join(lines)


def _extent(lines: list[str], table: str) -> range | None:
    """Return the numbers of the lines of a table, its heading left out."""
    heading = re.compile(rf"\s*\[\s*{re.escape(table)}\s*\]\s*(#.*)?$")
    begin = next((number for number, line in enumerate(lines) if heading.match(line)), None)
    if begin is None:
        return None
    rest = range(begin + 1, len(lines))
    end = next((number for number in rest if _HEADER.match(lines[number])), len(lines))
    return range(begin + 1, end)
