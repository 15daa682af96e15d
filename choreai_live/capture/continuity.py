"""One clock and one count over several connections."""

from dataclasses import replace
from typing import Final

from choreai_live.messages import Frame

LEAST_STEP: Final = 1e-3
"""Seconds between the last frame of one connection and the first of the next, at least."""


class Continuity:
    """Gives frames the times and numbers they have in a source that came back.

    Times strictly increase; the time that passed without a connection is in them, and
    within a connection the steps between them are those of its own clock. The number of
    a frame goes on counting, and the number of its connection is written on it.
    """

    def __init__(self) -> None:
        self._connection = -1
        self._origin = 0.0
        self._shift = 0.0
        self._first_index = 0
        self._last_time = 0.0
        self._next_index = 0

    @property
    def connection(self) -> int:
        """Number of the connection whose frames come now; -1 before the first."""
        return self._connection

    def begin(self, first: Frame) -> None:
        """Begin the next connection with its first frame."""
        self._connection += 1
        if self._connection == 0:
            self._origin = first.captured - first.time
            return
        # Rigid from here on: squeezing the steps would hurry the dancers.
        time = max(first.captured - self._origin, self._last_time + LEAST_STEP)
        self._shift = time - first.time
        self._first_index = self._next_index - first.index

    def carry_on(self, frame: Frame) -> Frame:
        """Return a frame of the present connection as one of the whole source."""
        time = frame.time + self._shift
        index = frame.index + self._first_index
        self._last_time = time
        self._next_index = index + 1
        return replace(frame, time=time, index=index, connection=self._connection)
