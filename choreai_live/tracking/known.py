"""Tracks of poses of which it is known already whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from choreai_live.messages import Pose, Track
from choreai_live.tracking.tracker import TrackerSettings


@dataclass(slots=True)
class _Known:
    """One dancer."""

    pose: Pose
    seen: float
    age: int = 0
    missed: int = 0


class KnownTracks:
    """Keeps count of dancers whose ids come with their poses.

    What a :class:`~choreai_live.tracking.Tracker` finds out is given here; the
    life of a track is the same. A dancer who comes back after being given up
    keeps the id.

    Parameters
    ----------
    lost_after
        How long a dancer who left is still reported, seconds.
    """

    def __init__(self, lost_after: float = TrackerSettings().lost_after) -> None:
        self._lost_after = lost_after
        self._dancers: dict[int, _Known] = {}

    def update(self, poses: Sequence[Pose], ids: Sequence[int], time: float) -> list[Track]:
        """Take in the poses of one frame and return the dancers.

        Parameters
        ----------
        poses
            The people seen in the frame.
        ids
            Whose each of ``poses`` is; nobody's twice.
        time
            Seconds on the source's clock.

        Returns
        -------
        Tracks in order of id, those out of sight for a moment (``missed > 0``) included.
        """
        self._dancers = {
            id_: dancer
            for id_, dancer in self._dancers.items()
            if time - dancer.seen <= self._lost_after
        }
        for dancer in self._dancers.values():
            dancer.age += 1
            dancer.missed += 1
        for id_, pose in zip(ids, poses, strict=True):
            dancer = self._dancers.setdefault(id_, _Known(pose, time))
            dancer.pose, dancer.seen, dancer.missed = pose, time, 0
        return [
            Track(id_, dancer.pose, dancer.age, dancer.missed)
            for id_, dancer in sorted(self._dancers.items())
        ]
