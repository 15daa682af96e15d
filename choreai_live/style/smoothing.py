"""From a probability per step to a word that people can read.

Probabilities are smoothed in time, a label comes and goes by different
thresholds and stands for a while once it is shown, and where the evidence is
thin the readout says *not sure*. All durations are in seconds, and steps come
at the model's own rate, so nothing here depends on the frame rate.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from choreai_live.messages import Floats, Readout

#: A style that is shown stays as long as the evidence is at least this part
#: of what was needed to name it, so that thin evidence does not flicker.
_STAYING: Final = 0.75


@dataclass(frozen=True, slots=True)
class ReadoutSettings:
    """When a style is named and when the readout says *not sure*.

    The defaults are a choice between saying much and being right: found with
    ``scripts/evaluate_style.py``, ``train`` and ``clips``,
    where a lower ``enter`` decides more of the time and names more other
    dances wrongly.

    Parameters
    ----------
    smoothing
        Time constant of the exponential smoothing of the probabilities, seconds.
    enter
        A style is named once its smoothed probability reaches this.
    leave
        It is given up once its smoothed probability falls below this; lower
        than ``enter``, so that a wavering probability does not flicker.
    margin
        By how much a style must lead every other class to be named.
    hold
        A named style stands at least this long before another may replace it
        or doubt may end it, seconds; lack of evidence ends it at once.
    least_observed
        Seconds a dancer must have been observed without a gap.
    least_visibility
        Mean score of torso and arms, averaged over ``evidence_window``.
    least_movement
        Torso lengths per second, averaged over ``evidence_window``: a body
        standing still dances nothing. People standing and drinking move at
        0.09, slow popping at 0.25.
    evidence_window
        Time constant of the averages of visibility and movement, seconds.

    Raises
    ------
    ValueError
        If ``leave`` is above ``enter``, or a duration is negative.
    """

    smoothing: float = 0.42
    enter: float = 0.635
    leave: float = 0.39
    margin: float = 0.15
    hold: float = 1.0
    least_observed: float = 1.0
    least_visibility: float = 0.3
    least_movement: float = 0.15
    evidence_window: float = 1.0

    def __post_init__(self) -> None:
        """Check what would make the readout nonsense."""
        if self.leave > self.enter:
            raise ValueError(f"leave ({self.leave}) must not be above enter ({self.enter})")
        for name in ("smoothing", "hold", "least_observed", "evidence_window"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative, got {getattr(self, name)}")


class ExponentialMean:
    """A mean that forgets: samples weigh less the older they are.

    Starts from its first samples alone instead of from zero (the bias
    correction of Kingma and Ba, "Adam", ICLR 2015, section 3).

    Parameters
    ----------
    time_constant
        Age in seconds at which a sample weighs 1/e; 0 keeps the newest only.
    interval
        Seconds between samples.
    """

    def __init__(self, time_constant: float, interval: float) -> None:
        self._keep = math.exp(-interval / time_constant) if time_constant > 0 else 0.0
        self._sum: Floats | None = None
        self._weight = 0.0

    def add(self, sample: Floats) -> Floats:
        """Take one sample, an array of any one shape, and return the mean."""
        share = 1 - self._keep
        before = np.zeros_like(sample) if self._sum is None else self._sum
        self._sum = self._keep * before + share * sample
        self._weight = self._keep * self._weight + share
        mean: Floats = self._sum / self._weight
        return mean

    def memory(self) -> dict[str, Any]:
        """Return everything it remembers; see :mod:`choreai_live.style.memory`."""
        return {"sum": self._sum, "weight": self._weight}

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Remember what another one did."""
        self._sum, self._weight = memory["sum"], memory["weight"]


class Reader:
    """The readout of one dancer: fed one step at a time.

    Parameters
    ----------
    labels
        The model's classes.
    unsure_labels
        Those that are never named.
    rate
        Steps per second.
    settings
        When to name a style.
    """

    def __init__(
        self,
        labels: tuple[str, ...],
        unsure_labels: frozenset[str],
        rate: float,
        settings: ReadoutSettings,
    ) -> None:
        self._labels = labels
        self._nameable = np.array([label not in unsure_labels for label in labels])
        self._settings = settings
        self._rate = rate
        self._probabilities = ExponentialMean(settings.smoothing, 1 / rate)
        self._evidence = ExponentialMean(settings.evidence_window, 1 / rate)
        self._steps = 0
        self._shown: int | None = None
        self._since: float | None = None

    def read(
        self, probabilities: Floats, visibility: float, movement: float, time: float
    ) -> Readout:
        """Take one step and return what is to be shown.

        Parameters
        ----------
        probabilities
            float32 (classes,), summing to 1.
        visibility, movement
            See :mod:`choreai_live.style.evidence`.
        time
            Seconds on the source's clock of this step.
        """
        self._steps += 1
        smoothed = self._probabilities.add(probabilities)
        evidence = self._evidence.add(np.array([visibility, movement], np.float32))
        shown = self._choose(smoothed, time) if self._suffices(evidence) else None
        if shown != self._shown or self._since is None:
            self._shown, self._since = shown, time
        return Readout(
            probabilities=smoothed,
            label=None if shown is None else self._labels[shown],
            confidence=float(smoothed.max() if shown is None else smoothed[shown]),
            since=self._since,
        )

    def memory(self) -> dict[str, Any]:
        """Return everything it remembers; see :mod:`choreai_live.style.memory`."""
        return {
            "probabilities": self._probabilities.memory(),
            "evidence": self._evidence.memory(),
            "steps": self._steps,
            "shown": self._shown,
            "since": self._since,
        }

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Remember what another one did."""
        self._probabilities.recall(memory["probabilities"])
        self._evidence.recall(memory["evidence"])
        self._steps = memory["steps"]
        self._shown, self._since = memory["shown"], memory["since"]

    def _suffices(self, evidence: Floats) -> bool:
        settings = self._settings
        part = 1.0 if self._shown is None else _STAYING
        least = part * np.array([settings.least_visibility, settings.least_movement])
        long_enough = self._steps >= settings.least_observed * self._rate
        return long_enough and bool((evidence >= least).all())

    def _choose(self, smoothed: Floats, time: float) -> int | None:
        """Return the class to show, by hysteresis, or None for not sure."""
        settings, shown = self._settings, self._shown
        if shown is not None and self._since is not None and time - self._since < settings.hold:
            return shown
        best = int(np.argmax(np.where(self._nameable, smoothed, -1)))
        lead = smoothed[best] - np.delete(smoothed, best).max()
        if smoothed[best] >= settings.enter and lead >= settings.margin:
            return best
        if shown is not None and smoothed[shown] >= settings.leave:
            return shown
        return None
