"""MoveNet MultiPose Lightning: finds up to six people in a whole picture.

Model card: https://storage.googleapis.com/movenet/MoveNet.MultiPose%20Model%20Card.pdf
"""

from collections.abc import Sequence
from itertools import cycle
from typing import Final

import numpy as np

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.messages import Floats, Image, Pose
from choreai_live.pose.base import MAX_PEOPLE, PoseEstimator
from choreai_live.pose.boxes import box_around
from choreai_live.pose.letterbox import Letterbox, fit
from choreai_live.pose.suppression import without_duplicates
from choreai_live.skeleton import KEYPOINT_COUNT

_INPUT: Final = "input"
_OUTPUT: Final = "output_0"

#: Rows below this score are noise: the model always returns six.
_PERSON: Final = 0.15

#: A person needs this many keypoints of at least this score.
_KEYPOINTS_NEEDED: Final = 4
_SEEN: Final = 0.2

#: Longer side of the input, pixels. At the larger one people who fill the
#: picture are missed, at the smaller one those far away.
NEAR: Final = 256
FAR: Final = 384

#: Where it is not known how large people are, they are looked for in turns.
TURNS: Final = (NEAR, NEAR, NEAR, FAR)

#: The tallest person, as a share of the picture's longer side, below which
#: everybody counts as far away, and above which nobody is expected to be.
_FAR_BELOW: Final = 0.3
_NEAR_ABOVE: Final = 0.5


class MoveNet:
    """The model, as a function from a picture to people.

    Parameters
    ----------
    session
        MoveNet MultiPose as ONNX: input ``input`` uint8 RGB
        (1, height, width, 3), output ``output_0`` float32 (1, 6, 56).

    Raises
    ------
    ModelError
        If the session holds another kind of model.
    """

    def __init__(self, session: Session) -> None:
        if _INPUT not in session.inputs or _OUTPUT not in session.outputs:
            raise ModelError(
                f"{session.path} is an ONNX model, but not MoveNet MultiPose: put the right file "
                "there; `choreai-live models verify` shows which files are intact."
            )
        self._session = session

    def detect(self, image: Image, long_side: int = NEAR) -> list[Pose]:
        """Return the people in a picture, nobody twice, surest first.

        Parameters
        ----------
        image
            uint8 (height, width, 3), BGR.
        long_side
            :data:`NEAR` or :data:`FAR`.
        """
        fitted, letterbox = fit(image, long_side)
        (rows,) = self._session.run([_OUTPUT], {_INPUT: fitted})
        height, width = image.shape[:2]
        poses = decode(rows, letterbox, width, height)
        return [poses[index] for index in without_duplicates(poses)]


def decode(rows: Floats, letterbox: Letterbox, width: int, height: int) -> list[Pose]:
    """Return the people in the output of MoveNet MultiPose, surest first.

    Parameters
    ----------
    rows
        float32 (1, people=6, 56): 17 times (y, x, score), then ymin, xmin,
        ymax, xmax, score; positions in 0 to 1 of the padded input.
    letterbox
        How the picture was fitted into the input.
    width, height
        Size of the picture, pixels.
    """
    poses = []
    for row in rows[0]:
        score = float(row[55])
        if score < _PERSON:
            continue
        triples = row[: 3 * KEYPOINT_COUNT].reshape(KEYPOINT_COUNT, 3)
        scores = np.clip(triples[:, 2], 0, 1).astype(np.float32)
        if (scores >= _SEEN).sum() < _KEYPOINTS_NEEDED:
            continue
        keypoints = letterbox.to_picture(triples[:, 1::-1])
        box = box_around(keypoints, scores, width, height)
        if box is not None:
            poses.append(Pose(keypoints, scores, box, min(score, 1.0)))
    return sorted(poses, key=lambda pose: -pose.score)


def input_side(image: Image, people: Sequence[Pose]) -> int | None:
    """Return the longer side of the input that suits how large the people known are.

    None says that either may be right: nobody is known, or people of middle
    size may have others in the distance behind them.
    """
    tallest = max((float((pose.box[2:] - pose.box[:2]).max()) for pose in people), default=0.0)
    share = tallest / max(image.shape[:2])
    if not share or _FAR_BELOW <= share < _NEAR_ABOVE:
        return None
    return FAR if share < _FAR_BELOW else NEAR


class MoveNetEstimator(PoseEstimator):
    """MultiPose alone, on every frame: its cost does not grow with the people.

    Parameters
    ----------
    movenet
        The model, which may be shared.
    """

    def __init__(self, movenet: MoveNet) -> None:
        self._movenet = movenet
        self.reset()

    def reset(self) -> None:
        """Forget the frames before."""
        self._last: list[Pose] = []
        self._turns = cycle(TURNS)

    def estimate(self, image: Image, expected: Sequence[Pose]) -> list[Pose]:
        """Return everybody seen in one frame; see :meth:`PoseEstimator.estimate`."""
        known = self._last or expected
        # Taking turns with people in view would make those in the distance flicker.
        side = input_side(image, known) or (NEAR if known else next(self._turns))
        self._last = self._movenet.detect(image, side)[:MAX_PEOPLE]
        return list(self._last)
