"""How well a style model file reads a dataset: numbers for tables, JSON and pictures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from choreai_live.style.model import StyleModel, softmax
from choreai_live.training.datasets import DatasetError, PoseSequence
from choreai_live.training.evaluation import (
    SETTLE,
    Verdict,
    confusion,
    held_out_view,
    recalls,
)
from choreai_live.training.selection import listed

#: Bins of confidence, of equal width.
BINS: Final = 15


@dataclass(frozen=True, slots=True)
class Bin:
    """Frames of about the same confidence.

    Parameters
    ----------
    confidence, accuracy
        Mean of both; styles weigh alike.
    share
        Of all frames.
    """

    confidence: float
    accuracy: float
    share: float


@dataclass(frozen=True, eq=False, slots=True)
class Assessment:
    """How a model did on some sequences.

    Parameters
    ----------
    labels, unsure_labels
        Of the model, in its order.
    sequences, groups, seconds
        How much was asked.
    recalls
        Label to the share of its sequences whose likeliest label on average is it.
    confusion
        int64 (true label, likeliest label on average): sequences.
    bins
        Frames by confidence, those that are empty left out.
    """

    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...]
    sequences: int
    groups: int
    seconds: float
    recalls: dict[str, float]
    confusion: npt.NDArray[np.int64]
    bins: tuple[Bin, ...]

    @property
    def balanced_accuracy(self) -> float:
        """Mean of the recalls."""
        return float(np.mean(list(self.recalls.values())))

    @property
    def frame_accuracy(self) -> float:
        """Share of single frames that are read right, labels weighing alike."""
        return sum(b.share * b.accuracy for b in self.bins)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error over frames (Guo et al., ICML 2017), labels weighing alike."""
        return sum(b.share * abs(b.accuracy - b.confidence) for b in self.bins)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "sequences": self.sequences,
            "groups": self.groups,
            "seconds": round(self.seconds, 1),
            "balanced_accuracy": round(self.balanced_accuracy, 4),
            "frame_accuracy": round(self.frame_accuracy, 4),
            "calibration_error": round(self.calibration_error, 4),
            "recalls": {label: round(recall, 4) for label, recall in self.recalls.items()},
            "labels": list(self.labels),
            "unsure_labels": list(self.unsure_labels),
            "confusion": self.confusion.tolist(),
            "reliability": [
                {name: round(getattr(b, name), 4) for name in ("confidence", "accuracy", "share")}
                for b in self.bins
            ],
        }


def assess(
    model: StyleModel,
    sequences: Sequence[PoseSequence],
    progress: Callable[[int], None] | None = None,
) -> Assessment:
    """Run a model over whole sequences, each from its beginning, and count.

    The first second of each does not count. 3D sequences are filmed by one
    camera each, drawn from their name.

    Parameters
    ----------
    model
        Any file that keeps the contract.
    sequences
        Under the labels of the model; need not have all of them.
    progress
        Called with the number of sequences done.

    Raises
    ------
    DatasetError
        If there is no sequence, or one has a label that the model does not know.
    """
    if not sequences:
        raise DatasetError("There is no sequence to evaluate on.")
    if strangers := {s.style for s in sequences} - set(model.labels):
        raise DatasetError(
            f"The data has the label '{min(strangers)}', which {model.path} does not know "
            f"(it knows {listed(model.labels)}): map it with --map '{min(strangers)}=LABEL', or "
            f"leave it out with --map '{min(strangers)}='."
        )
    verdicts = []
    for number, sequence in enumerate(sequences, start=1):
        verdicts.append(_verdict(model, sequence))
        if progress is not None:
            progress(number)
    return Assessment(
        model.labels,
        tuple(label for label in model.labels if label in model.unsure_labels),
        len(sequences),
        len({s.group for s in sequences}),
        sum(s.seconds for s in sequences),
        recalls(verdicts, model.labels),
        confusion(verdicts, model.labels),
        _bins(verdicts, model.labels),
    )


def _verdict(model: StyleModel, sequence: PoseSequence) -> Verdict:
    seen = held_out_view(sequence, model.rate)
    led = np.concatenate([np.repeat(seen[:1], model.context, axis=0), seen])
    logits, _, _ = model.step(led[None].astype(np.float32), *model.initial_state(1))
    first = min(int(SETTLE * model.rate), len(seen) // 2)
    return Verdict(sequence, logits[0, first:])


def _bins(verdicts: Sequence[Verdict], labels: Sequence[str]) -> tuple[Bin, ...]:
    frames: dict[str, int] = {}
    for verdict in verdicts:
        style = verdict.sequence.style
        frames[style] = frames.get(style, 0) + len(verdict.logits)
    sums = np.zeros((3, BINS))  # confidence, accuracy, share
    for verdict in verdicts:
        style = verdict.sequence.style
        weight = 1.0 / frames[style] / len(frames)
        probabilities = softmax(verdict.logits.astype(np.float64))
        confidence = probabilities.max(axis=1)
        right = probabilities.argmax(axis=1) == labels.index(style)
        of = np.minimum((confidence * BINS).astype(int), BINS - 1)
        for row, values in zip(sums, (confidence, right, np.ones_like(confidence)), strict=True):
            row += weight * np.bincount(of, values, minlength=BINS)
    return tuple(
        Bin(float(confidence / share), float(right / share), float(share))
        for confidence, right, share in sums.T
        if share > 0
    )
