"""BlazePose Full: reads one person's keypoints on a crop.

Bazarevsky et al., "BlazePose: On-device Real-time Body Pose Tracking" (2020),
and the model card of BlazePose GHUM 3D.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.messages import Floats, Image, Pose
from choreai_live.pose.boxes import box_around
from choreai_live.pose.crops import CROP_SIDE, Region, cut
from choreai_live.skeleton import FROM_BLAZEPOSE

_INPUT: Final = "input_1"
_LANDMARKS: Final = "ld_3d"
_FLAG: Final = "output_poseflag"
_LANDMARK_COUNT: Final = 39
_COCO: Final = list(FROM_BLAZEPOSE)

#: What is left of the score of a keypoint that lies outside the picture.
_OUTSIDE: Final = 0.1

#: BlazePose is sure of itself: nearly all it sees is above 0.95. On this line
#: over the logit a score says the same as one of MoveNet's: measured on the
#: demo dancers, keypoints of equal score are equally often right.
_SCORE_AT_EVENS: Final = 0.26
_SCORE_PER_LOGIT: Final = 0.073


class BlazePose:
    """The model, as a function from regions of a picture to poses.

    Parameters
    ----------
    session
        BlazePose Full as ONNX: input ``input_1`` float32 RGB
        (people, 256, 256, 3) in 0 to 1, outputs ``ld_3d`` (people, 195) and
        ``output_poseflag`` (people, 1).

    Raises
    ------
    ModelError
        If the session holds another kind of model.
    """

    def __init__(self, session: Session) -> None:
        if _INPUT not in session.inputs or not {_LANDMARKS, _FLAG} <= session.outputs.keys():
            raise ModelError(
                f"{session.path} is an ONNX model, but not BlazePose: put the right file there; "
                "`choreai-live models verify` shows which files are intact."
            )
        self._session = session

    def read(self, image: Image, regions: Sequence[Region]) -> list[Pose]:
        """Return one pose per region, with a score near 0 where nobody can be made out.

        Parameters
        ----------
        image
            uint8 (height, width, 3), BGR.
        regions
            Where the people are expected.

        Returns
        -------
        Poses whose ``score`` is the model's own belief that a person is there.
        """
        if not regions:
            return []
        crops = np.empty((len(regions), CROP_SIDE, CROP_SIDE, 3), np.float32)
        for crop, region in zip(crops, regions, strict=True):
            rgb = cv2.cvtColor(cut(image, region), cv2.COLOR_BGR2RGB)
            np.multiply(rgb, np.float32(1 / 255), out=crop)
        landmarks, flags = self._session.run([_LANDMARKS, _FLAG], {_INPUT: crops})
        height, width = image.shape[:2]
        return [
            decode(row, float(flag), region, width, height)
            for row, flag, region in zip(landmarks, flags[:, 0], regions, strict=True)
        ]


def decode(landmarks: Floats, flag: float, region: Region, width: int, height: int) -> Pose:
    """Return the pose in one row of BlazePose's output.

    Parameters
    ----------
    landmarks
        float32 (195,): 39 times x and y in pixels of the crop, depth, and the
        logits of being visible and of being inside the crop.
    flag
        0 to 1: how likely a person is there.
    region
        The region that was read.
    width, height
        Size of the picture, pixels.
    """
    rows = landmarks.reshape(_LANDMARK_COUNT, 5)[_COCO]
    keypoints = region.points_to_picture(rows[:, :2])
    inside = ((keypoints >= 0) & (keypoints <= [width, height])).all(axis=1)
    scores = comparable_scores(*np.clip(rows[:, 3:5].T, -30, 30))
    scores[~inside] *= _OUTSIDE
    box = box_around(keypoints, scores, width, height)
    if box is None:  # nothing of this person is in the picture
        return Pose(keypoints, scores, np.zeros(4, np.float32), 0.0)
    return Pose(keypoints, scores, box, flag)


def comparable_scores(visible: Floats, present: Floats) -> Floats:
    """Return scores in the range of MoveNet's, about 0.7 for a keypoint in plain view.

    Parameters
    ----------
    visible, present
        float32 (keypoints,): logits of being visible, and of being inside the crop.
    """
    against_visible, against_present = np.exp(-visible), np.exp(-present)
    # The odds against both together: 1 / (a b) - 1 for probabilities a and b.
    against = against_visible + against_present + against_visible * against_present
    scores = _SCORE_AT_EVENS - _SCORE_PER_LOGIT * np.log(against)
    clipped: Floats = np.clip(scores, 0, 1).astype(np.float32)
    return clipped
