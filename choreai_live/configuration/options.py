"""Options of the command line, which win over the settings file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from choreai_live.configuration.sections import ProgramSettings

#: Name of an option to the keys, table and name, it wins over.
PLACES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "source": (("source", "spec"),),
    "transport": (("source", "transport"),),
    "pose": (("models", "pose"),),
    "provider": (("models", "provider"),),
    "precision": (("models", "precision"),),
    "threads": (("models", "threads"),),
    "style_model": (("models", "style_model"),),
    "fullscreen": (("window", "fullscreen"),),
    "mirror": (("window", "mirror"), ("kiosk", "mirror")),
    "theme": (("window", "theme"),),
    "text_scale": (("window", "text_scale"),),
    "display": (("kiosk", "display"),),
}


def with_options(settings: ProgramSettings, options: Mapping[str, Any]) -> ProgramSettings:
    """Return the settings with what was said on the command line.

    Parameters
    ----------
    settings
        Of the file.
    options
        Those that were really given, by the names of :data:`PLACES`; others are left alone.
    """
    for option in options.keys() & PLACES.keys():
        for table, key in PLACES[option]:
            changed = replace(getattr(settings, table), **{key: options[option]})
            settings = replace(settings, **{table: changed})
    return settings
