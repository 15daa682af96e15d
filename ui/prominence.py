"""Which dancers come first: who the big readout is about, and who gets a tag."""

from collections.abc import Sequence
from typing import Final

from choreai_live.messages import Track

#: How much more prominent another dancer must be to take over, and for how
#: many seconds: the readout must not hop between two equals.
_CLEARLY: Final = 1.35
_LASTING: Final = 1.0


class Prominence:
    """Chooses the largest dancer nearest the centre, and sticks to the choice."""

    def __init__(self) -> None:
        self._chosen: int | None = None
        self._rival: int | None = None
        self._rival_since = 0.0

    def forget(self) -> None:
        """Start anew, as with another source."""
        self._chosen = self._rival = None

    def choose(self, tracks: Sequence[Track], width: int, height: int, time: float) -> int | None:
        """Return the id of the dancer to read out, None if there is nobody.

        Parameters
        ----------
        tracks
            The dancers, those out of sight for a moment included.
        width, height
            Of the picture, pixels.
        time
            Seconds on the source's clock.
        """
        weights = {track.id: _weight(track, width, height) for track in tracks}
        if not weights:
            self._rival = None
            return None
        best = max(weights, key=lambda id_: (weights[id_], -id_))
        if self._chosen not in weights:
            self._chosen, self._rival = best, None
        elif best == self._chosen or weights[best] < _CLEARLY * weights[self._chosen]:
            self._rival = None
        elif best != self._rival:
            self._rival, self._rival_since = best, time
        elif time - self._rival_since >= _LASTING:
            self._chosen, self._rival = best, None
        return self._chosen


class Foremost:
    """Chooses the dancers who get a tag, the most prominent first, and sticks to them.

    Parameters
    ----------
    most
        How many at once.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._chosen: set[int] = set()

    def choose(self, tracks: Sequence[Track], width: int, height: int) -> list[int]:
        """Return the ids of the dancers chosen; `width` and `height` of the picture, pixels."""
        weights = {
            track.id: _weight(track, width, height) * (_CLEARLY if track.id in self._chosen else 1)
            for track in tracks
        }
        ranked = sorted(weights, key=lambda id_: (-weights[id_], id_))[: self.most]
        self._chosen = set(ranked)
        return ranked


def by_prominence(tracks: Sequence[Track], width: int, height: int) -> list[int]:
    """Return all ids, the most prominent first; `width` and `height` of the picture, pixels."""
    weights = {track.id: _weight(track, width, height) for track in tracks}
    return sorted(weights, key=lambda id_: (-weights[id_], id_))


def _weight(track: Track, width: int, height: int) -> float:
    """Return the area of the dancer's box, up to halved towards the picture's sides."""
    x1, y1, x2, y2 = (float(edge) for edge in track.pose.box)
    area = max(x2 - x1, 0.0) * max(y2 - y1, 0.0) / max(width * height, 1)
    aside = min(abs((x1 + x2) / 2 / max(width, 1) - 0.5) * 2, 1.0)
    return area * (1.0 - 0.5 * aside)
