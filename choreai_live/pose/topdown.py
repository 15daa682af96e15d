"""The shipped pipeline: crops of the dancers already known, detection only when needed.

Reading a crop is cheap and exact but knows of one person only; detection sees
everybody, coarsely. So every frame reads the crops, and the detector is asked
when there is a reason to.
"""

from collections.abc import Sequence
from functools import partial
from itertools import cycle

from choreai_live.messages import Image, Pose
from choreai_live.pose.base import MAX_PEOPLE, PoseEstimator
from choreai_live.pose.blazepose import BlazePose
from choreai_live.pose.crops import region_around
from choreai_live.pose.movenet import TURNS, MoveNet, input_side
from choreai_live.pose.reconciling import Reading, distinct, reconciled
from choreai_live.pose.schedule import DetectionSchedule
from choreai_live.pose.suppression import in_a_crowd, similarity


class TopDownEstimator(PoseEstimator):
    """MoveNet finds people, BlazePose reads each of them.

    Parameters
    ----------
    movenet, blazepose
        The models, which may be shared.
    """

    def __init__(self, movenet: MoveNet, blazepose: BlazePose) -> None:
        self._movenet = movenet
        self._blazepose = blazepose
        self._schedule = DetectionSchedule()
        self.reset()

    def reset(self) -> None:
        """Forget the frames before."""
        self._schedule.reset()
        self._turns = cycle(TURNS)

    def estimate(self, image: Image, expected: Sequence[Pose]) -> list[Pose]:
        """Return everybody seen in one frame; see :meth:`PoseEstimator.estimate`."""
        # A crop of one of two people who overlap shows both, and BlazePose
        # mixes up their limbs; MultiPose, which sees both as two, does not.
        mixed = in_a_crowd(expected)
        alone = [person for person, near in zip(expected, mixed, strict=True) if not near]
        readings = self._read(image, alone[:MAX_PEOPLE], solo=len(expected) == 1)
        poses = distinct(readings)
        self._schedule.next_frame()
        if self._detection_due(poses, len(expected), mixed=any(mixed)):
            self._schedule.detected()
            side = input_side(image, expected) or next(self._turns)
            detections = self._movenet.detect(image, side)
            poses = reconciled(readings, detections, partial(self._read, image))
        return poses[:MAX_PEOPLE]

    def _read(self, image: Image, people: Sequence[Pose], *, solo: bool = False) -> list[Reading]:
        """Return what BlazePose reads where each of ``people`` should be."""
        regions = [region_around(person, solo=solo) for person in people]
        return [
            Reading(pose, float(similarity([pose], [person])[0, 0]))
            for pose, person in zip(self._blazepose.read(image, regions), people, strict=True)
        ]

    def _detection_due(self, poses: Sequence[Pose], wanted: int, *, mixed: bool) -> bool:
        if self._schedule.due(wanted, mixed=mixed):
            return True
        doubtful = len(poses) < wanted or any(in_a_crowd(poses))
        return doubtful and self._schedule.due_in_doubt()
