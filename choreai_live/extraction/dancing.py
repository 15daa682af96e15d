"""From sightings of dancers, frame by frame, to sequences of even rate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Pose, Track
from choreai_live.skeleton import KEYPOINT_COUNT

#: The nominal rate of a video is believed while its frames come at it, but for
#: the milliseconds that some containers round their times to.
_RATE_TOLERANCE: Final = 0.05


@dataclass(frozen=True, slots=True)
class CuttingSettings:
    """What counts as one stretch of dancing.

    Parameters
    ----------
    longest_gap
        A dancer out of sight for more seconds begins a new stretch.
    shortest
        Stretches of fewer seconds are dropped.
    least_seen
        Stretches that show the dancer in a smaller share of their frames are
        dropped: glimpses of somebody in a crowd.
    """

    longest_gap: float = 0.5
    shortest: float = 2.0
    least_seen: float = 0.6


@dataclass(frozen=True, eq=False, slots=True)
class Stretch:
    """One dancer, in sight without a long gap.

    Parameters
    ----------
    dancer
        The number of the dancer in the recording.
    start
        Seconds into the recording.
    points
        float32 (frames, keypoints=17, 3): x px, y px, score, evenly spaced in
        time; all 0 where the dancer was out of sight for a moment.
    rate
        Frames per second.
    """

    dancer: int
    start: float
    points: Floats
    rate: float


@dataclass(slots=True)
class Sightings:
    """Who was seen in which frame of one recording."""

    _times: list[float] = field(default_factory=list)
    # Arrays, not poses: an hour of six dancers is to fit into memory.
    _seen: dict[int, list[tuple[int, Floats]]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of frames."""
        return len(self._times)

    def add(self, time: float, dancers: Iterable[tuple[int, Pose]]) -> None:
        """Note who is seen in the next frame, at ``time`` seconds, each by their number."""
        frame = len(self._times)
        self._times.append(time)
        for number, pose in dancers:
            points = np.column_stack([pose.keypoints, pose.scores])
            self._seen.setdefault(number, []).append((frame, points))

    def stretches(
        self, nominal: float | None, settings: CuttingSettings
    ) -> tuple[list[Stretch], int]:
        """Cut what was seen into stretches, and count those dropped.

        Parameters
        ----------
        nominal
            Frames per second that the recording claims to have, if it does.
        settings
            Where to cut.
        """
        times = np.array(self._times)
        rate = _rate(times, nominal)
        kept: list[Stretch] = []
        dropped = 0
        for number, seen in sorted(self._seen.items()):
            frames = np.array([frame for frame, _ in seen])
            breaks = np.flatnonzero(np.diff(times[frames]) > settings.longest_gap) + 1
            for part in np.split(np.arange(len(frames)), breaks):
                first, last = frames[part[0]], frames[part[-1]]
                seconds = times[last] - times[first]
                share = len(part) / (last - first + 1)
                if seconds < settings.shortest or share < settings.least_seen or len(part) < 2:
                    dropped += 1
                    continue
                points = _evenly(times, frames[part], [seen[i][1] for i in part], rate)
                kept.append(Stretch(number, float(times[first]), points, rate))
        return kept, dropped


def in_sight(tracks: Iterable[Track]) -> list[tuple[int, Pose]]:
    """Return number and pose of the dancers who are seen in this very frame."""
    return [(track.id, track.pose) for track in tracks if not track.missed]


def _rate(times: npt.NDArray[np.float64], nominal: float | None) -> float:
    """Return the rate to put everything at: the recording's own, as near as can be told."""
    if len(times) < 2:
        return nominal or 1.0
    usual = 1.0 / float(np.median(np.diff(times)))
    if nominal and abs(usual / nominal - 1) < _RATE_TOLERANCE:
        return nominal
    return usual


def _evenly(
    times: npt.NDArray[np.float64],
    frames: npt.NDArray[np.int64],
    bodies: Sequence[Floats],
    rate: float,
) -> Floats:
    """Return one stretch (frames, keypoints=17, 3) at an even rate.

    Between two frames that both show the dancer by linear interpolation, as
    the program itself does; where one does not, the nearer one counts.
    """
    first, last = int(frames[0]), int(frames[-1])
    there = times[first : last + 1] - times[first]
    seen = np.zeros(len(there), dtype=bool)
    seen[frames - first] = True
    points = np.zeros((len(there), KEYPOINT_COUNT, 3))
    points[seen] = bodies
    # A last frame that is a little early for its place still has it.
    wanted = np.arange(int(there[-1] * rate + 0.5) + 1) / rate
    high = np.clip(np.searchsorted(there, wanted), 1, len(there) - 1)
    low = high - 1
    part = np.clip((wanted - there[low]) / (there[high] - there[low]), 0.0, 1.0)
    between = points[low] * (1 - part)[:, None, None] + points[high] * part[:, None, None]
    nearest = points[np.where(part < 0.5, low, high)]
    both = (seen[low] & seen[high])[:, None, None]
    return np.where(both, between, nearest).astype(np.float32)
