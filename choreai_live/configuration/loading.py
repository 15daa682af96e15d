"""The settings a start of the program gets, whatever has become of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from choreai_live.configuration import last_good
from choreai_live.configuration.checking import ConfigurationError, read_toml
from choreai_live.configuration.reading import check_settings, settings_path
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.masking import MASK, mask_credentials


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and what there is to say about them.

    Parameters
    ----------
    settings
        To be used.
    notice
        One sentence for the user if the file is broken: what is wrong, where, and what
        is used instead. None if all is well.
    path
        The file they come from, or would come from if it existed.
    """

    settings: ProgramSettings
    notice: str | None
    path: Path


def load_settings(path: Path | None = None) -> LoadedSettings:
    """Read the settings; a broken file gives the last good ones, and says so.

    Good ones are kept for that day. A missing file gives the defaults, but one that
    was named and is missing is broken.

    Parameters
    ----------
    path
        The file; None for the one in the user's folder of configurations.
    """
    named = path is not None
    path = (path or settings_path()).absolute()
    held: dict[str, Any] = {}
    if not named and not _exists(path):
        return LoadedSettings(ProgramSettings(), None, path)
    try:
        held = read_toml(path)
        settings = check_settings(held, path)
    except ConfigurationError as error:
        settings, used = _fallback(path, held)
        return LoadedSettings(settings, f"{used} used, because {error}", path)
    last_good.keep(path, settings)
    return LoadedSettings(settings, None, path)


def _exists(path: Path) -> bool:
    """Whether there is something; a link to nothing is, and what cannot be looked at may be."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _fallback(path: Path, held: Mapping[str, Any]) -> tuple[ProgramSettings, str]:
    """Return what is used instead of a broken file, and the beginning of a sentence on it."""
    settings = last_good.recall(path)
    if settings is None:
        return ProgramSettings(), "The default settings are"
    source = settings.source
    if source.spec is None or MASK not in source.spec:
        return settings, "The last good settings are"
    spec = _spec_in(held)
    if spec is not None and mask_credentials(spec) == source.spec:
        # The same source: its login stands in the broken file, and nowhere else.
        return replace(settings, source=replace(source, spec=spec)), "The last good settings are"
    spec = source.spec.replace(f"{MASK}@", "")
    used = (
        "The last good settings, without the password of the source (which `choreai-live "
        "credentials set` would have kept), are"
    )
    return replace(settings, source=replace(source, spec=spec)), used


def _spec_in(held: Mapping[str, Any]) -> str | None:
    source = held.get("source")
    spec = source.get("spec") if isinstance(source, dict) else None
    return spec if isinstance(spec, str) else None
