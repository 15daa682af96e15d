"""Endless streams of dancing for training: stitched, changing style, now and then cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats
from choreai_live.skeleton import mirrored
from choreai_live.training.augmentation import AugmentationSettings
from choreai_live.training.datasets import DatasetError, PoseSequence
from choreai_live.training.idling import idle_sequence, still_sequence
from choreai_live.training.looks import Looks

Item = TypeVar("Item")
Indices = npt.NDArray[np.int64]

#: Made-up people who idle.
_IDLERS = 200


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """What is danced how often and for how long.

    Parameters
    ----------
    dancers
        Streams side by side: the batch.
    steps
        Frames taken from each stream at a time.
    style_weights
        How often each style comes; every style equally often when empty.
    source_weights
        How often each source comes within its style; 1 for those not named.
        ``idle`` and ``still`` are made up, not read.
    idle_style
        The style that made-up idling counts as; None for no idling.
    segment
        Shortest and longest stretch of one sequence, seconds.
    same_style
        Shortest and longest time before the style may change, seconds.
    lost
        Probability, at each chunk, that the dancer is lost and another begins.
    settle
        Seconds after a change of style that do not count: nobody could tell yet.
    kept
        Minutes of disturbed looks kept for reuse, of each source.
    """

    dancers: int = 32
    steps: int = 60
    style_weights: Mapping[str, float] = field(default_factory=dict)
    source_weights: Mapping[str, float] = field(default_factory=dict)
    idle_style: str | None = None
    segment: tuple[float, float] = (3.0, 15.0)
    same_style: tuple[float, float] = (4.0, 30.0)
    lost: float = 0.2
    settle: float = 1.0
    kept: float = 150.0


@dataclass(frozen=True, eq=False, slots=True)
class Chunk:
    """The next frames of every stream.

    Parameters
    ----------
    keypoints
        float32 (dancers, context + steps, keypoints=17, 3).
    labels
        int64 (dancers, steps): index of the style danced.
    kinds
        int64 (dancers, steps): index into :attr:`StreamSampler.kinds` of what exactly is danced.
    weights
        float32 (dancers, steps): how much each step counts.
    fresh
        bool (dancers,): whether a new dancer begins, whose state must be zero.
    """

    keypoints: Floats
    labels: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    weights: Floats
    fresh: npt.NDArray[np.bool_]


class StreamSampler:
    """Draws chunk after chunk, balanced over style, then source, then group.

    Parameters
    ----------
    sequences
        What there is to dance; styles are looked up in ``labels``.
    labels
        Styles in the model's order.
    rate
        Frames per second.
    context
        Lead-in frames of a chunk.
    settings, augmentation
        How streams are stitched, and how each stretch is disturbed.
    seed
        The same seed gives the same streams.
    looks
        A store of looks to share with other runs; its own when None.

    Attributes
    ----------
    kinds : tuple of str
        What is danced, finer than styles: the substyles there are, and "" for people who
        idle or stand still.

    Raises
    ------
    DatasetError
        If a label has no sequence.
    """

    def __init__(
        self,
        sequences: Sequence[PoseSequence],
        labels: Sequence[str],
        rate: float,
        context: int,
        settings: StreamSettings,
        augmentation: AugmentationSettings,
        seed: int = 0,
        looks: Looks | None = None,
    ) -> None:
        self._labels = list(labels)
        self._rate = rate
        self._context = context
        self._settings = settings
        self._rng = np.random.default_rng(seed)
        self._sequences = list(sequences)
        self.kinds = tuple(sorted({"", *(s.substyle for s in sequences)}))
        self._number_of_kind = {kind: number for number, kind in enumerate(self.kinds)}
        self._looks = looks or Looks(rate, augmentation, settings.kept, seed)
        self._looks.plan(sequences)
        self._shelves = {label: self._shelf(label) for label in labels}
        weights = np.array([settings.style_weights.get(label, 1.0) for label in labels])
        self._style_shares = weights / weights.sum()
        self._streams = [_Stream() for _ in range(settings.dancers)]

    def chunk(self) -> Chunk:
        """Return the next frames of every stream."""
        settings = self._settings
        keypoints, labels, kinds, weights, fresh = [], [], [], [], []
        for stream in self._streams:
            new = stream.tail is None or bool(self._rng.random() < settings.lost)
            if new:
                stream.clear()
            while stream.length < settings.steps:
                self._extend(stream)
            frames, label, kind, weight = stream.take(settings.steps)
            if stream.tail is None:
                stream.tail = np.repeat(frames[:1], self._context, axis=0)
            whole = np.concatenate([stream.tail, frames])
            stream.tail = whole[len(whole) - self._context :]
            keypoints.append(whole)
            labels.append(label)
            kinds.append(kind)
            weights.append(weight)
            fresh.append(new)
        return Chunk(
            np.stack(keypoints),
            np.stack(labels),
            np.stack(kinds),
            np.stack(weights),
            np.array(fresh),
        )

    def _extend(self, stream: "_Stream") -> None:
        """Stitch one more stretch to a stream."""
        settings, rng = self._settings, self._rng
        changed = stream.remaining <= 0
        if changed:
            stream.style = int(rng.choice(len(self._labels), p=self._style_shares))
            stream.remaining = rng.uniform(*settings.same_style)
        style = self._labels[stream.style]
        wanted = min(rng.uniform(*settings.segment), max(stream.remaining, 2.0))
        frames, kind = self._dance(style, wanted)
        stream.remaining -= len(frames) / self._rate
        weight = np.ones(len(frames), dtype=np.float32)
        settling = settings.settle if changed else 0.3
        weight[: int(settling * self._rate)] = 0.0 if stream.started else 0.3
        stream.add(frames, stream.style, kind, weight)

    def _dance(self, style: str, seconds: float) -> tuple[Floats, int]:
        """Return a disturbed stretch of a style, as it was or mirrored, and its kind."""
        rng = self._rng
        sequence = self._draw(style)
        frames = self._looks.draw(sequence, rng)
        wanted = max(int(seconds * self._rate), 2)
        if len(frames) > wanted:
            start = int(rng.integers(len(frames) - wanted + 1))
            frames = frames[start : start + wanted]
        kind = self._number_of_kind.get(sequence.substyle, 0)
        return (mirrored(frames) if rng.random() < 0.5 else frames), kind

    def _draw(self, style: str) -> PoseSequence:
        rng = self._rng
        source = self._shelves[style].draw(rng)
        if source == "idle":
            number = int(rng.integers(_IDLERS))
            idler = idle_sequence(np.random.default_rng(number), style)
            return replace(idler, name=f"idle {number}")
        if isinstance(source, str):
            held = self._sequences[rng.integers(len(self._sequences))]
            still = still_sequence(held, np.random.default_rng(0), style)
            return replace(still, name=f"still {held.source}/{held.name}")
        return source.draw(rng).draw(rng)

    def _shelf(self, label: str) -> "_Lots[_Lots[_Lots[PoseSequence]] | str]":
        """Lots of one style: sources, groups of a source, sequences of a group."""
        settings = self._settings
        by_source: dict[str, dict[str, list[PoseSequence]]] = {}
        for s in self._sequences:
            if s.style == label:
                by_source.setdefault(s.source, {}).setdefault(s.group, []).append(s)
        if not by_source:
            raise DatasetError(f"No sequence is labelled '{label}': add some, or drop it.")
        lots: dict[str, _Lots[_Lots[PoseSequence]] | str] = {}
        for source, groups in by_source.items():
            members = [_Lots(g, [s.seconds for s in g]) for g in groups.values()]
            # Between every group alike and every second alike.
            lots[source] = _Lots(members, np.sqrt([m.total for m in members]))
        if label == settings.idle_style:
            lots |= {"idle": "idle", "still": "still"}
        return _Lots(list(lots.values()), [settings.source_weights.get(s, 1.0) for s in lots])


class _Lots(Generic[Item]):
    """Things to draw from, each as likely as its weight."""

    def __init__(self, items: Sequence[Item], weights: Sequence[float] | Floats) -> None:
        self._items = items
        self._up_to = np.cumsum(weights)
        self.total = float(self._up_to[-1])

    def draw(self, rng: np.random.Generator) -> Item:
        """Return one of them."""
        at = int(np.searchsorted(self._up_to, rng.random() * self.total, side="right"))
        return self._items[min(at, len(self._items) - 1)]


class _Stream:
    """Frames stitched but not yet taken, of one imaginary dancer."""

    def __init__(self) -> None:
        self.tail: Floats | None = None
        self.clear()

    def clear(self) -> None:
        """Forget everything: another dancer begins."""
        self.tail = None
        self.remaining = 0.0
        self.style = 0
        self.length = 0
        self.started = False
        self._last = np.zeros(2, dtype=np.float32)
        self._parts: list[tuple[Floats, Indices, Indices, Floats]] = []

    def add(self, frames: Floats, style: int, kind: int, weight: Floats) -> None:
        """Append a stretch, its first hips where the last ones were."""
        frames = frames.copy()
        frames[..., :2] += self._last - frames[0, 11:13, :2].mean(axis=0)
        self._last = frames[-1, 11:13, :2].mean(axis=0)
        styles, kinds = (np.full(len(frames), n, dtype=np.int64) for n in (style, kind))
        self._parts.append((frames, styles, kinds, weight))
        self.length += len(frames)
        self.started = True

    def take(self, count: int) -> tuple[Floats, Indices, Indices, Floats]:
        """Return and drop the first ``count`` frames, labels, kinds and weights."""
        whole = [np.concatenate(parts) for parts in zip(*self._parts, strict=True)]
        first, second, third, fourth = (part[count:] for part in whole)
        self._parts = [(first, second, third, fourth)]
        self.length -= count
        first, second, third, fourth = (part[:count] for part in whole)
        return first, second, third, fourth
