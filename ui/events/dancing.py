"""Who came, who went, and what they were read to dance: told once it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from choreai_live.messages import Readout, Track

#: Seconds that somebody is there before it is told, and away before that is.
_STAYS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Came:
    """A dancer is there."""

    dancer: int


@dataclass(frozen=True, slots=True)
class Went:
    """A dancer is there no more."""

    dancer: int


@dataclass(frozen=True, slots=True)
class Danced:
    """What a dancer is read to dance has changed; None for *not sure*."""

    dancer: int
    label: str | None
    before: str | None


class Dancing:
    """Compares each snapshot with what was told before."""

    def __init__(self) -> None:
        self._first: dict[int, float] = {}
        self._last: dict[int, float] = {}
        self._told: set[int] = set()
        self._labels: dict[int, str | None] = {}

    def forget(self) -> None:
        """Know nobody, as with another source."""
        for memory in (self._first, self._last, self._told, self._labels):
            memory.clear()

    def look(
        self, tracks: Sequence[Track], readouts: Mapping[int, Readout], now: float
    ) -> list[Came | Went | Danced]:
        """Return what is to be told.

        Parameters
        ----------
        tracks, readouts
            Of the newest snapshot.
        now
            Monotonic clock, seconds.
        """
        news: list[Came | Went | Danced] = []
        for track in tracks:
            self._last[track.id] = now
            since = self._first.setdefault(track.id, now)
            if track.id not in self._told and now - since >= _STAYS:
                self._told.add(track.id)
                news.append(Came(track.id))
        for dancer, readout in readouts.items():
            if dancer in self._told:
                before = self._labels.get(dancer)
                if readout.label != before:
                    self._labels[dancer] = readout.label
                    news.append(Danced(dancer, readout.label, before))
        return news + self._gone(now)

    def _gone(self, now: float) -> list[Came | Went | Danced]:
        news: list[Came | Went | Danced] = []
        for dancer, seen in list(self._last.items()):
            if now - seen < _STAYS:
                continue
            if dancer in self._told:
                news.append(Went(dancer))
            self._told.discard(dancer)
            for memory in (self._first, self._last, self._labels):
                memory.pop(dancer, None)
        return news
