"""``choreai-live settings``: what the settings file says, where it is, whether it is right."""

from dataclasses import replace
from pathlib import Path

from rich.text import Text

from choreai_live.commands.console import out, say
from choreai_live.configuration import load_settings
from choreai_live.configuration.reading import read_settings, settings_path
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.configuration.text import explained


def show(settings_file: Path | None) -> int:
    """Print the settings that a start would use now, as TOML in which every key is explained.

    Returns
    -------
    int
        Exit status: 1 if the file is broken and others are used.
    """
    loaded = load_settings(settings_file)
    if loaded.notice:
        say(loaded.notice)
        heading = f"# Used instead of {loaded.path}"
    elif loaded.path.exists():
        heading = f"# {loaded.path}"
    else:
        heading = f"# The defaults; to change them, write {loaded.path}"
    out.print(Text(f"{heading}\n\n{explained(_shown(loaded.settings))}"), end="", soft_wrap=True)
    return 1 if loaded.notice else 0


def path(settings_file: Path | None) -> int:
    """Print where the settings file is, or would be."""
    out.print(Text(str((settings_file or settings_path()).absolute())), soft_wrap=True)
    return 0


def check(settings_file: Path | None) -> int:
    """Say whether the settings file is right.

    Returns
    -------
    int
        Exit status: 0, as a file that is wrong is an error.

    Raises
    ------
    ConfigurationError
        One sentence with the file, the line or key, and what is allowed there.
    """
    file = settings_file or settings_path()
    if settings_file is None and not file.exists():
        out.print(Text(f"There is no {file}; the defaults are used."), soft_wrap=True)
        return 0
    read_settings(file)
    out.print(Text(f"{file} is right."), soft_wrap=True)
    return 0


def _shown(settings: ProgramSettings) -> ProgramSettings:
    """Return settings without what nobody is to read over a shoulder."""
    pin_hash = settings.kiosk.pin_hash
    return replace(
        settings,
        source=settings.source.masked,
        kiosk=replace(settings.kiosk, pin_hash=pin_hash and "***"),
    )
