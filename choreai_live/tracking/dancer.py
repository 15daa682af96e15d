"""What is remembered of one dancer beside the motion."""

import math
from dataclasses import dataclass
from typing import Final

from choreai_live.messages import Floats, Pose, Track
from choreai_live.tracking.appearance import blended

#: Dancers whose boxes overlap less than this (IoU) show their own colours only.
_APART: Final = 0.1
#: Seconds over which a look follows the light and the folds.
_LOOK_MEMORY: Final = 1.0
#: Seconds over which a dancer who seems smaller is believed to be farther away.
_SIZE_MEMORY: Final = 2.0


@dataclass(eq=False, slots=True)
class Dancer:
    """One dancer being followed.

    Parameters
    ----------
    pose
        The last pose seen.
    look
        float32 (parts=4, 3): CIE L*a*b* of parts of the body, NaN where not
        known.
    size
        Body size in full view, pixels: what is left of somebody half hidden
        does not make them a small person at once.
    born, seen
        When first and last seen, seconds.
    id
        0 until confirmed.
    age, missed
        As in :class:`choreai_live.messages.Track`, frames.
    pure
        ``look`` was taken apart from everybody else.
    """

    pose: Pose
    look: Floats
    size: float
    born: float
    seen: float
    id: int = 0
    age: int = 0
    missed: int = 0
    pure: bool = False

    def see(self, pose: Pose, colours: Floats, size: float, overlap: float, time: float) -> None:
        """Take in a pose, its colours, its size and its overlap (IoU) with another body."""
        gap = time - self.seen
        self.size = max(size, self.size * math.exp(-gap / _SIZE_MEMORY))
        # Colours taken while dancers overlap may be those of the other.
        if overlap < _APART:
            share = 1 - math.exp(-gap / _LOOK_MEMORY) if self.pure else 1.0
            self.look = blended(self.look, colours, share)
            self.pure = True
        self.pose, self.seen, self.missed = pose, time, 0

    def become(self, other: "Dancer") -> None:
        """Be the dancer who was missing and is now known to be this one."""
        self.id, self.born, self.age = other.id, other.born, other.age
        self.look, self.size, self.pure = other.look, other.size, other.pure

    @property
    def prominence(self) -> float:
        """How much there is to see: area of the box, square pixels, times score."""
        x1, y1, x2, y2 = self.pose.box.tolist()
        return float(max(x2 - x1, 0) * max(y2 - y1, 0) * self.pose.score)

    @property
    def track(self) -> Track:
        """The dancer as told to the rest of the program."""
        return Track(self.id, self.pose, self.age, self.missed)
