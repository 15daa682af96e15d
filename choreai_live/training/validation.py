"""How a network in training does on dancers that are kept from it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from choreai_live.messages import Floats
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.evaluation import (
    Verdict,
    balanced_accuracy,
    calibrate,
    held_out_view,
    judge,
)
from choreai_live.training.network import StyleNetwork


@dataclass(frozen=True, slots=True)
class Score:
    """What one look at the held-out sequences said.

    Parameters
    ----------
    loss
        Mean negative log likelihood of a frame at the temperature that suits
        best, styles weighing alike. What early stopping watches: smoother than
        an accuracy, and not upset by mere overconfidence, which calibration
        takes away at the end.
    balanced_accuracy
        Share of sequences whose likeliest style on average is right, at that
        temperature, styles weighing alike.
    """

    loss: float
    balanced_accuracy: float


class Validator:
    """Asks a network about the same held-out sequences, seen the same way, every time.

    Parameters
    ----------
    sequences
        Labelled with ``labels``; no group of them may be trained on.
    labels
        In the network's order.
    rate
        The network's frames per second.
    """

    def __init__(
        self, sequences: Sequence[PoseSequence], labels: Sequence[str], rate: float
    ) -> None:
        self._sequences = list(sequences)
        self._labels = list(labels)
        self._rate = rate
        # Filming 3D sequences takes longer than judging them.
        self._views = {id(s): held_out_view(s, rate) for s in self._sequences}

    def score(self, network: StyleNetwork) -> Score:
        """Judge a network that is in evaluation mode and on the CPU."""
        verdicts = judge(network, self._sequences, self._rate, self._view)
        temperature = calibrate(verdicts, self._labels)
        calibrated = [Verdict(v.sequence, v.logits / np.float32(temperature)) for v in verdicts]
        return Score(_loss(calibrated, self._labels), balanced_accuracy(calibrated, self._labels))

    def _view(self, sequence: PoseSequence, _rate: float) -> Floats:
        return self._views[id(sequence)]


def _loss(verdicts: Sequence[Verdict], labels: Sequence[str]) -> float:
    of_style: dict[str, list[Floats]] = {}
    for verdict in verdicts:
        logits = verdict.logits.astype(np.float64)
        logits -= logits.max(axis=1, keepdims=True)
        style = verdict.sequence.style
        surprise = np.log(np.exp(logits).sum(axis=1)) - logits[:, labels.index(style)]
        of_style.setdefault(style, []).append(surprise)
    return float(np.mean([np.concatenate(each).mean() for each in of_style.values()]))
