"""The settings a start of the program gets, whatever has become of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from choreai_live.configuration import last_good
from choreai_live.configuration.checking import ConfigurationError, read_toml
from choreai_live.configuration.reading import check_settings, settings_path
from choreai_live.configuration.sections import ProgramSettings, SourceSection
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
    source, lost = _with_logins(settings.source, held)
    settings = replace(settings, source=source)
    if not lost:
        return settings, "The last good settings are"
    what = "passwords of the sources" if source.more else "the password of the source"
    used = (
        f"The last good settings, without {what} (which `choreai-live credentials set` would have "
        "kept), are"
    )
    return settings, used


def _with_logins(kept: SourceSection, held: Mapping[str, Any]) -> tuple[SourceSection, bool]:
    """Return sources with the logins that a broken file still has, and whether any is lost.

    Parameters
    ----------
    kept
        Masked.
    held
        What can be read of the file; anything.
    """
    there = _addresses_in(held)
    lost = False

    def whole(place: int, address: str) -> str:
        nonlocal lost
        if MASK not in address:
            return address
        # First where it stood: the same address may be there twice, with two logins.
        for found in (*there[place : place + 1], *there):
            if found and mask_credentials(found) == address:
                return found
        lost = True
        return address.replace(f"{MASK}@", "")

    spec = None if kept.spec is None else whole(0, kept.spec)
    more = tuple(whole(place, address) for place, address in enumerate(kept.more, start=1))
    return replace(kept, spec=spec, more=more), lost


def _addresses_in(held: Mapping[str, Any]) -> list[str]:
    """Return the addresses in what can be read of a file: the first, then those beside it."""
    source = held.get("source")
    if not isinstance(source, dict):
        return []
    more = source.get("more")
    listed = [source.get("spec"), *(more if isinstance(more, list) else [])]
    return [address if isinstance(address, str) else "" for address in listed]
