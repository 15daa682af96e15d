"""Recorded poses, picture by picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import Final

from choreai_live.errors import SourceError
from choreai_live.messages import Pose

#: More than a day of video: numbers that leap so far are dates, or of a collection.
_MOST_PICTURES: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class PosedFrame:
    """The people in one picture.

    Parameters
    ----------
    number
        Of the picture in its video.
    poses
        As they were estimated.
    dancers
        The track id of each of ``poses``, where they were tracked, else None.
    """

    number: int
    poses: tuple[Pose, ...]
    dancers: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class RecordedPoses:
    """Everybody in one video.

    Parameters
    ----------
    name
        What to call it in errors.
    frames
        The pictures with people, at least one, in order of their numbers.
        Either all of them say who their dancers are, or none.
    notice
        One sentence on what the user should know of it, if there is anything.

    Raises
    ------
    SourceError
        If the numbers of the pictures are not those of a video.
    """

    name: str
    frames: tuple[PosedFrame, ...]
    notice: str | None = None

    def __post_init__(self) -> None:
        """Check the numbers once."""
        if len(self) > _MOST_PICTURES:
            raise SourceError(
                f"{self.name} numbers its pictures from {self.first} to {self.last}, which no "
                "video has: number them one after the other."
            )

    def __len__(self) -> int:
        """Return how many pictures there are, those without people included."""
        return (self.last - self.first) // self.step + 1

    @property
    def first(self) -> int:
        """Number of the first picture with people."""
        return self.frames[0].number

    @property
    def last(self) -> int:
        """Number of the last picture with people."""
        return self.frames[-1].number

    @property
    def step(self) -> int:
        """By how much the numbers of two pictures in a row differ.

        More than 1 where an estimator was made to look at every third picture, say.
        """
        return reduce(gcd, (frame.number - self.first for frame in self.frames)) or 1

    @property
    def origin(self) -> int:
        """Number of the picture at second 0: 0, but the first where numbers begin as dates do."""
        return 0 if self.first <= _MOST_PICTURES * self.step else self.first

    @property
    def tracked(self) -> bool:
        """Whether it is known who is who."""
        return self.frames[0].dancers is not None

    def pictures(self) -> Iterator[PosedFrame]:
        """Yield every picture from the first to the last, those without people too."""
        frames = iter(self.frames)
        frame = next(frames)
        nobody = () if self.tracked else None
        for number in range(self.first, self.last + 1, self.step):
            if number == frame.number:
                yield frame
                frame = next(frames, frame)
            else:
                yield PosedFrame(number, (), nobody)
