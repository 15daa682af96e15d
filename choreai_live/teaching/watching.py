"""Takes of whoever dances in a recording, all of them, once it is over."""

from collections.abc import Iterable
from math import ceil
from typing import Final

import numpy as np

from choreai_live.messages import Floats, Track
from choreai_live.style.buffer import RollingBuffer
from choreai_live.style.model import StyleModel
from choreai_live.teaching.takes import Take

#: Seconds of the longest take that is made of a recording.
LONGEST: Final = 60.0


class Watcher:
    """Watches everybody in a recording.

    Parameters
    ----------
    model
        For its rate, and the longest gap it bridges.
    longest
        Seconds of a take; who dances on for longer gives several, of equal lengths.
    """

    def __init__(self, model: StyleModel, longest: float = LONGEST) -> None:
        self._model = model
        self._longest = round(longest * model.rate)
        self._dancers: dict[int, _Stretches] = {}

    @property
    def dancers(self) -> tuple[int, ...]:
        """Who was seen: first who takes up most of the picture, over time.

        In a ring of people that is the one inside, though a bystander may be seen for longer.
        """
        return tuple(sorted(self._dancers, key=lambda id_: -self._dancers[id_].room))

    def see(self, tracks: Iterable[Track], time: float) -> None:
        """Take in everybody who is seen in one frame.

        Parameters
        ----------
        tracks
            All of the frame.
        time
            Seconds on the source's own clock.
        """
        for track in tracks:
            if not track.missed:
                if track.id not in self._dancers:
                    self._dancers[track.id] = _Stretches(self._model)
                self._dancers[track.id].see(track, time)

    def takes(self, dancer: int) -> list[Take]:
        """Return what a dancer showed; a break, or the longest length, begins another take."""
        stretches = self._dancers[dancer].stretches if dancer in self._dancers else []
        return [
            Take(piece, self._model.rate)
            for stretch in stretches
            if stretch
            for piece in np.array_split(np.stack(stretch), ceil(len(stretch) / self._longest))
        ]


class _Stretches:
    """What one dancer showed between breaks, on the style model's own clock."""

    def __init__(self, model: StyleModel) -> None:
        #: Pixels times frames.
        self.room = 0.0
        self.stretches: list[list[Floats]] = []
        self._buffer = RollingBuffer(model.rate, 0, model.max_gap)

    def see(self, track: Track, time: float) -> None:
        pose = track.pose
        width, height = pose.box[2:] - pose.box[:2]
        self.room += float(width * height)
        chunk = self._buffer.add(np.column_stack([pose.keypoints, pose.scores]), time)
        if chunk.restarted:
            self.stretches.append([])
        self.stretches[-1].extend(chunk.keypoints)
