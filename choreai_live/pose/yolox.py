"""YOLOX, a person detector that the user may add: the official ONNX export, decoded here.

Ge et al., "YOLOX: Exceeding YOLO Series in 2021" (2021), section 2.1: one
prediction per cell of three grids, its centre as an offset from the cell and
the logarithm of its size, both in cells. Input and thresholds as in the
official ONNX demonstration (https://yolox.readthedocs.io).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import cv2
import numpy as np

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.messages import Floats, Image, Pose
from choreai_live.pose.people import PersonBoxes, PersonDetector
from choreai_live.similarity import iou_matrix

#: Pixels of the input from one cell to the next, grid by grid, in the order of the output.
STRIDES: Final = (8, 16, 32)

#: Side of the input where the model leaves it open, pixels.
_USUAL_SIDE: Final = 640

#: What the input is filled up with, right and below.
_PADDING: Final = 114

#: A prediction counts above this score, and goes where a surer one overlaps it more (IoU).
_PERSON: Final = 0.3
_SAME_IOU: Final = 0.45

#: No more predictions than this are compared with each other.
_MOST_COMPARED: Final = 300

#: Larger logarithms of a size are nonsense, and would overflow.
_MOST_LOG_SIZE: Final = 10.0

#: Columns of a prediction: the box, the objectness, then one per class of
#: COCO, of which the first is a person.
_OBJECTNESS: Final = 4
_PERSON_CLASS: Final = 5


class YoloxDetector(PersonDetector):
    """The model, as a function from a picture to people.

    Parameters
    ----------
    session
        YOLOX as its own ``export_onnx.py`` writes it: one input float32 BGR
        (1, 3, height, width) in 0 to 255, both sides multiples of 32, and one
        output float32 (1, predictions, 5 + classes), not decoded.

    Raises
    ------
    ModelError
        If the session holds another kind of model.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        if len(session.inputs) != 1 or len(session.outputs) != 1:
            raise self._wrong_kind()
        (self._input, shape), (self._output, rows) = (
            *session.inputs.items(),
            *session.outputs.items(),
        )
        if len(shape) != 4 or shape[1] != 3 or len(rows) != 3 or _fixed_but(1, shape[0]):
            raise self._wrong_kind()
        self.height, self.width = (
            side if isinstance(side, int) else _USUAL_SIDE for side in shape[2:]
        )
        if self.height % STRIDES[-1] or self.width % STRIDES[-1]:
            raise self._wrong_kind()
        if _fixed_but(len(_cells(self.height, self.width)[0]), rows[1]):
            raise self._wrong_kind()

    def reset(self) -> None:
        """Do nothing: every picture is looked at for itself."""

    def find(self, image: Image, expected: Sequence[Pose]) -> PersonBoxes:
        """Return everybody in a picture; see :meth:`PersonDetector.find`.

        Raises
        ------
        ModelError
            If what the model returns is not YOLOX's.
        """
        fitted, scale = fit(image, self.width, self.height)
        (rows,) = self._session.run([self._output], {self._input: fitted})
        cells = len(_cells(self.height, self.width)[0])
        if rows.shape[:2] != (1, cells) or rows.shape[2] <= _PERSON_CLASS:
            raise self._wrong_kind()
        found = without_overlaps(decode(rows[0], self.width, self.height))
        height, width = image.shape[:2]
        limits = np.array([width, height, width, height], np.float32)
        return PersonBoxes(np.clip(found.boxes / np.float32(scale), 0, limits), found.scores)

    def _wrong_kind(self) -> ModelError:
        return ModelError(
            f"{self._session.path} is an ONNX model, but not YOLOX as its export_onnx.py writes "
            "it: export it anew without --decode_in_inference, and add that file."
        )


def _fixed_but(wanted: int, size: object) -> bool:
    """Return whether a model fixes one of its sizes to something that is not wanted."""
    return isinstance(size, int) and size != wanted


def fit(image: Image, width: int, height: int) -> tuple[Floats, float]:
    """Fit a picture into the upper left of the input.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR.
    width, height
        Size of the input, pixels.

    Returns
    -------
    float32 (1, channels=3, height, width), BGR in 0 to 255, and the pixels of
    the input per pixel of the picture.
    """
    scale = min(height / image.shape[0], width / image.shape[1])
    inner_width = max(1, int(image.shape[1] * scale))
    inner_height = max(1, int(image.shape[0] * scale))
    small = cv2.resize(image, (inner_width, inner_height), interpolation=cv2.INTER_LINEAR)
    fitted = np.full((1, 3, height, width), _PADDING, np.float32)
    fitted[0, :, :inner_height, :inner_width] = small.transpose(2, 0, 1)
    return fitted, scale


def decode(rows: Floats, width: int, height: int) -> PersonBoxes:
    """Return the people in the output of YOLOX, some of them many times, surest first.

    Parameters
    ----------
    rows
        float32 (predictions, 5 + classes): x and y of the centre from the
        corner of its cell and the logarithms of width and height, all in
        cells; objectness; a score for each class, persons first.
    width, height
        Size of the input, pixels.

    Returns
    -------
    Boxes in pixels of the input.
    """
    scores = rows[:, _OBJECTNESS] * rows[:, _PERSON_CLASS]
    chosen = np.flatnonzero(scores > _PERSON)
    chosen = chosen[np.argsort(-scores[chosen], kind="stable")]
    corners, strides = _cells(height, width)
    centres = (rows[chosen, :2] + corners[chosen]) * strides[chosen, None]
    sides = np.exp(np.minimum(rows[chosen, 2:4], _MOST_LOG_SIZE)) * strides[chosen, None]
    boxes = np.concatenate([centres - sides / 2, centres + sides / 2], axis=1)
    return PersonBoxes(boxes.astype(np.float32), np.clip(scores[chosen], 0, 1))


def without_overlaps(found: PersonBoxes) -> PersonBoxes:
    """Return each person once: the surest of the boxes that overlap."""
    boxes = found.boxes[:_MOST_COMPARED]
    same = iou_matrix(boxes, boxes) > _SAME_IOU
    kept: list[int] = []
    for index in range(len(boxes)):
        if not same[index, kept].any():
            kept.append(index)
    return PersonBoxes(boxes[kept], found.scores[kept])


@lru_cache(maxsize=4)
def _cells(height: int, width: int) -> tuple[Floats, Floats]:
    """Return the corner of every cell, float32 (cells, space=2), in cells, and its stride."""
    corners, strides = [], []
    for stride in STRIDES:
        y, x = np.divmod(np.arange((height // stride) * (width // stride)), width // stride)
        corners.append(np.stack([x, y], axis=1))
        strides.append(np.full(len(x), stride))
    return np.concatenate(corners).astype(np.float32), np.concatenate(strides).astype(np.float32)
