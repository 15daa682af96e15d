"""What every pose estimator promises."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from choreai_live.messages import Image, Pose

#: More people than this in one picture are not reported.
MAX_PEOPLE = 6


class PoseEstimator(ABC):
    """Reads the poses of the people in the frames of one source.

    One estimator serves one source: it may remember what it saw in the frames
    before. The models behind it are shared by all.
    """

    @abstractmethod
    def estimate(self, image: Image, expected: Sequence[Pose]) -> list[Pose]:
        """Return everybody seen in one frame, nobody twice, surest first.

        Parameters
        ----------
        image
            uint8 (height, width, 3), BGR: with red and blue swapped the
            models still answer, only worse.
        expected
            Where the people of the frames before should be in this very one,
            as the tracker predicts; may be wrong or empty.

        Returns
        -------
        At most six poses; keypoints in pixels of ``image``, those outside the
        picture with scores near 0.
        """

    @abstractmethod
    def reset(self) -> None:
        """Forget the frames before, as at the start of a source."""
