"""Options of the command line, which win over the settings file."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from choreai_live.configuration.sections import ProgramSettings

#: Name of an option to the keys, table and name, it wins over.
PLACES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "source": (("source", "spec"), ("source", "more")),
    "transport": (("source", "transport"),),
    "pose": (("models", "pose"),),
    "provider": (("models", "provider"),),
    "precision": (("models", "precision"),),
    "threads": (("models", "threads"),),
    "style_model": (("models", "style_model"),),
    "styles_folder": (("teaching", "folder"),),
    "ready_made": (("teaching", "ready_made"),),
    "fullscreen": (("window", "fullscreen"),),
    "mirror": (("window", "mirror"), ("kiosk", "mirror")),
    "theme": (("window", "theme"),),
    "text_scale": (("window", "text_scale"),),
    "language": (("window", "language"),),
    "trails": (("window", "trails"),),
    "skeletons_only": (("window", "skeletons_only"), ("kiosk", "privacy")),
    "display": (("kiosk", "display"),),
    "most_tags": (("kiosk", "most_tags"),),
    "quit_keys": (("kiosk", "quit_keys"),),
    "invitation": (("kiosk", "invitation"),),
    "record": (("recording", "enabled"),),
    "recordings": (("recording", "folder"),),
    "video": (("recording", "video"),),
    "overlay": (("recording", "overlay"),),
    "split_minutes": (("recording", "split_minutes"),),
    "split_megabytes": (("recording", "split_megabytes"),),
    "disk_floor_megabytes": (("recording", "disk_floor_megabytes"),),
    "status_page": (("monitoring", "enabled"),),
    "status_host": (("monitoring", "host"),),
    "status_port": (("monitoring", "port"),),
    "log_folder": (("log", "folder"),),
    "log_level": (("log", "level"),),
    "log_megabytes": (("log", "megabytes"),),
    "log_kept": (("log", "kept"),),
}

#: Keys, with dots, that no option wins over, and why.
WITHOUT_OPTION: Final[Mapping[str, str]] = {
    "kiosk.pin_hash": "every user of a machine can read its command lines; 'kiosk pin' writes it",
}


def with_options(settings: ProgramSettings, options: Mapping[str, Any]) -> ProgramSettings:
    """Return the settings with what was said on the command line.

    Parameters
    ----------
    settings
        Of the file.
    options
        Those that were really given, by the names of :data:`PLACES`; others are left alone.
        A list is what was given several times, as sources may be: one source is then the only
        one, whatever the file has beside its own.
    """
    for option in options.keys() & PLACES.keys():
        for table, key in PLACES[option]:
            changed = replace(getattr(settings, table), **{key: _said(options[option], key)})
            settings = replace(settings, **{table: changed})
    return settings


def _said(value: Any, key: str) -> Any:
    """Return what an option says of a key; of sources either the first or those beside it."""
    if not isinstance(value, list):
        return value
    first, *more = value
    return tuple(more) if key == "more" else first


def option_over(key: str, given: Collection[str]) -> str | None:
    """Return the option, as it is typed, that wins over a key; None if none was given.

    Parameters
    ----------
    key
        With a dot.
    given
        Names of the options that were given.
    """
    table, _, name = key.partition(".")
    for option, places in PLACES.items():
        if option in given and (table, name) in places:
            return f"--{option.replace('_', '-')}"
    return None
