"""The rolling buffer of one dancer: from frame times to the model's own clock.

A webcam at 12 frames per second and a file at 60 must say the same, so the
model never sees frames. It sees the keypoints at the instants
``t_k = k / rate`` of an absolute grid, linearly interpolated between the two
observations around each.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats
from choreai_live.skeleton import KEYPOINT_COUNT

#: Part of a grid interval by which an observation may miss an instant and
#: still count as on it: container timestamps are rounded to milliseconds.
_ON_THE_GRID: Final = 0.01


@dataclass(frozen=True, eq=False, slots=True)
class Chunk:
    """The steps that one observation made due.

    Parameters
    ----------
    keypoints
        float32 (context + steps, keypoints=17, 3): x, y in pixels and score
        at the grid instants; the first ``context`` of them are the lead-in.
        Empty when no step is due.
    first
        Grid number ``k`` of the first step.
    steps
        How many steps are due; may be 0.
    restarted
        True if what came before must be forgotten: the recurrent state too.
    """

    keypoints: Floats
    first: int
    steps: int
    restarted: bool


class RollingBuffer:
    """Resamples the observations of one dancer onto the model's time grid.

    Parameters
    ----------
    rate
        Grid instants per second.
    context
        Lead-in frames the model wants before the first step of a chunk.
    max_gap
        Seconds; observations further apart than this are not joined by
        interpolation, the buffer starts afresh instead.
    """

    def __init__(self, rate: float, context: int, max_gap: float) -> None:
        self.rate = rate
        self.context = context
        self.max_gap = max_gap
        self._last: tuple[Floats, float] | None = None
        self._next = 0
        self._lead_in: Floats | None = None

    def add(self, observation: Floats, time: float) -> Chunk:
        """Take one observation and return the steps it makes due.

        Nothing is extrapolated: an instant is due once an observation at or
        after it has come. The lead-in of a fresh buffer is its first grid
        frame, repeated. An observation that goes back in time, or comes after
        a gap of more than ``max_gap``, starts the buffer afresh.

        Parameters
        ----------
        observation
            float32 (keypoints=17, 3): x, y in pixels and score.
        time
            Seconds on the source's own clock.
        """
        # A gap of exactly max_gap must not depend on the last digit of a timestamp.
        longest = self.max_gap + _ON_THE_GRID / self.rate
        joined = self._last is not None and 0 <= time - self._last[1] <= longest
        before, begin = self._last if self._last and joined else (observation, time)
        if not joined:
            self._lead_in = None
            self._next = math.ceil(time * self.rate - _ON_THE_GRID)
        self._last = observation, time

        first = self._next
        last = math.floor(time * self.rate + _ON_THE_GRID)
        due = np.arange(first, last + 1)
        self._next = max(first, last + 1)
        frames = _interpolate(before, begin, observation, time, due / self.rate)
        return Chunk(self._with_lead_in(frames), first, len(due), restarted=not joined)

    def memory(self) -> dict[str, Any]:
        """Return everything it remembers; see :mod:`choreai_live.style.memory`."""
        last, time = self._last or (None, 0.0)
        return {"last": last, "time": time, "next": self._next, "lead_in": self._lead_in}

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Remember what another one did.

        Raises
        ------
        ValueError
            If that one had keypoints or a lead-in of another shape.
        """
        last, lead_in = memory["last"], memory["lead_in"]
        body = (KEYPOINT_COUNT, 3)
        if last is not None and np.shape(last) != body:
            raise ValueError("keypoints of another shape")
        if lead_in is not None and np.shape(lead_in) != (self.context, *body):
            raise ValueError("a lead-in of another shape")
        self._last = None if last is None else (last, memory["time"])
        self._next = memory["next"]
        self._lead_in = lead_in

    def _with_lead_in(self, frames: Floats) -> Floats:
        if not len(frames):
            return frames
        if self._lead_in is None:
            self._lead_in = np.repeat(frames[:1], self.context, axis=0)
        chunk = np.concatenate([self._lead_in, frames])
        self._lead_in = chunk[len(chunk) - self.context :]
        return chunk


def _interpolate(
    before: Floats, begin: float, after: Floats, end: float, instants: npt.NDArray[np.float64]
) -> Floats:
    """Return float32 (instants, keypoints=17, 3) on the line between two observations."""
    span = end - begin
    weights = np.clip((instants - begin) / span, 0, 1) if span > 0 else np.ones(len(instants))
    frames: Floats = before + weights.astype(np.float32)[:, None, None] * (after - before)
    return frames
