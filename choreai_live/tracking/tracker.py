"""The life of a track: from a first glimpse to a dancer who left for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from choreai_live.messages import Image, Pose, Track
from choreai_live.similarity import iou_matrix, oks_matrix
from choreai_live.tracking.appearance import unlikeness
from choreai_live.tracking.dancer import Dancer
from choreai_live.tracking.matching import assign, continuation_costs, reentry_costs
from choreai_live.tracking.motion import Motion
from choreai_live.tracking.sightings import Array, Sightings

#: Most a continuation may cost (1 = nothing in common) for a confident pose,
#: and for a weak one, which must fit better to be believed.
_CONTINUES: Final = 0.9
_CONTINUES_WEAK: Final = 0.75
#: Most a return may cost, see :func:`~choreai_live.tracking.matching.reentry_costs`.
_RETURNS: Final = 1.2
#: Cost per second of absence: who is here goes before who may have come back.
_ABSENCE: Final = 0.1
_MOST_ABSENCE: Final = 0.1
#: Growth of the expected error of a pose with its overlap (IoU) with another.
_OVERLAP_DOUBT: Final = 4.0
#: Score of a newcomer who is shown at once while there is nobody else.
_AT_ONCE: Final = 0.4
#: A newcomer takes the place of a dancer only if this much more prominent.
_OUTSHINES: Final = 1.5
#: Two poses whose boxes overlap less than this (IoU) are not one person seen twice.
_MAYBE_SAME: Final = 0.3
#: A newcomer whose box overlaps a dancer's this much (IoU) is looked at twice.
_ENTANGLED: Final = 0.3


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
    confirm_doubtful
        A newcomer who overlaps a dancer, or comes while one is missing, must
        be seen for this long.
    expect_for
        How long after a dancer was last seen it is worth looking for them.
    lost_after
        How long a dancer who left keeps the id. Over the two seconds
        promised, because a dancer at the edge is lost before they are out of
        the picture and found after they are back in it.
    fastest
        The fastest a dancer moves, body sizes per second.
    duplicate
        Two poses of one frame more alike than this (OKS) are the same person.
    """

    dancers: int = 6
    confident: float = 0.25
    weak: float = 0.1
    confirm_within: float = 0.2
    confirm_doubtful: float = 0.3
    expect_for: float = 1.0
    lost_after: float = 3.0
    fastest: float = 3.0
    duplicate: float = 0.8


