"""How well a network reads dancers, cameras and rigs that it has never seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from choreai_live.messages import Floats
from choreai_live.training.augmentation import AugmentationSettings, detect, hide_legs, place
from choreai_live.training.cameras import film, random_camera
from choreai_live.training.datasets import PoseSequence, resample
from choreai_live.training.network import StyleNetwork, with_context

#: The detector that 3D sequences are read by in tests: middling, never bursts.
TEST_DETECTOR: Final = AugmentationSettings(
    smoothing=0.0, jitter=(0.02, 0.02), bursts=0.0, half_body=0.0
)

#: Seconds at the start of a sequence that a verdict does not rest on.
SETTLE: Final = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Verdict:
    """What a network said about one sequence.

    Parameters
    ----------
    sequence
        What it saw.
    logits
        float32 (frames, classes), after the start was left out.
    """

    sequence: PoseSequence
    logits: Floats

    @property
    def mean_probabilities(self) -> Floats:
        """float32 (classes,): mean over time."""
        result: Floats = softmax(self.logits).mean(axis=0)
        return result


def held_out_view(
    sequence: PoseSequence,
    rate: float,
    seed: int = 0,
    *,
    camera_rate: float | None = None,
    legs: bool = True,
) -> Floats:
    """Return a sequence as the program would receive it, the same on every call.

    3D sequences are filmed by one camera drawn from ``seed`` and the
    sequence's name and read by :data:`TEST_DETECTOR`; 2D ones stay as they
    were read.

    Parameters
    ----------
    sequence
        In 2D or 3D.
    rate
        Frames per second wanted.
    seed
        Another seed, another camera.
    camera_rate
        Frame rate of the imagined camera; the source's own when None.
    legs
        False: keypoints 11 to 16 are not seen.

    Returns
    -------
    float32 (frames, keypoints=17, 3)
        x px, y px, score.
    """
    points, source_rate = sequence.points, sequence.rate
    if sequence.is_3d:
        rng = np.random.default_rng([seed, *sequence.name.encode()])
        points = place(film(points, random_camera(rng)))
        points = detect(points, source_rate, rng, TEST_DETECTOR)
    if not legs:
        points = hide_legs(points)
    if camera_rate is not None:
        points, source_rate = resample(points, source_rate, camera_rate), camera_rate
    return resample(points, source_rate, rate)


def judge(
    network: StyleNetwork,
    sequences: Sequence[PoseSequence],
    rate: float,
    view: Callable[[PoseSequence, float], Floats] = held_out_view,
    batch: int = 32,
) -> list[Verdict]:
    """Run a network over whole sequences, each from its beginning.

    Parameters
    ----------
    network
        In evaluation mode.
    sequences
        What it shall judge.
    rate
        The network's frames per second.
    view
        How a sequence is seen, see :func:`held_out_view`.
    batch
        Sequences at once.
    """
    views = [view(sequence, rate) for sequence in sequences]
    order = sorted(range(len(views)), key=lambda i: len(views[i]))
    verdicts: dict[int, Verdict] = {}
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        longest = len(views[chosen[-1]])
        padded = np.stack(
            [
                np.concatenate([views[i], np.repeat(views[i][-1:], longest - len(views[i]), 0)])
                for i in chosen
            ]
        )
        with torch.no_grad():
            keypoints = with_context(torch.from_numpy(padded))
            logits, _, _ = network(keypoints, *network.initial_state(len(chosen)))
        for row, i in enumerate(chosen):
            frames = len(views[i])
            first = min(int(SETTLE * rate), frames // 2)
            verdicts[i] = Verdict(sequences[i], logits[row, first:frames].numpy())
    return [verdicts[i] for i in range(len(views))]


def recalls(
    verdicts: Sequence[Verdict], labels: Sequence[str], among: Sequence[str] | None = None
) -> dict[str, float]:
    """Share of each style's sequences whose likeliest style on average is right.

    Parameters
    ----------
    verdicts
        Whose sequences are labelled with ``labels``.
    labels
        In the network's order.
    among
        Labels that may be answered; None for all. With the three styles only,
        *not sure* is no answer, as is usual for yardsticks; with
        all, it is a wrong one.
    """
    allowed = np.array([among is None or label in among for label in labels])
    right: dict[str, list[bool]] = {}
    for verdict in verdicts:
        style = verdict.sequence.style
        if among is not None and style not in among:
            continue
        guess = int(np.where(allowed, verdict.mean_probabilities, -1.0).argmax())
        right.setdefault(style, []).append(labels[guess] == style)
    return {style: float(np.mean(right[style])) for style in labels if style in right}


def balanced_accuracy(
    verdicts: Sequence[Verdict], labels: Sequence[str], among: Sequence[str] | None = None
) -> float:
    """Mean of :func:`recalls`."""
    return float(np.mean(list(recalls(verdicts, labels, among).values())))


def confusion(verdicts: Sequence[Verdict], labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Count sequences: int64 (true style, likeliest style on average)."""
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for verdict in verdicts:
        truth = labels.index(verdict.sequence.style)
        counts[truth, int(verdict.mean_probabilities.argmax())] += 1
    return counts


def calibration_error(
    verdicts: Sequence[Verdict], labels: Sequence[str], temperature: float = 1.0, bins: int = 15
) -> float:
    """Return the expected calibration error over frames, styles weighing alike.

    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.

    Parameters
    ----------
    verdicts
        Of sequences the network has not seen.
    labels
        In the network's order.
    temperature
        To divide the logits by.
    bins
        Equal steps of confidence.
    """
    confidences, rights, weights = [], [], []
    for verdict, weight in zip(verdicts, _balance(verdicts), strict=True):
        probabilities = softmax(verdict.logits / temperature)
        confidences.append(probabilities.max(axis=1))
        rights.append(probabilities.argmax(axis=1) == labels.index(verdict.sequence.style))
        weights.append(np.full(len(probabilities), weight))
    confidence, right, weight_of = map(np.concatenate, (confidences, rights, weights))
    in_bin = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = in_bin == b
        error += abs(float((weight_of * (right - confidence.astype(float)))[chosen].sum()))
    return error / float(weight_of.sum())


def calibrate(verdicts: Sequence[Verdict], labels: Sequence[str]) -> float:
    """Return the temperature that makes held-out frames likeliest, styles weighing alike.

    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
    """
    logits = torch.from_numpy(np.concatenate([v.logits for v in verdicts]))
    truth = torch.from_numpy(
        np.concatenate([np.full(len(v.logits), labels.index(v.sequence.style)) for v in verdicts])
    )
    weights = torch.from_numpy(
        np.concatenate(
            [
                np.full(len(v.logits), w, dtype=np.float32)
                for v, w in zip(verdicts, _balance(verdicts), strict=True)
            ]
        )
    )

    def loss(temperature: float) -> float:
        each: Tensor = functional.cross_entropy(logits / temperature, truth, reduction="none")
        return float((each * weights).sum())

    candidates = np.exp(np.linspace(np.log(0.3), np.log(5.0), 60))
    return float(min(candidates, key=loss))


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def _balance(verdicts: Sequence[Verdict]) -> list[float]:
    """Weight of a frame of each verdict, so that all styles weigh the same in all."""
    frames: dict[str, int] = {}
    for verdict in verdicts:
        style = verdict.sequence.style
        frames[style] = frames.get(style, 0) + len(verdict.logits)
    return [1e4 / frames[v.sequence.style] for v in verdicts]
