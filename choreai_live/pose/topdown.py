"""The shipped pipeline: crops of the dancers already known, detection only when needed.

Reading a crop is cheap and exact but knows of one person only; detection sees
everybody, coarsely. So every frame reads the crops, and the detector is asked
when there is a reason to.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from choreai_live.messages import Image, Pose
from choreai_live.pose.base import MAX_PEOPLE, PoseEstimator
from choreai_live.pose.blazepose import BlazePose
from choreai_live.pose.crops import region_around
from choreai_live.pose.movenet import FAR, NEAR, MoveNet, input_side
from choreai_live.pose.suppression import similarity, without_duplicates
from choreai_live.pose.untangling import overlapping, untangled
from choreai_live.similarity import iou_matrix

#: Frames from one detection to the next while all is well: who walks in is
#: seen within a third of a second of 30 fps video.
DETECT_EVERY: Final = 10

#: Frames between detections while people overlap, or a crop keeps failing.
DETECT_SOON: Final = 2

#: BlazePose's belief that someone is in the crop, above which it is trusted,
#: and the higher one it needs where the detector sees nobody.
TRUSTED: Final = 0.5
TRUSTED_ALONE: Final = 0.8

#: Mean of OKS and box IoU above which a reading and a detection are one person.
_SAME_PERSON: Final = 0.3

#: OKS below which the two disagree about what that person does.
_AGREE: Final = 0.5


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
        self.reset()

    def reset(self) -> None:
        """Forget the frames before."""
        self._since_detection = DETECT_EVERY
        self._near_next = True

    def estimate(self, image: Image, expected: Sequence[Pose]) -> list[Pose]:
        """Return everybody seen in one frame; see :meth:`PoseEstimator.estimate`."""
        readings = [pose for pose in self._read(image, expected) if pose is not None]
        self._since_detection += 1
        if self._detection_due(readings, len(expected)):
            self._since_detection = 0
            detections = self._movenet.detect(image, self._input_side(image, expected))
            readings = self._reconciled(image, readings, detections)
        readings.sort(key=lambda pose: -pose.score)
        return [readings[index] for index in without_duplicates(readings)][:MAX_PEOPLE]

    def _read(self, image: Image, people: Sequence[Pose]) -> list[Pose | None]:
        """Return what BlazePose reads where each of ``people`` should be, None if unsure."""
        regions = [region_around(person) for person in people[:MAX_PEOPLE]]
        readings = self._blazepose.read(image, regions)
        return [pose if pose and pose.score >= TRUSTED else None for pose in readings]

    def _detection_due(self, readings: Sequence[Pose], wanted: int) -> bool:
        if not wanted or self._since_detection >= DETECT_EVERY:
            return True
        unsure = len(without_duplicates(readings)) < wanted or bool(overlapping(readings).any())
        return unsure and self._since_detection >= DETECT_SOON

    def _input_side(self, image: Image, expected: Sequence[Pose]) -> int:
        if expected:
            return input_side(image, expected)
        # Whoever comes may be near or far: take turns.
        self._near_next = not self._near_next
        return FAR if self._near_next else NEAR

    def _reconciled(self, image: Image, readings: list[Pose], detections: list[Pose]) -> list[Pose]:
        """Return what readings and detections say together, newcomers included."""
        partners = _partners(readings, detections)
        agreement = similarity(readings, detections)
        kept: list[Pose] = []
        seen_by: list[Pose | None] = []
        for index, reading in enumerate(readings):
            partner = partners.get(index)
            if partner is None:
                if reading.score < TRUSTED_ALONE:
                    continue
            elif agreement[index, partner] < _AGREE:
                continue  # the detection is fresh: it is read anew below
            kept.append(reading)
            seen_by.append(None if partner is None else detections[partner])
        known = {id(detection) for detection in seen_by if detection is not None}
        newcomers = [detection for detection in detections if id(detection) not in known]
        for detection, fresh in zip(newcomers, self._read(image, newcomers), strict=True):
            agrees = fresh is not None and similarity([fresh], [detection])[0, 0] >= _AGREE
            kept.append(fresh if fresh is not None and agrees else detection)
            seen_by.append(detection)
        return untangled(kept, seen_by)


def _partners(readings: Sequence[Pose], detections: Sequence[Pose]) -> dict[int, int]:
    """Return which detection is the same person as which reading."""
    if not readings or not detections:
        return {}
    boxes = [np.stack([pose.box for pose in poses]) for poses in (readings, detections)]
    alike = (similarity(readings, detections) + iou_matrix(*boxes)) / 2
    rows, columns = linear_sum_assignment(-alike)
    return {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if alike[row, column] >= _SAME_PERSON
    }
