"""What AlphaPose's network sees of a person: an upright 3:4 crop, larger than the box by a quarter.

Facts of AlphaPose's public configuration (Fang et al., "AlphaPose", TPAMI
2022), written anew; what comes out is the same to the last bit of the picture.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Image

#: Size of the network's input, pixels.
CROP_WIDTH: Final = 192
CROP_HEIGHT: Final = 256

#: How much longer than the person's box the sides of the crop are.
_LARGER: Final = 1.25

#: What is taken off red, green and blue in 0 to 1; there is no division by a deviation.
_MEAN: Final = np.array([0.406, 0.457, 0.480], np.float32)

#: A box has at least this width and height, pixels: one without would have no inside.
_LEAST_SIDE: Final = 1.0

_Vectors = npt.NDArray[np.float64]


def aligned_boxes(boxes: Floats) -> _Vectors:
    """Return what the network is to see of each person.

    Parameters
    ----------
    boxes
        float32 (people, 4): x1, y1, x2, y2 around each person, pixels of the picture.

    Returns
    -------
    float64 (people, 4), x1, y1, x2, y2: the boxes made longer in one
    direction, about their middle, until they are 3:4, then in both by a
    quarter. They may reach beyond the picture.
    """
    corners = np.asarray(boxes, np.float64).reshape(-1, 4)
    middles = (corners[:, :2] + corners[:, 2:]) / 2
    sides = np.maximum(corners[:, 2:] - corners[:, :2], _LEAST_SIDE)
    heights = np.maximum(sides[:, 1], sides[:, 0] * CROP_HEIGHT / CROP_WIDTH) * _LARGER
    halves = np.stack([heights * CROP_WIDTH / CROP_HEIGHT, heights], axis=1) / 2
    return np.concatenate([middles - halves, middles + halves], axis=1)


def network_input(image: Image, aligned: _Vectors) -> Floats:
    """Return the crops of all people as one batch.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR.
    aligned
        float64 (people, 4): boxes from :func:`aligned_boxes`.

    Returns
    -------
    float32 (people, channels=3, height=256, width=192), RGB in 0 to 1 less
    the mean colour. What lies outside the picture is black before that.
    """
    crops = np.empty((len(aligned), CROP_HEIGHT, CROP_WIDTH, 3), np.uint8)
    for crop, box in zip(crops, aligned, strict=True):
        scale = CROP_WIDTH / (box[2] - box[0])
        middle = (box[:2] + box[2:]) / 2
        shift = np.array([CROP_WIDTH, CROP_HEIGHT]) / 2 - scale * middle
        # AlphaPose counts from the middle of the first pixel in both pictures,
        # as OpenCV does, so there is no half pixel to add.
        affine = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
        cv2.warpAffine(image, affine, (CROP_WIDTH, CROP_HEIGHT), dst=crop, flags=cv2.INTER_LINEAR)
    batch = np.empty((len(aligned), 3, CROP_HEIGHT, CROP_WIDTH), np.float32)
    for channel in range(3):
        np.divide(crops[..., 2 - channel], np.float32(255), out=batch[:, channel])
        batch[:, channel] -= _MEAN[channel]
    return batch