class Tracker:
    """Says who is who across frames.

    Parameters
    ----------
    settings
        See :class:`TrackerSettings`.
    """

    def __init__(self, settings: TrackerSettings | None = None) -> None:
        self.settings = settings or TrackerSettings()
        self._dancers: list[Dancer] = []
        self._motion = Motion()  # its rows are self._dancers
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
        if time < self._time or not self._dancers:
            return []
        there = self._motion.expect(time)
        return [
            Track(
                dancer.id,
                Pose(keypoints, dancer.pose.scores, box, dancer.pose.score),
                dancer.age,
                dancer.missed,
            )
            for dancer, keypoints, box in zip(
                self._dancers, there.keypoints, there.boxes, strict=True
            )
            if time - dancer.seen <= self.settings.expect_for
        ]

    def update(self, poses: Sequence[Pose], time: float, image: Image | None = None) -> list[Track]:
        """Take in the poses of one frame and return the dancers.

        Parameters
        ----------
        poses
            The people seen in the frame, in any order.
        time
            Seconds on the source's clock. If it went backwards, as when a
            file begins again, every dancer is forgotten.
        image
            uint8 (height, width, 3), BGR: the frame. Where it is given,
            dancers are also told apart by the colours of what they wear.

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
        seen = self._distinct(Sightings.of([p for p in poses if _usable(p)], image))
        pairs = self._pairs(seen, time)
        self._see(seen, pairs, time)
        taken = set(pairs.values())
        left = [
            column
            for column, pose in enumerate(seen.poses)
            if column not in taken and pose.score >= self.settings.confident
        ]
        self._begin(seen[left], time)
        self._confirm(time)
        return self._report()

    def reset(self) -> None:
        """Forget every dancer; their ids are not given again."""
        self._dancers = []
        self._motion = Motion()
        self._time = -np.inf

    def _forget(self, time: float) -> None:
        gone = []
        for dancer in self._dancers:
            limit = self.settings.lost_after if dancer.id else self.settings.confirm_within
            # A newcomer has a second frame to be seen in, however slowly frames come.
            second_look = not dancer.id and dancer.missed == 0
            if time - dancer.seen > limit and not second_look:
                gone.append(dancer)
        self._remove(gone)

    def _distinct(self, seen: Sightings) -> Sightings:
        if len(seen) < 2 or seen.overlaps.max() < _MAYBE_SAME:
            return seen
        oks = oks_matrix(seen.keypoints, seen.keypoints, seen.scores, seen.scores)
        kept: list[int] = []
        for row in sorted(range(len(seen)), key=lambda row: -seen.poses[row].score):
            if not (oks[row, kept] > self.settings.duplicate).any():
                kept.append(row)
        return seen[kept] if len(kept) < len(seen) else seen

    def _pairs(self, seen: Sightings, time: float) -> dict[int, int]:
        """Return which dancer has which pose."""
        if not self._dancers or not len(seen):
            return {}
        limits = self.settings
        there = self._motion.expect(time)
        gaps = np.array([time - dancer.seen for dancer in self._dancers])
        scores = np.stack([dancer.pose.scores for dancer in self._dancers])
        looks = np.stack([dancer.look for dancer in self._dancers])
        unlike = unlikeness(looks, seen.colours)
        costs = continuation_costs(there, scores, seen, unlike)
        costs += np.minimum(_ABSENCE * gaps, _MOST_ABSENCE)[:, None]
        known = [row for row, dancer in enumerate(self._dancers) if dancer.id]
        newcomers = [row for row, dancer in enumerate(self._dancers) if not dancer.id]
        sure = [c for c, p in enumerate(seen.poses) if p.score >= limits.confident]
        weak = [c for c, p in enumerate(seen.poses) if limits.weak <= p.score < limits.confident]

        pairs = assign(costs, known, sure, _CONTINUES)
        known, sure = _left(known, sure, pairs)
        pairs |= assign(costs, known, weak, _CONTINUES_WEAK)
        known, weak = _left(known, weak, pairs)
        # A newcomer was first seen while the dancers now missing were in view,
        # or out of their reach: it is none of them, and keeps its pose.
        pairs |= assign(costs, newcomers, sure, _CONTINUES)
        _, sure = _left(newcomers, sure, pairs)
        if known and sure:
            pairs |= assign(self._returns(seen, time), known, sure, _RETURNS)
        return pairs

    def _returns(self, seen: Sightings, time: float) -> Array:
        """Return how implausible it is that each pose is each dancer come back."""
        return reentry_costs(
            self._motion.expect(time),
            self._motion.places,
            np.array([dancer.size for dancer in self._dancers]),
            np.array([time - dancer.seen for dancer in self._dancers]),
            seen,
            self.settings.fastest,
            unlikeness(np.stack([dancer.look for dancer in self._dancers]), seen.colours),
        )

    def _see(self, seen: Sightings, pairs: dict[int, int], time: float) -> None:
        if not pairs:
            return
        self._motion.correct(pairs, seen, time, 1 + _OVERLAP_DOUBT * seen.overlaps)
        for row, column in pairs.items():
            self._dancers[row].see(
                seen.poses[column],
                seen.colours[column],
                float(seen.sizes[column]),
                float(seen.overlaps[column]),
                time,
            )

    def _begin(self, newcomers: Sightings, time: float) -> None:
        if len(newcomers):
            self._dancers += [
                Dancer(pose, look, float(size), time, time)
                for pose, look, size in zip(
                    newcomers.poses, newcomers.colours, newcomers.sizes, strict=True
                )
            ]
            self._motion.add(newcomers, time)

    def _confirm(self, time: float) -> None:
        newcomers = [d for d in self._dancers if not d.id and not d.missed]
        newcomers = [d for d in newcomers if self._convincing(d, time)]
        if not newcomers:
            return
        newcomers = self._welcomed_back(newcomers, time)
        newcomers.sort(key=lambda d: -d.prominence)
        present = sorted(
            (d for d in self._dancers if d.id and not d.missed), key=lambda d: d.prominence
        )
        for dancer in newcomers:
            if len(present) >= self.settings.dancers:
                if dancer.prominence < _OUTSHINES * present[0].prominence:
                    break
                self._remove([present.pop(0)])
            self._last_id += 1
            dancer.id = self._last_id
            present.append(dancer)

    def _convincing(self, newcomer: Dancer, time: float) -> bool:
        """Return whether a newcomer has been seen enough to be believed."""
        others = [d for d in self._dancers if d.id]
        if not others and newcomer.pose.score >= _AT_ONCE:
            return True  # nobody to confuse them with
        # Where two dancers stand close, an estimator may well see a third one
        # made of an arm of this and a leg of that; it does not last.
        boxes = np.stack([newcomer.pose.box, *(d.pose.box for d in others if not d.missed)])
        entangled = iou_matrix(boxes[:1], boxes[1:]).max(initial=0) > _ENTANGLED
        # And what shows first of somebody who comes from behind something is
        # too little to know them by.
        missing = any(d.missed and d.seen < newcomer.born for d in others)
        if entangled or missing:
            return time - newcomer.born >= self.settings.confirm_doubtful
        return newcomer.age > 0

    def _welcomed_back(self, newcomers: list[Dancer], time: float) -> list[Dancer]:
        """Give newcomers who are dancers come back their ids; return the others."""
        missing = [row for row, d in enumerate(self._dancers) if d.id and d.missed]
        if not missing:
            return newcomers
        seen = Sightings.of([d.pose for d in newcomers]).coloured([d.look for d in newcomers])
        costs = self._returns(seen, time)
        for row in missing:
            # Who was seen before the dancer was lost is somebody else.
            since = [d.born > self._dancers[row].seen for d in newcomers]
            costs[row] = np.where(since, costs[row], np.inf)
        pairs = assign(costs, missing, range(len(newcomers)), _RETURNS)
        for row, column in pairs.items():
            newcomers[column].become(self._dancers[row])
        self._remove([self._dancers[row] for row in pairs])
        return [d for d in newcomers if not d.id]

    def _remove(self, dancers: list[Dancer]) -> None:
        rows = [row for row, dancer in enumerate(self._dancers) if dancer not in dancers]
        if len(rows) < len(self._dancers):
            self._dancers = [self._dancers[row] for row in rows]
            self._motion.keep(rows)

    def _report(self) -> list[Track]:
        confirmed = [d for d in self._dancers if d.id]
        if len(confirmed) > self.settings.dancers:
            confirmed.sort(key=lambda d: (d.missed, -d.prominence))
        return [d.track for d in sorted(confirmed[: self.settings.dancers], key=lambda d: d.id)]


def _left(
    rows: list[int], columns: list[int], pairs: dict[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    return [r for r in rows if r not in pairs], [c for c in columns if c not in taken]


def _usable(pose: Pose) -> bool:
    return bool(np.isfinite(pose.keypoints).all() and np.isfinite(pose.box).all())
