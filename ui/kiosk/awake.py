"""Keeping the screen awake: no screen saver, no standby, while the kiosk runs."""

import logging
from threading import Event, Thread
from typing import Final

logger = logging.getLogger(__name__)

#: Seconds after which it is asked for anew: the desktop that granted it may have been restarted.
_RENEW: Final = 1800.0


class Awake:
    """Asks the system to leave the screen on, until it is closed.

    Where the system cannot be asked, a line in the log says so, once.
    """

    def __init__(self) -> None:
        self._over = Event()
        self._told = False
        # Asking may take seconds, and what was granted belongs to the thread that asked.
        self._thread = Thread(target=self._stay, name="awake", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let the screen sleep again."""
        self._over.set()
        self._thread.join(2.0)

    def _stay(self) -> None:
        try:
            from wakepy import keep

            logging.getLogger("wakepy").setLevel(logging.WARNING)  # it tells all at each renewal
            while not self._over.is_set():
                with keep.presenting(on_fail="pass") as mode:
                    self._tell(mode.active, str(mode.method.name) if mode.method else "")
                    self._over.wait(_RENEW)
        except Exception:  # whatever a desktop does must not take the screen down
            logger.exception("The screen cannot be kept awake")

    def _tell(self, active: bool, method: str) -> None:
        if self._told:
            return
        self._told = True
        if active:
            logger.info("The screen is kept awake (%s).", method)
        else:
            logger.warning(
                "The screen cannot be kept awake: nothing on this desktop takes the request. "
                "Switch its screen saver and its power saving off by hand."
            )
