"""Telling how a live source is doing: to whoever listens, and to the log."""

import logging
from typing import Final

from choreai_live.capture.status import SourceState, SourceStatus, StatusListener

logger = logging.getLogger(__name__)

_LEVELS: Final = {SourceState.STALLED: logging.WARNING, SourceState.RECONNECTING: logging.WARNING}


class Announcer:
    """Holds the present status of one source and tells every change of it.

    Parameters
    ----------
    name
        What to call the source, credentials masked.
    listener
        Told every change; one that fails is reported to the log, and told the next.

    Attributes
    ----------
    status : SourceStatus
        The present one.
    """

    def __init__(self, name: str, listener: StatusListener | None) -> None:
        self.status = SourceStatus(SourceState.OPENING)
        self._name = name
        self._listener = listener
        self._logged = ""

    def announce(
        self,
        state: SourceState,
        sentence: str = "",
        *,
        retry_at: float | None = None,
        attempt: int = 0,
    ) -> None:
        """Take a new status, and tell it."""
        self.status = SourceStatus(state, sentence, retry_at, attempt)
        self._log(self.status)
        if self._listener is None:
            return
        try:
            self._listener(self.status)
        except Exception:
            logger.exception("What listens to %s failed", self._name)

    def _log(self, status: SourceStatus) -> None:
        words = status.state.value.capitalize()
        if status.retry_at is not None:
            words += f" in {max(status.retry_at - status.since, 0):.1f} s"
        elif status.state is SourceState.RECONNECTING:
            words += f", attempt {status.attempt}"
        level = _LEVELS.get(status.state, logging.INFO)
        # A source may be away for weeks: what only repeats itself is not for everybody.
        if status.state is SourceState.RECONNECTING and status.sentence == self._logged:
            level = logging.DEBUG
        self._logged = status.sentence
        logger.log(level, "%s: %s", words, status.sentence or self._name)
