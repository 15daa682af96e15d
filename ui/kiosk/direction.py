"""Which screen the kiosk shows when."""

from enum import Enum
from typing import Final

#: Seconds a dancer must be in view before the attract screen gives way: a
#: shadow is gone by then, and somebody who steps in does not notice.
_CONFIRMED: Final = 0.2
#: A longer hole than this, seconds, and the confirmation starts anew.
_HOLE: Final = 0.6


class Scene(Enum):
    """What fills the screen."""

    ATTRACT = "attract"
    LIVE = "live"


class Director:
    """Follows who is there; all times are seconds on one clock.

    Parameters
    ----------
    absence
        How long nobody must be there before the attract screen returns.
    patience
        How long the last picture stands while none comes; a still picture
        that stood for a weekend would stay on the screen for good.
    """

    def __init__(self, absence: float = 8.0, patience: float = 20.0) -> None:
        self._absence = absence
        self._patience = patience
        self._first: float | None = None
        self._last: float | None = None
        self._away: float | None = None
        self._live = False

    def see(self, somebody: bool, now: float) -> None:
        """Take note of a picture, and of whether there was somebody in it."""
        self._away = None
        if not somebody:
            if self._last is not None and now - self._last > _HOLE:
                self._first = None
            return
        if self._first is None or (self._last is not None and now - self._last > _HOLE):
            self._first = now
        self._last = now
        if now - self._first >= _CONFIRMED:
            self._live = True

    def miss(self, now: float) -> None:
        """Take note that no pictures come for now."""
        if self._away is None:
            self._away = now

    def regain(self, now: float) -> None:
        """Take note that pictures come again; whoever was there has time to be found."""
        if self._away is not None:
            self._away = None
            self._last = now if self._live else self._last

    @property
    def first_seen(self) -> float | None:
        """When the dancer who is there was first seen; None if nobody is."""
        return self._first

    def scene(self, now: float) -> Scene:
        """Return what to show at `now`."""
        if self._live:
            if self._away is not None:
                over = now - self._away >= self._patience
            else:
                over = self._last is None or now - self._last >= self._absence
            if over:
                self._live, self._first = False, None
        return Scene.LIVE if self._live else Scene.ATTRACT
