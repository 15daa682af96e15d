"""AlphaPose as a pipeline: person boxes, one batch of crops, parametric pose NMS.

As published, except that the boxes need no detector in most frames: the
tracker tells where everybody known should be. Where both say the same person,
the detector's box counts; where only the tracker knows somebody, that box is
read too, and pose NMS sees to it that nobody is reported twice.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import lap
import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Image, Pose
from choreai_live.pose.alphapose import AlphaPose
from choreai_live.pose.base import MAX_PEOPLE, PoseEstimator
from choreai_live.pose.boxes import box_around
from choreai_live.pose.people import PersonDetector, boxes_of
from choreai_live.pose.pose_nms import distinct_poses
from choreai_live.pose.schedule import DetectionSchedule
from choreai_live.pose.suppression import in_a_crowd
from choreai_live.similarity import containment_matrix, iou_matrix

#: A person needs one keypoint of at least this score (AlphaPose's public configuration).
_PERSON: Final = 0.3

#: Mean score of the keypoints from which a person is believed although the
#: detector does not see them; an empty crop has maxima of 0.1 to 0.2.
_STANDS_ALONE: Final = 0.4

#: Overlap (IoU) of an expected box and a detected one from which both are of one person.
_SAME_BOX: Final = 0.5

#: Share of the smaller box from which a detection accounts for a pose: half a
#: body seen by one of the two is enough.
_ACCOUNTS_FOR: Final = 0.5

#: What is left of the score of a keypoint that lies outside the picture.
_OUTSIDE: Final = 0.1


class AlphaPoseEstimator(PoseEstimator):
    """A detector finds people, AlphaPose reads all of them at once.

    Parameters
    ----------
    detector
        One of its own.
    alphapose
        The model, which may be shared.
    """

    def __init__(self, detector: PersonDetector, alphapose: AlphaPose) -> None:
        self._detector = detector
        self._alphapose = alphapose
        self._schedule = DetectionSchedule()

    def reset(self) -> None:
        """Forget the frames before."""
        self._schedule.reset()
        self._detector.reset()

    def estimate(self, image: Image, expected: Sequence[Pose]) -> list[Pose]:
        """Return everybody seen in one frame; see :meth:`PoseEstimator.estimate`."""
        known = expected[:MAX_PEOPLE]
        boxes = boxes_of(known).boxes
        detected: Floats | None = None
        self._schedule.next_frame()
        if self._schedule.due(len(known), mixed=any(in_a_crowd(known))):
            detected = self._detect(image, known)
            boxes = joined(boxes, detected)
        readings = self._read(image, boxes)
        poses = poses_of(readings, image.shape[1], image.shape[0])
        if detected is None and self._schedule.due_in_doubt() and _doubtful(poses, len(known)):
            detected = self._detect(image, known)
            unread = detected[~_accounted_for(detected, boxes_of(poses).boxes)]
            readings = readings.and_those_of(self._read(image, unread))
            poses = poses_of(readings, image.shape[1], image.shape[0])
        if detected is not None:
            seen = _accounted_for(boxes_of(poses).boxes, detected)
            poses = [
                pose
                for pose, backed in zip(poses, seen, strict=True)
                if backed or pose.score >= _STANDS_ALONE
            ]
        return poses[:MAX_PEOPLE]

    def _read(self, image: Image, boxes: Floats) -> "Readings":
        return Readings(boxes, *self._alphapose.read(image, boxes))

    def _detect(self, image: Image, known: Sequence[Pose]) -> Floats:
        self._schedule.detected()
        return self._detector.find(image, known).boxes[:MAX_PEOPLE]


class Readings(NamedTuple):
    """What AlphaPose read, some people perhaps more than once.

    Parameters
    ----------
    boxes
        float32 (readings, 4): x1, y1, x2, y2 of what was read, pixels.
    keypoints, scores
        float32 (readings, keypoints=17, space=2) and (readings, keypoints=17)
        from :meth:`AlphaPose.read`.
    """

    boxes: Floats
    keypoints: Floats
    scores: Floats

    def and_those_of(self, others: "Readings") -> "Readings":
        """Return these and the others as one."""
        return Readings(*map(np.concatenate, zip(self, others, strict=True)))


def poses_of(readings: Readings, width: int, height: int) -> list[Pose]:
    """Return the people in what AlphaPose read, nobody twice, surest first.

    Parameters
    ----------
    readings
        Of one picture.
    width, height
        Size of the picture, pixels.

    Returns
    -------
    Poses whose ``score`` is the mean score of their keypoints.
    """
    scores = np.clip(readings.scores, 0, 1)
    likely = scores.max(axis=1) >= _PERSON
    distinct = distinct_poses(readings.keypoints[likely], scores[likely], readings.boxes[likely])
    poses = []
    for points, values in zip(distinct.keypoints, distinct.scores, strict=True):
        inside = ((points >= 0) & (points <= [width, height])).all(axis=1)
        marks = np.where(inside, values, _OUTSIDE * values).astype(np.float32)
        box = box_around(points, marks, width, height)
        if box is not None:
            poses.append(Pose(points, marks, box, float(marks.mean())))
    return sorted(poses, key=lambda pose: -pose.score)


def joined(expected: Floats, detected: Floats) -> Floats:
    """Return one box for each person, float32 (people, 4), those detected first.

    Parameters
    ----------
    expected, detected
        float32 (people, 4): x1, y1, x2, y2, pixels. Each detection stands for
        at most one of those expected, so that one box around two who stand
        close does not make the other disappear.
    """
    overlaps = iou_matrix(expected, detected)
    rows, columns = lap.lapjvx(-overlaps, extend_cost=True, return_cost=False)
    found = rows[overlaps[rows, columns] >= _SAME_BOX]
    return np.concatenate([detected, np.delete(expected, found, axis=0)])


def _accounted_for(boxes: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Return for each box, bool (boxes,), whether one of ``others`` is there too."""
    there: npt.NDArray[np.bool_] = (
        containment_matrix(boxes, others).max(axis=1, initial=0) >= _ACCOUNTS_FOR
    )
    return there


def _doubtful(poses: Sequence[Pose], wanted: int) -> bool:
    sure = sum(pose.score >= _STANDS_ALONE for pose in poses)
    return sure < wanted or any(in_a_crowd(poses))
