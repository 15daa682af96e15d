"""The streaming classifier: tracks in, readouts out.

One rolling buffer and one LSTM state per dancer; the due steps of all dancers
go through the model as one batch.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from choreai_live.messages import Floats, Readout, Track
from choreai_live.style.buffer import Chunk, RollingBuffer
from choreai_live.style.evidence import movement, visibility
from choreai_live.style.memory import packed, unpacked
from choreai_live.style.model import StyleModel, softmax
from choreai_live.style.second_reader import SecondReader, TaughtStyles
from choreai_live.style.smoothing import Reader, ReadoutSettings


class StyleClassifier:
    """Reads the style of every tracked dancer of one source.

    Parameters
    ----------
    model
        The style model; it holds no state and may be shared by any number of
        classifiers.
    settings
        When to name a style and when to say *not sure*.
    styles
        What was taught, looked at anew with every step, so that a style is recognised
        from the moment it is there; None for the model's own labels only.

    Attributes
    ----------
    labels : tuple of str
        The classes, in the order of :attr:`Readout.probabilities`.
    """

    def __init__(
        self,
        model: StyleModel,
        settings: ReadoutSettings | None = None,
        styles: TaughtStyles | None = None,
    ) -> None:
        self.model = model
        self._styles = styles
        self.settings = settings or ReadoutSettings()
        self.labels = model.labels
        self._dancers: dict[int, _Dancer] = {}

    def update(self, tracks: Sequence[Track], time: float) -> dict[int, Readout]:
        """Take the tracks of one frame and return the readouts that stand now.

        Only dancers seen in this very frame feed the model. One who is out of
        sight keeps the last readout for as long as the model bridges a gap,
        then reads as not sure; one the tracker has given up is forgotten.

        Parameters
        ----------
        tracks
            All tracks of the frame.
        time
            Seconds on the source's own clock.

        Returns
        -------
        dict of int to Readout
            By track id; without the dancers too new for any opinion.
        """
        alive = {track.id for track in tracks}
        self._dancers = {id_: d for id_, d in self._dancers.items() if id_ in alive}
        due: list[tuple[_Dancer, Chunk]] = []
        for track in tracks:
            if track.missed:
                continue
            dancer = self._dancers.get(track.id)
            if dancer is None:
                dancer = self._dancers[track.id] = _Dancer(self.model, self.settings, self._styles)
            chunk = dancer.observe(track, time)
            if chunk.steps:
                due.append((dancer, chunk))
        self._advance(due)
        for dancer in self._dancers.values():
            if time - dancer.seen > self.model.max_gap:
                dancer.lose()
        return self.readouts

    @property
    def readouts(self) -> dict[int, Readout]:
        """The readouts that stand, by track id."""
        return {id_: d.readout for id_, d in self._dancers.items() if d.readout is not None}

    def reset(self) -> None:
        """Forget every dancer."""
        self._dancers.clear()

    def memory(self) -> bytes:
        """Return everything that is remembered of the dancers, for another classifier to recall.

        Text (JSON), a few kilobytes a dancer; numbers come back to the last bit.
        """
        return packed(
            {
                "style": self.model.version,
                "labels": list(self.labels),
                "dancers": [{"id": id_, **d.memory()} for id_, d in self._dancers.items()],
            }
        )

    def recall(self, memory: bytes) -> bool:
        """Remember the dancers that another classifier did, in place of one's own.

        Nothing is done where that one read with another model, or ``memory`` is damaged:
        the dancers are as good as new then.

        Parameters
        ----------
        memory
            What :meth:`memory` gave.

        Returns
        -------
        bool
            Whether it was recalled.
        """
        try:
            told = unpacked(memory)
            if (told["style"], told["labels"]) != (self.model.version, list(self.labels)):
                return False
            dancers = {}
            for entry in told["dancers"]:
                dancers[int(entry["id"])] = dancer = _Dancer(
                    self.model, self.settings, self._styles
                )
                dancer.recall(entry)
        except (ValueError, KeyError, TypeError):
            return False
        self._dancers = dancers
        return True

    def _advance(self, due: list[tuple["_Dancer", Chunk]]) -> None:
        """Take all due steps, each one batch over the dancers that have it."""
        window = self.model.context + 1
        for step in range(max((chunk.steps for _, chunk in due), default=0)):
            batch = [(dancer, chunk) for dancer, chunk in due if step < chunk.steps]
            keypoints = np.stack([chunk.keypoints[step : step + window] for _, chunk in batch])
            logits, hidden, cell, embedding = self.model.step_and_embed(
                keypoints,
                np.stack([dancer.hidden for dancer, _ in batch], axis=1),
                np.stack([dancer.cell for dancer, _ in batch], axis=1),
            )
            probabilities = softmax(logits[:, 0])
            for i, (dancer, chunk) in enumerate(batch):
                dancer.hidden, dancer.cell = hidden[:, i], cell[:, i]
                time = (chunk.first + step) / self.model.rate
                dancer.read(keypoints[i], probabilities[i], embedding[i, 0], time)


class _Dancer:
    """Everything that is remembered of one dancer."""

    def __init__(
        self, model: StyleModel, settings: ReadoutSettings, styles: TaughtStyles | None
    ) -> None:
        self._model = model
        self._settings = settings
        self._styles = styles
        self._buffer = RollingBuffer(model.rate, model.context, model.max_gap)
        self.seen = 0.0
        self.readout: Readout | None = None
        self._begin()

    def _begin(self) -> None:
        """Start from an empty memory."""
        model = self._model
        hidden, cell = model.initial_state(1)
        self.hidden, self.cell = hidden[:, 0], cell[:, 0]
        self._reader = Reader(model.labels, model.unsure_labels, model.rate, self._settings)
        self._second = SecondReader(model.rate, self._settings)

    def observe(self, track: Track, time: float) -> Chunk:
        """Take what was seen of the dancer and return the steps it makes due."""
        pose = track.pose
        chunk = self._buffer.add(np.column_stack([pose.keypoints, pose.scores]), time)
        if chunk.restarted:
            self.lose()
            self._begin()
        self.seen = time
        return chunk

    def read(self, window: Floats, probabilities: Floats, embedding: Floats, time: float) -> None:
        """Take the model's word on one step, and what was taught into account."""
        seen, moved = visibility(window[-1]), movement(window, self._model.rate)
        self.readout = self._reader.read(probabilities, seen, moved, time)
        if self._model.channels:
            self._second.see(embedding)
        if self._styles is not None:
            self.readout = self._second.read(self._styles, self.readout, seen, moved, time)

    def memory(self) -> dict[str, Any]:
        """Return everything that is remembered; see :mod:`choreai_live.style.memory`."""
        said = self.readout
        return {
            "buffer": self._buffer.memory(),
            "reader": self._reader.memory(),
            "second": self._second.memory(),
            "hidden": self.hidden,
            "cell": self.cell,
            "seen": self.seen,
            "readout": None
            if said is None
            else [
                *(said.probabilities, said.label, said.confidence, said.since),
                *(said.finer, said.taught),
            ],
        }

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Remember what another one did.

        Raises
        ------
        ValueError, KeyError, TypeError
            If that does not fit the model.
        """
        shape = self.hidden.shape
        self._buffer.recall(memory["buffer"])
        self._reader.recall(memory["reader"])
        if "second" in memory:
            recent = memory["second"]["recent"]
            if recent is not None and np.shape(recent)[1:] != (self._model.channels,):
                raise ValueError("an embedding of another shape")
            self._second.recall(memory["second"], self._styles)
        self.hidden, self.cell = memory["hidden"], memory["cell"]
        self.seen = memory["seen"]
        said = memory["readout"]
        self.readout = None if said is None else _remembered(*said)
        if not self.hidden.shape == self.cell.shape == shape:
            raise ValueError("a state of another shape")
        if said is not None and len(said[0]) != len(self._model.labels):
            raise ValueError("probabilities of other classes")

    def lose(self) -> None:
        """Show that nothing is known any more of a dancer out of sight."""
        if self.readout is None:
            return
        classes = len(self._model.labels)
        unknown = np.full(classes, 1 / classes, np.float32)
        since = self.readout.since if self.readout.label is None else self.seen
        self.readout = Readout(unknown, None, 1 / classes, since)


def _remembered(
    probabilities: Floats,
    label: str | None,
    confidence: float,
    since: float,
    finer: str | None = None,
    taught: Sequence[Sequence[Any]] = (),
) -> Readout:
    """Return a readout of which text, in which there are no tuples, was made."""
    pairs = tuple((str(name), float(probability)) for name, probability in taught)
    return Readout(probabilities, label, confidence, since, finer, pairs)
