"""The life of a track: from a first glimpse to a dancer who left for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from choreai_live.messages import Pose, Track
from choreai_live.similarity import oks_matrix
from choreai_live.tracking.matching import (
    Wanted,
    assign,
    continuation_costs,
    overlaps,
    reentry_costs,
)
from choreai_live.tracking.motion import BodyMotion

#: Most a continuation may cost (1 = nothing in common) for a confident pose,
#: and for a weak one, which must fit better to be believed.
_CONTINUES: Final = 0.9
_CONTINUES_WEAK: Final = 0.6
#: Most a return may cost, see :func:`~choreai_live.tracking.matching.reentry_costs`.
_RETURNS: Final = 1.2
#: Cost per second of absence: who is here goes before who may have come back.
_ABSENCE: Final = 0.2
_MOST_ABSENCE: Final = 0.3


@dataclass(frozen=True, slots=True)
class TrackerSettings:
    """How a dancer is found, kept and given up. All durations are in seconds.

    Parameters
    ----------
    dancers
        The most dancers reported at once.
    confident
        Poses of at least this score may begin a track.
    weak
        Poses of at least this score may continue one (ByteTrack's second
        association, Zhang et al., ECCV 2022).
    confirm_within
        A newcomer must be seen again within this time to become a track.
    expect_for
        How long after a dancer was last seen it is worth looking for them.
    lost_after
        How long a dancer who left keeps the id. A little over the two seconds
        promised, because a dancer at the edge is lost before they are out of
        the picture and found after they are back in it.
    fastest
        The fastest a dancer moves, body sizes per second.
    duplicate
        Two poses of one frame more alike than this (OKS) are the same person.
    """

    dancers: int = 6
    confident: float = 0.35
    weak: float = 0.1
    confirm_within: float = 0.2
    expect_for: float = 0.5
    lost_after: float = 3.0
    fastest: float = 3.0
    duplicate: float = 0.8


class _Dancer:
    """One dancer being followed; ``id`` is None until confirmed."""

    def __init__(self, pose: Pose, time: float) -> None:
        self.id: int | None = None
        self.motion = BodyMotion(pose, time)
        self.pose = pose
        self.seen = time
        self.age = 0
        self.missed = 0

    def see(self, pose: Pose, time: float, overlap: float) -> None:
        self.motion.correct(pose, time, doubt=1.0 + 4.0 * overlap)
        self.pose = pose
        self.seen = time
        self.missed = 0

    def wanted(self, time: float) -> Wanted:
        return Wanted(self.motion.expect(time), self.pose, time - self.seen)

    @property
    def prominence(self) -> float:
        return self.motion.size * self.pose.score


class Tracker:
    """Says who is who across frames.

    Parameters
    ----------
    settings
        See :class:`TrackerSettings`.
    """

    def __init__(self, settings: TrackerSettings | None = None) -> None:
        self.settings = settings or TrackerSettings()
        self._dancers: list[_Dancer] = []
        self._last_id = 0
        self._time = -np.inf

    def predict(self, time: float) -> list[Track]:
        """Return where each dancer seen lately is expected at ``time``.

        Parameters
        ----------
        time
            Seconds on the source's clock.

        Returns
        -------
        Tracks whose ``pose`` is moved to where it is expected: a place to
        look, not something seen. Newcomers not yet confirmed have ``id`` 0.
        """
        if time < self._time:
            return []
        expected = []
        for dancer in self._dancers:
            if time - dancer.seen <= self.settings.expect_for:
                there = dancer.motion.expect(time)
                pose = Pose(there.keypoints, dancer.pose.scores, there.box, dancer.pose.score)
                expected.append(Track(dancer.id or 0, pose, dancer.age, dancer.missed))
        return expected

    def update(self, poses: Sequence[Pose], time: float) -> list[Track]:
        """Take in the poses of one frame and return the dancers.

        Parameters
        ----------
        poses
            The people seen in the frame, in any order.
        time
            Seconds on the source's clock. If it went backwards, as when a
            file begins again, every dancer is forgotten.

        Returns
        -------
        At most ``settings.dancers`` confirmed tracks in order of id, those
        out of sight for a moment (``missed > 0``) included.
        """
        if time < self._time:
            self.reset()
        self._time = time
        self._forget(time)
        for dancer in self._dancers:
            dancer.age += 1
            dancer.missed += 1
        poses = self._distinct([p for p in poses if _usable(p)])
        self._begin(self._match(poses, time), time)
        self._confirm()
        return self._report()

    def reset(self) -> None:
        """Forget every dancer; their ids are not given again."""
        self._dancers.clear()
        self._time = -np.inf

    def _forget(self, time: float) -> None:
        # A newcomer missed for less than a frame cannot have been seen twice,
        # however slow the frames come.
        self._dancers = [
            d
            for d in self._dancers
            if (
                time - d.seen <= self.settings.lost_after
                if d.id is not None
                else time - d.seen <= self.settings.confirm_within or d.missed == 0
            )
        ]

    def _distinct(self, poses: list[Pose]) -> list[Pose]:
        poses = sorted(poses, key=lambda p: -p.score)
        if len(poses) < 2:
            return poses
        keypoints = np.stack([p.keypoints for p in poses])
        scores = np.stack([p.scores for p in poses])
        alike = oks_matrix(keypoints, keypoints, scores, scores) > self.settings.duplicate
        kept: list[int] = []
        for index in range(len(poses)):
            if not alike[index, kept].any():
                kept.append(index)
        return [poses[index] for index in kept]

    def _match(self, poses: list[Pose], time: float) -> list[Pose]:
        """Give poses to the dancers they belong to; return the confident ones left over."""
        confident = [p for p in poses if p.score >= self.settings.confident]
        weak = [p for p in poses if self.settings.weak <= p.score < self.settings.confident]
        alone = dict.fromkeys(map(id, poses), 0.0)
        if len(poses) > 1:
            alone = dict(zip(map(id, poses), overlaps(poses).tolist(), strict=True))
        for candidates, limit in ((confident, _CONTINUES), (weak, _CONTINUES_WEAK)):
            waiting = [d for d in self._dancers if d.missed]
            if not waiting or not candidates:
                continue
            wanted = [d.wanted(time) for d in waiting]
            costs = continuation_costs(wanted, candidates)
            absence = np.array([w.gap for w in wanted])[:, None]
            costs += np.minimum(_ABSENCE * absence, _MOST_ABSENCE)
            taken = assign(costs, limit)
            for row, column in taken:
                pose = candidates[column]
                waiting[row].see(pose, time, alone[id(pose)])
            used = {column for _, column in taken}
            candidates[:] = [p for i, p in enumerate(candidates) if i not in used]
        waiting = [d for d in self._dancers if d.missed and d.id is not None]
        if waiting and confident:
            wanted = [d.wanted(time) for d in waiting]
            taken = assign(reentry_costs(wanted, confident, self.settings.fastest), _RETURNS)
            for row, column in taken:
                waiting[row].see(confident[column], time, 0.0)
            used = {column for _, column in taken}
            confident = [p for i, p in enumerate(confident) if i not in used]
        return confident

    def _begin(self, poses: list[Pose], time: float) -> None:
        self._dancers += [_Dancer(pose, time) for pose in poses]

    def _confirm(self) -> None:
        present = [d for d in self._dancers if d.id is not None and d.missed == 0]
        alone = not any(d.id is not None for d in self._dancers)
        newcomers = [
            d for d in self._dancers if d.id is None and d.missed == 0 and (d.age > 0 or alone)
        ]
        newcomers.sort(key=lambda d: -d.prominence)
        for dancer in newcomers[: max(0, self.settings.dancers - len(present))]:
            self._last_id += 1
            dancer.id = self._last_id

    def _report(self) -> list[Track]:
        confirmed = [d for d in self._dancers if d.id is not None]
        confirmed.sort(key=lambda d: (d.missed > 0, -d.prominence))
        chosen = sorted(confirmed[: self.settings.dancers], key=lambda d: d.id or 0)
        return [Track(d.id or 0, d.pose, d.age, d.missed) for d in chosen]


def _usable(pose: Pose) -> bool:
    return bool(np.isfinite(pose.keypoints).all() and np.isfinite(pose.box).all())
