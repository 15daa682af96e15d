"""Numbers and sentences that do not change faster than people read."""

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Steady(Generic[T]):
    """Takes a new value at full intervals of the clock only.

    All that are asked at the same times change at the same time.

    Parameters
    ----------
    interval
        Seconds for which a value stands.
    """

    def __init__(self, interval: float = 0.5) -> None:
        self._interval = interval
        self._value: T | None = None
        self._about: tuple[Hashable, int] | None = None

    def show(self, value: T, time: float, about: Hashable = None) -> T:
        """Return what to show: `value`, or for a while yet the one before it.

        Parameters
        ----------
        value
            The newest.
        time
            Seconds.
        about
            What it is a value of; that of something else is taken at once.
        """
        now = (about, int(time / self._interval))
        if self._value is None or now != self._about:
            self._value, self._about = value, now
        return self._value

    def forget(self) -> None:
        """Take the next value at once."""
        self._value = None


class Lasting:
    """Takes a sentence only once it has been said for a while, and keeps it for a while.

    Parameters
    ----------
    after
        Seconds a sentence must have been said without a break.
    hold
        Seconds for which one that was taken stands at least.
    """

    def __init__(self, after: float = 0.6, hold: float = 2.0) -> None:
        self._after = after
        self._hold = hold
        self._shown = ""
        self._shown_since = 0.0
        self._next = ""
        self._next_since = 0.0

    def show(self, sentence: str, time: float, *, at_once: bool = False) -> str:
        """Return the sentence to show.

        Parameters
        ----------
        sentence
            The newest; may be empty.
        time
            Seconds; a clock that runs backwards starts anew.
        at_once
            Whether to take it now, because nothing was said about this one before.
        """
        if time < self._next_since or time < self._shown_since:
            self.forget()
        if sentence != self._next:
            self._next, self._next_since = sentence, time
        lasted = at_once or time - self._next_since >= self._after
        read = at_once or not self._shown or time - self._shown_since >= self._hold
        if self._next != self._shown and lasted and read:
            self._shown, self._shown_since = self._next, time
        return self._shown

    def forget(self) -> None:
        """Say nothing, as at the start."""
        self._shown = self._next = ""
        self._shown_since = self._next_since = 0.0
