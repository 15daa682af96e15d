"""The program's settings file, read and checked."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import platformdirs

from choreai_live.configuration.checking import ConfigurationError, checked, read_toml, shown
from choreai_live.configuration.sections import LIMITS, SECRET, ProgramSettings
from choreai_live.source_choice import MOST_SOURCES

_POSE: Final = re.compile(r"blazepose|movenet|alphapose(:[\w.-]+)?")
_KEYS: Final = re.compile(r"((Ctrl|Alt|Shift|Meta)\+)*([A-Z0-9]|F[0-9]{1,2}|Esc|Space|Home|End)")


def settings_path() -> Path:
    """Where the settings file lies unless another one is named."""
    return platformdirs.user_config_path("choreai-live") / "settings.toml"


def read_settings(path: Path) -> ProgramSettings:
    """Read and check a settings file.

    Parameters
    ----------
    path
        A TOML file; relative paths in it start at its folder.

    Raises
    ------
    ConfigurationError
        One sentence with the file, the line or key, and what is allowed there.
    """
    return check_settings(read_toml(path), path)


def check_settings(held: Mapping[str, Any], path: Path) -> ProgramSettings:
    """Check what a settings file holds.

    Parameters
    ----------
    held
        As :func:`choreai_live.configuration.checking.read_toml` gives it.
    path
        The file, for sentences and for relative paths.

    Raises
    ------
    ConfigurationError
        One sentence with the file, the key and what is allowed there.
    """
    settings = checked(ProgramSettings, held, path, limits=LIMITS, secret=SECRET)
    if wrong := _without_sense(settings):
        raise ConfigurationError(f"{path}: {wrong}.")
    folder = path.absolute().parent
    return replace(
        settings,
        models=replace(settings.models, style_model=_found(folder, settings.models.style_model)),
        teaching=replace(settings.teaching, folder=_found(folder, settings.teaching.folder)),
        recording=replace(settings.recording, folder=_found(folder, settings.recording.folder)),
        log=replace(settings.log, folder=_found(folder, settings.log.folder)),
    )


def are_quit_keys(text: str) -> bool:
    """Whether these are keys to be held, such as Ctrl+Alt+Q; nothing means none."""
    return not text or _KEYS.fullmatch(text) is not None


def is_host(text: str) -> bool:
    """Whether this can be an address to serve on; an empty one would mean every one there is."""
    return bool(text) and not any(character.isspace() for character in text)


def _found(folder: Path, path: Path | None) -> Path | None:
    if path is None:
        return None
    try:
        return folder / path.expanduser()
    except RuntimeError:  # of a user that does not exist
        return folder / path


def _without_sense(settings: ProgramSettings) -> str | None:
    """Say what has the right type and still cannot be."""
    pose, kiosk, host = settings.models.pose, settings.kiosk, settings.monitoring.host
    if not _POSE.fullmatch(pose):
        return (
            f"models.pose is {shown(pose)} and must be blazepose, movenet, alphapose, or "
            "alphapose: with the name of an added model"
        )
    if not are_quit_keys(kiosk.quit_keys):
        return (
            f'kiosk.quit_keys is {shown(kiosk.quit_keys)} and must be "" or keys joined by +, '
            "such as Ctrl+Alt+Q"
        )
    if settings.source.spec == "":
        return "source.spec is empty and must name a source, or be left out"
    if "" in settings.source.more:
        return "source.more holds an empty address; each must name a source"
    if 1 + len(settings.source.more) > MOST_SOURCES:
        return (
            f"source.more holds {len(settings.source.more)} sources and may hold "
            f"{MOST_SOURCES - 1}, as the window shows {MOST_SOURCES} sources at most"
        )
    if isinstance(kiosk.display, str) and not kiosk.display.strip():
        return "kiosk.display is empty and must be the number or the name of a display"
    if not is_host(host):
        return f"monitoring.host is {shown(host)} and must be an address, such as 127.0.0.1"
    for name, folder in (
        ("models.style_model", settings.models.style_model),
        ("teaching.folder", settings.teaching.folder),
        ("recording.folder", settings.recording.folder),
        ("log.folder", settings.log.folder),
    ):
        if folder is not None and (str(folder) in ("", ".") or "\0" in str(folder)):
            return f"{name} must be a path, or be left out"
    if kiosk.pin_hash is not None:
        from choreai_live.configuration.pin import is_pin_hash

        if not is_pin_hash(kiosk.pin_hash):
            return "kiosk.pin_hash is not what `choreai-live kiosk pin` writes; run that again"
    return None
