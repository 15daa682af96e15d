"""The life of a track: from a first glimpse to a dancer who left for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from choreai_live.messages import Floats, Image, Pose, Track
from choreai_live.similarity import iou_matrix, oks_matrix
from choreai_live.tracking.appearance import blended, unlikeness
from choreai_live.tracking.matching import assign, continuation_costs, reentry_costs
from choreai_live.tracking.motion import Motion
from choreai_live.tracking.sightings import Array, Sightings, sizes

#: Most a continuation may cost (1 = nothing in common) for a confident pose,
#: and for a weak one, which must fit better to be believed.
_CONTINUES: Final = 0.9
_CONTINUES_WEAK: Final = 0.6
#: Most a return may cost, see :func:`~choreai_live.tracking.matching.reentry_costs`.
_RETURNS: Final = 1.2
#: Cost per second of absence: who is here goes before who may have come back.
_ABSENCE: Final = 0.2
_MOST_ABSENCE: Final = 0.3
#: Growth of the expected error of a pose with its overlap (IoU) with another.
_OVERLAP_DOUBT: Final = 4.0
#: Dancers whose boxes overlap less than this (IoU) show their own colours only.
_APART: Final = 0.1
#: Seconds over which a look follows the light and the folds.
_LOOK_MEMORY: Final = 1.0
#: Seconds over which a dancer who seems smaller is believed to be farther away.
_BODY_MEMORY: Final = 2.0
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
    confirm_entangled
        A newcomer who overlaps a dancer must be seen for this long.
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
    confident: float = 0.35
    weak: float = 0.1
    confirm_within: float = 0.2
    confirm_entangled: float = 0.4
    expect_for: float = 0.5
    lost_after: float = 3.0
    fastest: float = 3.0
    duplicate: float = 0.8


@dataclass(eq=False, slots=True)
class _Dancer:
    """One dancer being followed.

    ``id`` is 0 until confirmed. ``look`` is float32 (parts, 3) as in
    :class:`Sightings`, and pure once the dancer was seen apart from everybody
    else. ``body`` is the size in full view, pixels: what is left of somebody
    half hidden does not make them a small person at once.
    """

    pose: Pose
    look: Floats
    body: float
    born: float
    seen: float
    id: int = 0
    age: int = 0
    missed: int = 0
    pure: bool = False


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
        seen = Sightings.of([p for p in poses if _usable(p)], image)
        seen = seen[self._distinct(seen)]
        pairs = self._pairs(seen, time)
        self._see(seen, pairs, time)
        taken = set(pairs.values())
        self._begin(
            seen[
                [
                    column
                    for column, pose in enumerate(seen.poses)
                    if column not in taken and pose.score >= self.settings.confident
                ]
            ],
            time,
        )
        self._confirm(time)
        return self._report()

    def reset(self) -> None:
        """Forget every dancer; their ids are not given again."""
        self._dancers = []
        self._motion = Motion()
        self._time = -np.inf

    def _forget(self, time: float) -> None:
        rows = []
        for row, dancer in enumerate(self._dancers):
            limit = self.settings.lost_after if dancer.id else self.settings.confirm_within
            # A newcomer has a second frame to be seen in, however slowly frames come.
            second_look = not dancer.id and dancer.missed == 0
            if time - dancer.seen <= limit or second_look:
                rows.append(row)
        if len(rows) < len(self._dancers):
            self._dancers = [self._dancers[row] for row in rows]
            self._motion.keep(rows)

    def _distinct(self, seen: Sightings) -> list[int]:
        best_first = sorted(range(len(seen)), key=lambda row: -seen.poses[row].score)
        if len(seen) < 2:
            return best_first
        oks = oks_matrix(seen.keypoints, seen.keypoints, seen.scores, seen.scores)
        kept: list[int] = []
        for row in best_first:
            if not (oks[row, kept] > self.settings.duplicate).any():
                kept.append(row)
        return kept

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
            bodies = np.array([dancer.body for dancer in self._dancers])
            returns = reentry_costs(
                there, self._motion.places, bodies, gaps, seen, limits.fastest, unlike
            )
            pairs |= assign(returns, known, sure, _RETURNS)
        return pairs

    def _see(self, seen: Sightings, pairs: dict[int, int], time: float) -> None:
        if not pairs:
            return
        rows, columns = list(pairs), list(pairs.values())
        overlaps = _overlaps(seen)[columns]
        self._motion.correct(rows, seen[columns], time, 1 + _OVERLAP_DOUBT * overlaps)
        bodies = sizes(seen.extents)[columns]
        for (row, column), overlap, body in zip(pairs.items(), overlaps, bodies, strict=True):
            dancer = self._dancers[row]
            dancer.body = max(
                float(body), dancer.body * np.exp((dancer.seen - time) / _BODY_MEMORY)
            )
            if overlap < _APART:
                # Colours taken while dancers overlap may be those of the other.
                share = 1 - np.exp((dancer.seen - time) / _LOOK_MEMORY) if dancer.pure else 1
                dancer.look = blended(dancer.look, seen.colours[column], share)
                dancer.pure = True
            dancer.pose, dancer.seen, dancer.missed = seen.poses[column], time, 0

    def _begin(self, newcomers: Sightings, time: float) -> None:
        if len(newcomers):
            self._dancers += [
                _Dancer(pose, look, float(body), time, time)
                for pose, look, body in zip(
                    newcomers.poses, newcomers.colours, sizes(newcomers.extents), strict=True
                )
            ]
            self._motion.add(newcomers, time)

    def _confirm(self, time: float) -> None:
        present = [d for d in self._dancers if d.id and not d.missed]
        # Nobody to confuse them with: the first dancers are shown at once.
        at_once = not any(d.id for d in self._dancers)
        newcomers = [
            d
            for d in self._dancers
            if not d.id and not d.missed and (at_once or self._convincing(d, present, time))
        ]
        newcomers.sort(key=_prominence, reverse=True)
        for dancer in newcomers[: max(0, self.settings.dancers - len(present))]:
            self._last_id += 1
            dancer.id = self._last_id

    def _convincing(self, newcomer: _Dancer, present: list[_Dancer], time: float) -> bool:
        """Return whether a newcomer has been seen enough to be believed.

        Where two dancers stand close, an estimator may well see a third one
        made of an arm of this and a leg of that; it does not last.
        """
        boxes = np.stack([newcomer.pose.box, *(d.pose.box for d in present)])
        entangled = iou_matrix(boxes[:1], boxes[1:]).max(initial=0) > _ENTANGLED
        if entangled:
            return time - newcomer.born >= self.settings.confirm_entangled
        return newcomer.age > 0

    def _report(self) -> list[Track]:
        confirmed = [d for d in self._dancers if d.id]
        confirmed.sort(key=lambda d: (d.missed > 0, -_prominence(d)))
        chosen = sorted(confirmed[: self.settings.dancers], key=lambda d: d.id)
        return [Track(d.id, d.pose, d.age, d.missed) for d in chosen]


def _left(
    rows: list[int], columns: list[int], pairs: dict[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    return [r for r in rows if r not in pairs], [c for c in columns if c not in taken]


def _prominence(dancer: _Dancer) -> float:
    """Return how much of a dancer there is to see: area of the box times score."""
    sides = np.maximum(dancer.pose.box[2:] - dancer.pose.box[:2], 0)
    return float(sides[0] * sides[1] * dancer.pose.score)


def _overlaps(seen: Sightings) -> Array:
    """Return for each pose its largest box overlap (IoU) with another one."""
    iou = iou_matrix(seen.boxes, seen.boxes).astype(np.float64)
    np.fill_diagonal(iou, 0)
    largest: Array = iou.max(axis=1)
    return largest


def _usable(pose: Pose) -> bool:
    return bool(np.isfinite(pose.keypoints).all() and np.isfinite(pose.box).all())
