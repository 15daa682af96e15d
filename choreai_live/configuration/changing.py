"""Changing keys of a settings file and leaving everything else, comments too, as it is."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from choreai_live.configuration.checking import ConfigurationError, read_toml
from choreai_live.configuration.lines import with_key, without_key
from choreai_live.configuration.reading import check_settings
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.outputs import OutputFile

#: Written at the head of a file that is made here.
_HEADING: Final = "# 'choreai-live settings show' explains every key."

#: What is read is written before anybody else of this process reads.
_TURN: Final = Lock()


def write_pin_hash(path: Path, pin_hash: str | None) -> None:
    """Write the hash of a PIN into a settings file, or take it out.

    Parameters
    ----------
    path
        The file; made, readable for the user alone, if there is none.
    pin_hash
        None takes it out.

    Raises
    ------
    ChoreaiError
        If the file is broken, or cannot be written; it is then left as it is.
    """
    write_settings(path, {"kiosk.pin_hash": pin_hash})


def write_settings(path: Path, changes: Mapping[str, Any]) -> ProgramSettings:
    """Write values of some keys into a settings file, or take keys out.

    Parameters
    ----------
    path
        The file; made, readable for the user alone, if there is none.
    changes
        Key, with its dot, to its value; None takes the key out, so that its default holds.

    Returns
    -------
    ProgramSettings
        What the file says then.

    Raises
    ------
    ChoreaiError
        If the file is broken, a value cannot be, or the file cannot be written; it is then
        left as it is.
    """
    with _TURN:
        exists = path.exists()
        before = check_settings(read_toml(path), path) if exists else ProgramSettings()
        text = path.read_bytes().decode("utf-8-sig") if exists else ""
        wanted = _with(before, changes)
        if wanted == before and not _pins_defaults(text, changes):
            return before
        changed = _changed(text, changes, path)
        after = check_settings(tomlkit.parse(changed).unwrap(), path)
        if after != wanted:
            raise _too_intricate(path, changes)
        _put(path, changed)
        return after


def _with(settings: ProgramSettings, changes: Mapping[str, Any]) -> ProgramSettings:
    """Return settings with other values; a key that is taken out has its default."""
    default = ProgramSettings()
    for key, value in changes.items():
        table, _, name = key.partition(".")
        if value is None:
            value = getattr(getattr(default, table), name)
        changed = replace(getattr(settings, table), **{name: value})
        settings = replace(settings, **{table: changed})
    return settings


def _pins_defaults(text: str, changes: Mapping[str, Any]) -> bool:
    """Whether a value that is the default already is to stand in the file, or no longer."""
    held: Any = {}
    with suppress(TOMLKitError):
        held = tomlkit.parse(text).unwrap()
    for key, value in changes.items():
        table, _, name = key.partition(".")
        part = held.get(table)
        if (isinstance(part, dict) and name in part) != (value is not None):
            return True
    return False


def _changed(text: str, changes: Mapping[str, Any], path: Path) -> str:
    if not text.strip():
        text = f"{_HEADING}\n\n{text}"
    try:
        for key, value in changes.items():
            table, _, name = key.partition(".")
            value = str(value) if isinstance(value, Path) else value
            value = list(value) if isinstance(value, tuple) else value
            text = _with_one(text, table, name, value)
    except (TOMLKitError, KeyError, TypeError, AttributeError) as error:
        raise _too_intricate(path, changes) from error
    return text


def _with_one(text: str, table: str, name: str, value: Any) -> str:
    """Return the text with one key changed, its comments where they were."""
    document = tomlkit.parse(text)
    held = document.unwrap()
    wanted = {**held, table: {**held.get(table, {})}}
    wanted[table].pop(name, None)
    if value is not None:
        wanted[table][name] = value
    if name not in held.get(table, {}):
        if value is None:
            return text
        changed = with_key(text, table, name, value)
    elif value is None:
        changed = without_key(text, table, name)
    else:
        changed = None
    if changed is not None:
        # By lines it reads best, where that is right: a line may be in the middle of a text.
        with suppress(TOMLKitError):
            if tomlkit.parse(changed).unwrap() == wanted:
                return changed
    part = document.setdefault(table, tomlkit.table())
    if value is None:
        del part[name]
    else:
        part[name] = value
    return tomlkit.dumps(document)


def _put(path: Path, text: str) -> None:
    mask = os.umask(0o077)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with OutputFile(path) as file:
            file.write(text)
    except OSError as error:
        raise ConfigurationError(
            f"{path.parent} cannot be made ({error.strerror or error}): see who owns it."
        ) from error
    finally:
        os.umask(mask)


def _too_intricate(path: Path, changes: Mapping[str, Any]) -> ConfigurationError:
    tables = ", ".join(f"[{name}]" for name in dict.fromkeys(key.split(".")[0] for key in changes))
    return ConfigurationError(
        f"{path} cannot be changed without losing something of it: write the table {tables} on "
        "lines of its own, and try again."
    )
