"""Rehearsals: long streams stitched from unseen sequences, and what a viewer would see of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import torch

from choreai_live.messages import Floats
from choreai_live.style.evidence import movement, visibility
from choreai_live.style.smoothing import Reader, ReadoutSettings
from choreai_live.training.datasets import DatasetError, PoseSequence
from choreai_live.training.evaluation import held_out_view, softmax
from choreai_live.training.network import CONTEXT, StyleNetwork

#: Shortest and longest time before another style is danced, seconds.
STRETCH: Final = (10.0, 40.0)
#: Seconds after a change of style that count neither as right nor as wrong: both are in view.
TURNING: Final = 3.0
#: The first and the last so many seconds of an hour are compared.
DRIFT_WINDOW: Final = 600.0
_CHUNK: Final = 2000


@dataclass(frozen=True, eq=False, slots=True)
class Rehearsal:
    """One imaginary dancer who changes style now and then.

    Parameters
    ----------
    keypoints
        float32 (frames, keypoints=17, 3): x px, y px, score.
    stretches
        First frame, last frame + 1 and style of each stretch of one style.
    """

    keypoints: Floats
    stretches: list[tuple[int, int, str]]


def rehearse(
    sequences: Sequence[PoseSequence],
    labels: Sequence[str],
    rate: float,
    seconds: float,
    count: int,
    seed: int = 0,
) -> list[Rehearsal]:
    """Stitch streams that change style every 10 to 40 s; every style alike, then every source.

    Parameters
    ----------
    sequences
        Labelled with ``labels``, not seen in training.
    labels
        In the network's order.
    rate
        Frames per second.
    seconds
        Length of a stream, at least.
    count
        How many streams.
    seed
        The same seed gives the same streams.

    Raises
    ------
    DatasetError
        If fewer than two styles are to be had.
    """
    shelf: dict[str, dict[str, list[Floats]]] = {}
    for s in sequences:
        view = held_out_view(s, rate, seed)
        shelf.setdefault(s.style, {}).setdefault(s.source, []).append(view)
    if len(shelf) < 2:
        raise DatasetError("A stream that changes style needs sequences of two styles or more.")
    styles = [label for label in labels if label in shelf]
    rng = np.random.default_rng(seed)
    return [_stitch(shelf, styles, rate, seconds, rng) for _ in range(count)]


def _stitch(
    shelf: dict[str, dict[str, list[Floats]]],
    styles: Sequence[str],
    rate: float,
    seconds: float,
    rng: np.random.Generator,
) -> Rehearsal:
    parts: list[Floats] = []
    stretches: list[tuple[int, int, str]] = []
    frames, style, last = 0, "", np.zeros(2, np.float32)
    while frames < seconds * rate:
        style = str(rng.choice([label for label in styles if label != style]))
        sources = [shelf[style][name] for name in sorted(shelf[style])]
        first, wanted = frames, int(rng.uniform(*STRETCH) * rate)
        while frames - first < wanted:
            members = sources[rng.integers(len(sources))]
            points = members[rng.integers(len(members))][: wanted - (frames - first) + 1].copy()
            points[..., :2] += last - points[0, 11:13, :2].mean(axis=0)
            last = points[-1, 11:13, :2].mean(axis=0)
            parts.append(points)
            frames += len(points)
        stretches.append((first, frames, style))
    return Rehearsal(np.concatenate(parts), stretches)


def logits_of(network: StyleNetwork, rehearsal: Rehearsal) -> Floats:
    """Return float32 (frames, classes), the state carried from beginning to end."""
    points = rehearsal.keypoints
    whole = torch.from_numpy(np.concatenate([np.repeat(points[:1], CONTEXT, axis=0), points]))
    state, parts = network.initial_state(1), []
    with torch.no_grad():
        for start in range(0, len(points), _CHUNK):
            logits, *new = network(whole[None, start : start + _CHUNK + CONTEXT], *state)
            state = (new[0], new[1])
            parts.append(logits[0].numpy())
    return np.concatenate(parts)


def drift(
    network: StyleNetwork, rehearsals: Sequence[Rehearsal], labels: Sequence[str], rate: float
) -> dict[str, float]:
    """Accuracy per frame in the first and in the last ten minutes of streams, styles alike.

    Frames within :data:`TURNING` seconds of a change do not count.
    """
    window = int(DRIFT_WINDOW * rate)
    right: dict[str, dict[str, list[bool]]] = {"first": {}, "last": {}}
    for rehearsal in rehearsals:
        guesses = logits_of(network, rehearsal).argmax(axis=1)
        total = len(guesses)
        for first, end, style in rehearsal.stretches:
            settled = range(first + int(TURNING * rate), end)
            correct = [labels[guesses[frame]] == style for frame in settled]
            for frame, hit in zip(settled, correct, strict=True):
                if frame < window:
                    right["first"].setdefault(style, []).append(hit)
                if frame >= total - window:
                    right["last"].setdefault(style, []).append(hit)
    accuracy = {
        part: float(np.mean([np.mean(hits) for hits in by_style.values()]))
        for part, by_style in right.items()
    }
    return {
        "accuracy, first 10 minutes": accuracy["first"],
        "accuracy, last 10 minutes": accuracy["last"],
        "last minus first": accuracy["last"] - accuracy["first"],
    }


#: What the readout is made of, per frame: probabilities, visibility, movement.
Evidence = list[tuple[Floats, float, float]]


def evidence_of(network: StyleNetwork, rehearsal: Rehearsal, rate: float) -> Evidence:
    """Return what the program's readout would rest on, frame by frame."""
    points = rehearsal.keypoints
    whole = np.concatenate([np.repeat(points[:1], CONTEXT, axis=0), points])
    probabilities = softmax(logits_of(network, rehearsal))
    return [
        (
            probabilities[k],
            visibility(points[k]),
            movement(whole[k : k + CONTEXT + 1], rate),
        )
        for k in range(len(points))
    ]


