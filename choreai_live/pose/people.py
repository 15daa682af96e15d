"""Where people are in a picture, whoever says so."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from choreai_live.messages import Floats, Image, Pose
from choreai_live.pose.movenet import TURNS, MoveNet, input_side


@dataclass(frozen=True, eq=False, slots=True)
class PersonBoxes:
    """The people found in one picture, surest first.

    Parameters
    ----------
    boxes
        float32 (people, 4): x1, y1, x2, y2, pixels.
    scores
        float32 (people,), 0 to 1.
    """

    boxes: Floats
    scores: Floats


class PersonDetector(ABC):
    """Finds the people in the pictures of one source."""

    @abstractmethod
    def find(self, image: Image, expected: Sequence[Pose]) -> PersonBoxes:
        """Return the people in a picture, nobody twice, surest first.

        Parameters
        ----------
        image
            uint8 (height, width, 3), BGR.
        expected
            Where the tracker expects people, as a hint of how large they are.
        """

    @abstractmethod
    def reset(self) -> None:
        """Forget the frames before, as at the start of a source."""


class MoveNetDetector(PersonDetector):
    """MoveNet MultiPose, of whose poses only the boxes are taken.

    Parameters
    ----------
    movenet
        The model, which may be shared.
    """

    def __init__(self, movenet: MoveNet) -> None:
        self._movenet = movenet
        self.reset()

    def reset(self) -> None:
        """Begin again with people who are near."""
        self._turns = cycle(TURNS)

    def find(self, image: Image, expected: Sequence[Pose]) -> PersonBoxes:
        """Return at most six people; see :meth:`PersonDetector.find`."""
        side = input_side(image, expected) or next(self._turns)
        return boxes_of(self._movenet.detect(image, side))


def boxes_of(poses: Sequence[Pose]) -> PersonBoxes:
    """Return the boxes of ``poses``, in their order."""
    boxes = np.array([pose.box for pose in poses], np.float32).reshape(-1, 4)
    return PersonBoxes(boxes, np.array([pose.score for pose in poses], np.float32))
