"""Takes: what a dancer showed, and whether it is good enough to learn from."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from choreai_live.messages import Floats, Track
from choreai_live.skeleton import (
    KEYPOINT_COUNT,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    RIGHT_HIP,
    RIGHT_SHOULDER,
)
from choreai_live.style.buffer import RollingBuffer
from choreai_live.style.evidence import movement, visibility
from choreai_live.style.model import StyleModel

#: A take shorter than this teaches nothing, seconds.
SHORTEST: Final = 5.0

#: A keypoint of at least this score is in view.
_IN_VIEW: Final = 0.3
#: Least mean score of torso and arms, and share of time with legs in view.
_LEAST_VISIBILITY: Final = 0.3
_LEAST_WHOLE: Final = 0.6
#: Least movement, torso lengths per second; as for a readout to name a style.
_LEAST_MOVEMENT: Final = 0.15
#: Least variety of a take that is worth its time; somebody who repeats one sway has 0.1.
_LEAST_VARIETY: Final = 0.15
#: Spread of the limbs, in torso lengths, that counts as all the variety one can ask for.
_FULL_VARIETY: Final = 0.5


class Problem(Enum):
    """What is wrong with a take, worst first."""

    SHORT = "short"
    UNSEEN = "unseen"
    STILL = "still"
    LEGS = "legs"
    MONOTONOUS = "monotonous"


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a take is to learn from.

    Parameters
    ----------
    seconds
        How long it is.
    visibility
        Mean score of torso and arms, 0 to 1.
    whole_body
        Share of the time in which the legs were in view, 0 to 1.
    movement
        Torso lengths per second.
    variety
        How widely the limbs were spread over the take, 0 to 1.
    """

    seconds: float
    visibility: float
    whole_body: float
    movement: float
    variety: float

    @property
    def problem(self) -> Problem | None:
        """The worst that is wrong with it; None for a good take."""
        checks = (
            (Problem.SHORT, self.seconds < SHORTEST),
            (Problem.UNSEEN, self.visibility < _LEAST_VISIBILITY),
            (Problem.STILL, self.movement < _LEAST_MOVEMENT),
            (Problem.LEGS, self.whole_body < _LEAST_WHOLE),
            (Problem.MONOTONOUS, self.variety < _LEAST_VARIETY),
        )
        return next((problem for problem, found in checks if found), None)

    @property
    def usable(self) -> bool:
        """Whether anything can be learnt from it; legs out of view are no bar to that."""
        return self.problem not in (Problem.SHORT, Problem.UNSEEN, Problem.STILL)


@dataclass(frozen=True, eq=False, slots=True)
class Take:
    """What one dancer showed without a break.

    Parameters
    ----------
    keypoints
        float32 (steps, keypoints=17, 3): x px, y px, score.
    rate
        Steps per second.

    Raises
    ------
    ValueError
        If ``keypoints`` has another shape.
    """

    keypoints: Floats
    rate: float

    def __post_init__(self) -> None:
        """Check it once."""
        if self.keypoints.ndim != 3 or self.keypoints.shape[1:] != (KEYPOINT_COUNT, 3):
            raise ValueError(f"keypoints must be (steps, 17, 3), got {self.keypoints.shape}")

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.keypoints) / self.rate

    @property
    def quality(self) -> Quality:
        """How good it is to learn from."""
        points = self.keypoints
        if not len(points):
            return Quality(0.0, 0.0, 0.0, 0.0, 0.0)
        stride = max(2, round(self.rate / 3) + 1)
        moves = [
            movement(points[end - stride : end], self.rate)
            for end in range(stride, len(points) + 1, stride)
        ]
        return Quality(
            seconds=self.seconds,
            visibility=float(np.mean([visibility(frame) for frame in points])),
            whole_body=float((points[:, LEFT_KNEE:, 2].mean(axis=1) >= _IN_VIEW).mean()),
            movement=float(np.mean(moves)) if moves else 0.0,
            variety=_variety(points),
        )


def _variety(points: Floats) -> float:
    """Return how widely the limbs are spread, from the body's own point of view."""
    hips = points[:, (LEFT_HIP, RIGHT_HIP), :2].mean(axis=1)
    shoulders = points[:, (LEFT_SHOULDER, RIGHT_SHOULDER), :2].mean(axis=1)
    torso = float(np.median(np.linalg.norm(shoulders - hips, axis=1)))
    if torso <= 0:
        return 0.0
    limbs = slice(RIGHT_SHOULDER + 1, KEYPOINT_COUNT)
    around = (points[:, limbs, :2] - hips[:, None]) / torso
    seen = points[:, limbs, 2] >= _IN_VIEW
    if not seen.any():
        return 0.0
    weights = seen[..., None] / np.maximum(seen.sum(axis=0), 1)[:, None]
    mean = (around * weights).sum(axis=0)
    spread = np.sqrt((np.square(around - mean) * weights).sum(axis=(0, 2)))
    return float(min(1.0, spread[seen.any(axis=0)].mean() / _FULL_VARIETY))


class Recorder:
    """Collects what one dancer shows, on the style model's own clock.

    Parameters
    ----------
    model
        For its rate, and the longest gap it bridges.
    longest
        Seconds that are kept, the last ones.
    """

    def __init__(self, model: StyleModel, longest: float = 60.0) -> None:
        self._rate = model.rate
        self._longest = round(longest * model.rate)
        self._buffer = RollingBuffer(model.rate, 0, model.max_gap)
        self._steps: list[Floats] = []

    @property
    def seconds(self) -> float:
        """How much there is since the last gap."""
        return len(self._steps) / self._rate

    def add(self, track: Track, time: float) -> None:
        """Take what was seen of the dancer in one frame.

        A track out of sight adds nothing. What lies before a gap that the style model
        would not bridge is dropped: a take is danced without a break.

        Parameters
        ----------
        track
            Of the dancer.
        time
            Seconds on the source's own clock.
        """
        if track.missed:
            return
        pose = track.pose
        chunk = self._buffer.add(np.column_stack([pose.keypoints, pose.scores]), time)
        if chunk.restarted:
            self._steps.clear()
        self._steps.extend(chunk.keypoints)
        del self._steps[: -self._longest]

    def take(self, seconds: float | None = None) -> Take | None:
        """Return what was collected, or its last ``seconds``; None for nothing."""
        steps = self._steps if seconds is None else self._steps[-round(seconds * self._rate) :]
        return Take(np.stack(steps), self._rate) if steps else None

    def clear(self) -> None:
        """Forget it."""
        self._steps.clear()