def what_is_seen(
    read: Sequence[tuple[Rehearsal, Evidence]],
    labels: Sequence[str],
    unsure_labels: Sequence[str],
    rate: float,
    settings: ReadoutSettings,
) -> dict[str, float]:
    """Return how soon, how steadily and how rightly the readout speaks.

    Parameters
    ----------
    read
        Streams with their :func:`evidence_of`.
    labels, unsure_labels, rate
        Of the model.
    settings
        Of the readout.
    """
    firsts: list[float] = []
    changes: list[float] = []
    flips, calm = 0, 0.0
    decided, right, styled, named, strange = 0, 0, 0, 0, 0
    turning = round(TURNING * rate)
    for rehearsal, evidence in read:
        reader = Reader(tuple(labels), frozenset(unsure_labels), rate, settings)
        said = [reader.read(*step, k / rate).label for k, step in enumerate(evidence)]
        for number, (first, end, style) in enumerate(rehearsal.stretches):
            here, settled = said[first:end], said[first + turning : end]
            if style in unsure_labels:
                strange += len(settled)
                named += sum(label is not None for label in settled)
                continue
            wait = here.index(style) / rate if style in here else np.inf
            (changes if number else firsts).append(wait)
            flips += sum(now not in (None, style, before) for before, now in pairwise(settled))
            calm += len(settled) / rate / 60
            styled += len(settled)
            decided += sum(label is not None for label in settled)
            right += sum(label == style for label in settled)
    return {
        "seconds to the first right label, median": float(np.median(firsts)),
        "seconds until a change of style shows, median": float(np.median(changes)),
        "changes that show within 10 s": float(np.mean(np.array(changes) < 10)),
        "wrong flips per minute within a style": flips / calm,
        "share of dance time decided": decided / styled,
        "share of decided time right": right / max(decided, 1),
        "share of other dances not named wrongly": 1 - named / max(strange, 1),
    }
