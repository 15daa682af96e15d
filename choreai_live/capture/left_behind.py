"""Connections that were given up while their threads hung."""

from typing import Final

from choreai_live.capture.threaded import ThreadedSource

LEFT_FREELY: Final = 4
"""As many may hang before new attempts become rarer."""


class LeftBehind:
    """Keeps count of the threads that did not end when they were told to.

    A thread that hangs in a decoder or driver cannot be ended. It ends by itself if the
    call it hangs in ever returns, and lets go of its device then.

    Attributes
    ----------
    count : int
        Threads left behind so far.
    """

    def __init__(self) -> None:
        self.count = 0
        self._hanging: list[ThreadedSource] = []

    def note(self, connection: ThreadedSource | None) -> None:
        """Look whether a connection that was given up a moment ago has ended."""
        self._hanging = [source for source in self._hanging if source.capturing]
        if connection is not None and connection.capturing:
            self._hanging.append(connection)
            self.count += 1

    @property
    def caution(self) -> float:
        """By how much to lengthen pauses, so that weeks of hanging calls leave few threads."""
        hanging = sum(source.capturing for source in self._hanging)
        return 2.0 ** max(hanging - LEFT_FREELY, 0)
