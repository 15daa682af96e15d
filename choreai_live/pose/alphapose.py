"""AlphaPose: reads the keypoints of all people of a picture in one batch.

Fang et al., "RMPE" (ICCV 2017), and "AlphaPose: Whole-Body Regional
Multi-Person Pose Estimation and Tracking in Real-Time" (TPAMI 2022). The
network is one the user added; ``docs/alphapose.md`` tells how.
"""

from typing import Final

import numpy as np

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.messages import Floats, Image
from choreai_live.pose.alphapose_crops import (
    CROP_HEIGHT,
    CROP_WIDTH,
    aligned_boxes,
    network_input,
)
from choreai_live.pose.heatmaps import peaks, to_picture
from choreai_live.skeleton import KEYPOINT_COUNT

_INPUT: Final = "input"
_OUTPUT: Final = "heatmaps"

#: COCO has 17 keypoints, Halpe 26, of which the first 17 are those of COCO.
_JOINTS: Final = (KEYPOINT_COUNT, 26)

#: Pixels of the crop per pixel of a heatmap.
_STRIDE: Final = 4


class AlphaPose:
    """The model, as a function from boxes in a picture to keypoints.

    Parameters
    ----------
    session
        An AlphaPose network as ONNX: input ``input`` float32 RGB
        (people, 3, 256, 192), output ``heatmaps`` float32
        (people, 17 or 26, 64, 48), metadata ``choreai.pose`` = ``alphapose``.

    Raises
    ------
    ModelError
        If the session holds another kind of model.
    """

    def __init__(self, session: Session) -> None:
        image, heatmaps = session.inputs.get(_INPUT, []), session.outputs.get(_OUTPUT, [])
        fits = (
            session.metadata.get("choreai.pose") == "alphapose"
            and image[1:] == [3, CROP_HEIGHT, CROP_WIDTH]
            and heatmaps[2:] == [CROP_HEIGHT // _STRIDE, CROP_WIDTH // _STRIDE]
            and heatmaps[1] in _JOINTS
        )
        if not fits:
            raise ModelError(
                f"{session.path} is an ONNX model, but not AlphaPose as choreai-live writes it: "
                "run `choreai-live models add alphapose FILE.pth` with the checkpoint."
            )
        self._session = session

    def read(self, image: Image, boxes: Floats) -> tuple[Floats, Floats]:
        """Return the keypoints of the person in each box, all boxes in one batch.

        Parameters
        ----------
        image
            uint8 (height, width, 3), BGR.
        boxes
            float32 (people, 4): x1, y1, x2, y2, pixels, as a person detector draws them.

        Returns
        -------
        keypoints
            float32 (people, keypoints=17, space=2): pixels of ``image``, COCO-17 order.
        scores
            float32 (people, keypoints=17): maxima of the heatmaps; about 0.5
            to 0.95 in plain view, and a little below 0 at worst.
        """
        if not len(boxes):
            none = np.zeros((0, KEYPOINT_COUNT, 2), np.float32)
            return none, none[..., 0]
        aligned = aligned_boxes(boxes)
        (heatmaps,) = self._session.run([_OUTPUT], {_INPUT: network_input(image, aligned)})
        positions, scores = peaks(heatmaps[:, :KEYPOINT_COUNT])
        height, width = heatmaps.shape[2:]
        return to_picture(positions, aligned, width, height), scores
