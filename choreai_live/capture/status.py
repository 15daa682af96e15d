"""How a live source is doing, in states a person understands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic


class SourceState(Enum):
    """What a live source is doing."""

    OPENING = "opening"
    LIVE = "live"
    STALLED = "stalled"
    RECONNECTING = "reconnecting"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A state together with what there is to say about it.

    Parameters
    ----------
    state
        What the source is doing.
    sentence
        Why, for STALLED and RECONNECTING: one sentence for the user, credentials masked.
    retry_at
        For RECONNECTING: when the next attempt begins, ``time.monotonic()`` seconds;
        None while an attempt is under way.
    attempt
        Attempts since it was last live; 0 while it is.
    since
        When the state began, ``time.monotonic()`` seconds.
    """

    state: SourceState
    sentence: str = ""
    retry_at: float | None = None
    attempt: int = 0
    since: float = field(default_factory=monotonic)


#: Called from any thread with every change of status; must return at once.
StatusListener = Callable[[SourceStatus], None]
