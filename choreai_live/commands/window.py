"""``choreai-live`` without a command: the window."""

from choreai_live.errors import ChoreaiError
from choreai_live.settings import EngineSettings


def run(
    source: str | None, settings: EngineSettings, *, fullscreen: bool, mirror: bool | None
) -> int:
    """Open the window and return its exit status once it is closed.

    Raises
    ------
    ChoreaiError
        If Qt, or a system library it needs, is missing.
    """
    try:
        from choreai_live.ui.app import run as run_window
    except ImportError as error:
        # Qt's own libraries come with PyQt6, those of the system do not.
        if "PyQt6" not in str(error) and ".so" not in str(error):
            raise
        raise ChoreaiError(
            f"The window cannot open because Qt does not start ({error}): install that library "
            "(on Debian: `apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3`), or use "
            "`choreai-live classify`, which needs no window."
        ) from error
    return run_window(source, settings, fullscreen=fullscreen, mirror=mirror)
