"""``choreai-live replay``: the window on a recorded session."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from choreai_live.commands import window
from choreai_live.session.reading import RecordedSession


def run(path: Path, settings_file: Path | None, options: Mapping[str, Any]) -> int:
    """Open the window on a session and return its exit status once it is closed.

    Parameters
    ----------
    path
        The folder of the session.
    settings_file
        None for the user's own.
    options
        What was given on the command line; it wins.

    Raises
    ------
    ChoreaiError
        If that is no session that can be read, or the window cannot open.
    """
    # Said here, and not in a window that has nothing to show.
    session = RecordedSession(path)
    return window.run(settings_file, {**options, "source": [str(session.path)]})
