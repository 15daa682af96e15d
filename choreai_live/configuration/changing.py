"""Changing one key of a settings file and leaving everything else, comments too, as it is."""

import os
from dataclasses import replace
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from choreai_live.configuration.checking import ConfigurationError, read_toml
from choreai_live.configuration.reading import check_settings
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.outputs import OutputFile


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
    exists = path.exists()
    before = check_settings(read_toml(path), path) if exists else ProgramSettings()
    text = path.read_bytes().decode("utf-8-sig") if exists else ""
    wanted = replace(before, kiosk=replace(before.kiosk, pin_hash=pin_hash))
    if wanted == before:
        return
    changed = _changed(text, pin_hash, path)
    if check_settings(tomlkit.parse(changed).unwrap(), path) != wanted:
        raise _too_intricate(path)
    mask = os.umask(0o077)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with OutputFile(path) as file:
            file.write(changed)
    except OSError as error:
        raise ConfigurationError(
            f"{path.parent} cannot be made ({error.strerror or error}): see who owns it."
        ) from error
    finally:
        os.umask(mask)


def _changed(text: str, pin_hash: str | None, path: Path) -> str:
    try:
        document = tomlkit.parse(text)
        kiosk = document.setdefault("kiosk", tomlkit.table())
        if pin_hash is None:
            del kiosk["pin_hash"]
        else:
            kiosk["pin_hash"] = pin_hash
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, AttributeError) as error:
        raise _too_intricate(path) from error


def _too_intricate(path: Path) -> ConfigurationError:
    return ConfigurationError(
        f"{path} cannot be changed without losing something of it: write the table [kiosk] on "
        "lines of its own, and try again."
    )
