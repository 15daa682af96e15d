"""What crops and detections say together about who is in a frame.

A crop can slip onto a neighbour or onto the scenery and still be sure of
itself; a detection of someone upside down can be nonsense. Neither is believed
blindly: a reading stands when the detector agrees with it, or when it is where
the person was expected and nobody else is near enough to be mistaken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import lap
import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Pose
from choreai_live.pose.crops import body_axis
from choreai_live.pose.suppression import crowding, in_a_crowd, similarity, without_duplicates

#: BlazePose's belief that a person is in the crop, below which a reading is
#: nothing, and above which it may stand against the detector.
TRUSTED: Final = 0.5
TRUSTED_ALONE: Final = 0.9

#: OKS with what was expected, below which a crop has slipped: the fastest
#: moves of break dance stay above, a crop on somebody else falls below.
EXPECTED: Final = 0.2

#: OKS above which a reading and a detection agree about a person.
AGREE: Final = 0.5

#: How far, as a share of the torso, the axes of one body may lie apart in two
#: estimates of it.
_SAME_BODY: Final = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """What BlazePose read on one crop.

    Parameters
    ----------
    pose
        As read.
    likeness
        OKS with the pose that the crop was cut for.
    """

    pose: Pose
    likeness: float

    @property
    def plausible(self) -> bool:
        """Whether it may stand while no detection is at hand."""
        return self.pose.score >= TRUSTED and self.likeness >= EXPECTED

    @property
    def stands_alone(self) -> bool:
        """Whether it may stand although the detector sees something else."""
        return self.pose.score >= TRUSTED_ALONE and self.likeness >= EXPECTED

    @property
    def trust(self) -> float:
        """How much to believe it, among readings that may be of one person."""
        return self.pose.score * self.likeness


def distinct(readings: Sequence[Reading]) -> list[Pose]:
    """Return the poses of plausible readings, nobody twice, most trusted first."""
    plausible = [reading for reading in readings if reading.plausible]
    ranked = sorted(plausible, key=lambda reading: -reading.trust)
    poses = [reading.pose for reading in ranked]
    return [poses[index] for index in without_duplicates(poses)]


def reconciled(
    readings: Sequence[Reading],
    detections: Sequence[Pose],
    read: Callable[[Sequence[Pose]], list[Reading]],
) -> list[Pose]:
    """Return who is in the frame, nobody twice, most trusted first.

    Parameters
    ----------
    readings
        Of the crops of the people expected.
    detections
        Of this very frame.
    read
        Reads the crops of detections that no reading accounts for.
    """
    witnesses = _standing(readings, detections)
    taken = {id(witness.detection) for witness in witnesses}
    newcomers = [detection for detection in detections if id(detection) not in taken]
    mixed = in_a_crowd([*newcomers, *(witness.pose for witness in witnesses)])
    alone = [newcomer for newcomer, near in zip(newcomers, mixed, strict=False) if not near]
    together = [newcomer for newcomer, near in zip(newcomers, mixed, strict=False) if near]
    witnesses += map(_newcomer, alone, read(alone))
    witnesses += [_Witness(newcomer, newcomer, newcomer.score) for newcomer in together]
    witnesses.sort(key=lambda witness: -witness.trust)
    poses = [witness.pose for witness in witnesses]
    return [poses[index] for index in without_duplicates(poses)]


@dataclass(frozen=True, eq=False, slots=True)
class _Witness:
    """A pose that may be reported, with the detection that it accounts for."""

    pose: Pose
    detection: Pose | None
    trust: float


def _standing(readings: Sequence[Reading], detections: Sequence[Pose]) -> list[_Witness]:
    """Return the readings that stand beside the detections."""
    near = crowding([*(reading.pose for reading in readings), *detections])
    standing = []
    for index, partner in enumerate(partners(readings, detections)):
        reading = readings[index]
        own = None if partner is None else detections[partner]
        agreement = 0.0 if own is None else float(similarity([reading.pose], [own])[0, 0])
        if agreement >= AGREE and reading.pose.score >= TRUSTED:
            standing.append(_Witness(reading.pose, own, agreement * reading.pose.score))
        elif reading.stands_alone:
            others = near[index].copy()
            if partner is not None:
                others[len(readings) + partner] = False
            # Among others the detector, which sees them all, is the one to
            # follow; somebody on their own BlazePose reads better.
            if own is None or not others.any():
                standing.append(_Witness(reading.pose, own, AGREE * reading.trust))
    return standing


def _newcomer(detection: Pose, reading: Reading) -> _Witness:
    agree = reading.likeness >= AGREE and reading.pose.score >= TRUSTED
    pose = reading.pose if agree or reading.stands_alone else detection
    return _Witness(pose, detection, reading.likeness)


def partners(readings: Sequence[Reading], detections: Sequence[Pose]) -> list[int | None]:
    """Return for each reading the index of the detection of the same person, if any.

    Two estimates are one person when most of their keypoints agree, or when
    their torsos lie on each other although arms, legs or sides differ.
    """
    if not readings or not detections:
        return [None] * len(readings)
    poses = [reading.pose for reading in readings]
    alike = np.maximum(similarity(poses, detections), _torso_likeness(poses, detections))
    rows, columns = lap.lapjvx(-alike, extend_cost=True, return_cost=False)
    found: list[int | None] = [None] * len(readings)
    for row, column in zip(rows, columns, strict=True):
        if alike[row, column] >= AGREE:
            found[row] = int(column)
    return found


def _torso_likeness(poses_a: Sequence[Pose], poses_b: Sequence[Pose]) -> Floats:
    """Return float32 (a, b): 1 for one torso, 0.5 at :data:`_SAME_BODY` apart, then falling."""
    axes_a = np.stack([body_axis(pose) for pose in poses_a])[:, None]
    axes_b = np.stack([body_axis(pose) for pose in poses_b])[None, :]
    apart = np.hypot(*np.moveaxis(axes_a - axes_b, -1, 0)).mean(axis=-1)
    torso = np.maximum(_lengths(axes_a), _lengths(axes_b))
    likeness: Floats = (0.5 ** np.square(apart / (_SAME_BODY * torso))).astype(np.float32)
    return likeness


def _lengths(axes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lengths: npt.NDArray[np.float64] = np.maximum(
        np.hypot(*np.moveaxis(axes[..., 0, :] - axes[..., 1, :], -1, 0)), 1.0
    )
    return lengths
