"""``choreai-live`` without a command: the window."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from choreai_live.commands.starting import started
from choreai_live.errors import ChoreaiError


def run(settings_file: Path | None, options: Mapping[str, Any]) -> int:
    """Open the window and return its exit status once it is closed.

    Parameters
    ----------
    settings_file
        The settings file; None for the user's own.
    options
        What was given on the command line, by the names of
        :data:`choreai_live.configuration.options.PLACES`.

    Raises
    ------
    ChoreaiError
        If Qt, or a system library it needs, is missing.
    """
    with needing_qt():
        from choreai_live.ui.app import run as run_window
    with started(settings_file, options, log="window") as start:
        settings = start.settings
        return run_window(
            settings.source.spec,
            settings.engine,
            more=settings.source.more,
            fullscreen=settings.window.fullscreen,
            mirror=settings.window.mirror,
            notices=start.notices,
            transport=settings.source.transport,
            recording=settings.recording,
            program=settings,
            settings_file=start.path,
            given=tuple(options),
        )


@contextmanager
def needing_qt() -> Iterator[None]:
    """Say in one sentence what is missing where Qt cannot be imported.

    Raises
    ------
    ChoreaiError
        If Qt, or a system library it needs, is missing.
    """
    try:
        yield
    except ImportError as error:
        # Qt's own libraries come with PyQt6, those of the system do not.
        if "PyQt6" not in str(error) and ".so" not in str(error):
            raise
        raise ChoreaiError(
            f"The window cannot open because Qt does not start ({error}): install that library "
            "(on Debian: `apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3`), or use "
            "`choreai-live classify`, which needs no window."
        ) from error
