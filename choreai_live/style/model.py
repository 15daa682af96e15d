"""The style model: one ONNX file that says everything about itself.

Any file that keeps the contract can be dropped in. Inputs are a chunk of
keypoints and the recurrent state, outputs are logits and the new state;
labels, rate, lead-in, calibration and provenance are in the file's metadata.
"""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.messages import Floats
from choreai_live.skeleton import KEYPOINT_COUNT
from choreai_live.style.background import Background, unpacked_background
from choreai_live.style.description import PER_CHANNEL

#: The version of the contract this program speaks.
CONTRACT: Final = "1"
#: The LSTM layers the state has room for.
LAYERS: Final = 2

_INPUTS: Final = ("keypoints", "hidden", "cell")
_OUTPUTS: Final = ("logits", "hidden_out", "cell_out")


class StyleModel:
    """A style model file, opened and held to the contract.

    Runs on one CPU thread: a step is far too small for anything else to help.

    Parameters
    ----------
    path
        The ONNX file.

    Attributes
    ----------
    labels : tuple of str
        The classes, in the order of the logits.
    unsure_labels : frozenset of str
        Those of ``labels`` that are shown as *not sure*.
    rate : float
        Steps per second the model was trained at.
    context : int
        Lead-in frames that must stand before the first step of a chunk.
    hidden_size : int
        Width of the hidden and of the cell state.
    max_gap : float
        Seconds without an observation after which the state must be reset.
    channels : int
        Width of the embedding; 0 for a model that has none and cannot be taught.
    background : Background or None
        What dancing looks like in general, for a model that can be taught.
    version, statement, features : str
        What the file says of itself: its version, on what it was trained and
        under which terms, and its features in words.

    Raises
    ------
    ModelError
        If the file cannot be loaded or breaks the contract; the sentence
        names the file and the first thing that is wrong.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._session = Session(path, "cpu", threads=1)
        metadata = _Metadata(path, self._session.metadata)
        contract = metadata.text("contract")
        if contract != CONTRACT:
            raise _refusal(
                path,
                f"speaks version '{contract}' of the contract, this program version {CONTRACT}",
            )
        self.labels = tuple(metadata.names("labels"))
        if len(self.labels) < 2:
            raise _refusal(path, "needs at least two labels in choreai.labels")
        self.unsure_labels = frozenset(metadata.names("unsure_labels"))
        if strangers := sorted(self.unsure_labels.difference(self.labels)):
            raise _refusal(
                path, f"names '{strangers[0]}' in choreai.unsure_labels but not in choreai.labels"
            )
        if len(self.unsure_labels) == len(self.labels):
            raise _refusal(path, "shows every one of its labels as not sure")
        self.rate = metadata.positive("rate")
        self.context = metadata.count("context")
        self.max_gap = metadata.positive("max_gap")
        self.version = metadata.text("version")
        self.statement = metadata.text("statement")
        self.features = self._session.metadata.get("choreai.features", "")
        self.hidden_size = _checked_shapes(path, self._session, len(self.labels))
        self.channels = _channels(path, self._session)
        self.background = self._background()
        self._try_out()

    def initial_state(self, dancers: int) -> tuple[Floats, Floats]:
        """Return the hidden and cell state of dancers nothing is known of yet.

        Returns
        -------
        hidden, cell
            float32 (layers=2, dancers, hidden_size), all zeros.
        """
        shape = (LAYERS, dancers, self.hidden_size)
        return np.zeros(shape, np.float32), np.zeros(shape, np.float32)

    def step(
        self, keypoints: Floats, hidden: Floats, cell: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Advance every dancer by the steps of one chunk.

        Parameters
        ----------
        keypoints
            float32 (dancers, context + steps, keypoints=17, 3): x, y in pixels
            and score, at :attr:`rate`.
        hidden, cell
            float32 (layers=2, dancers, hidden_size).

        Returns
        -------
        logits
            float32 (dancers, steps, classes), calibrated.
        hidden, cell
            The new state, shaped like the old.
        """
        logits, hidden, cell, _ = self.step_and_embed(keypoints, hidden, cell)
        return logits, hidden, cell

    def step_and_embed(
        self, keypoints: Floats, hidden: Floats, cell: Floats
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Advance every dancer as :meth:`step` does, and tell what was seen.

        Returns
        -------
        logits, hidden, cell
            As :meth:`step`.
        embedding
            float32 (dancers, steps, :attr:`channels`).
        """
        names = (*_OUTPUTS, "embedding") if self.channels else _OUTPUTS
        feeds = {"keypoints": keypoints, "hidden": hidden, "cell": cell}
        logits, hidden, cell, *more = self._session.run(names, feeds)
        embedding = more[0] if more else np.empty((*logits.shape[:2], 0), np.float32)
        return logits, hidden, cell, embedding

    def _background(self) -> Background | None:
        text = self._session.metadata.get("choreai.teaching", "")
        if not text or not self.channels:
            return None
        try:
            return unpacked_background(text, len(self.labels), self.channels, PER_CHANNEL)
        except ValueError as error:
            raise _refusal(self.path, f"has choreai.teaching that {error}") from error

    def _try_out(self) -> None:
        """Run two steps for three dancers: what shapes alone cannot promise."""
        dancers, steps = 3, 2
        rng = np.random.default_rng(0)
        size = (dancers, self.context + steps, KEYPOINT_COUNT, 3)
        keypoints = rng.uniform((100, 100, 0.5), (300, 400, 1.0), size).astype(np.float32)
        hidden, cell = self.initial_state(dancers)
        try:
            outputs = self.step_and_embed(keypoints, hidden, cell)
        except Exception as error:
            first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise _refusal(self.path, f"fails on a first step ({first_line})") from error
        each = (dancers, steps)
        wanted = (
            (*each, len(self.labels)),
            hidden.shape,
            cell.shape,
            (*each, self.channels),
        )
        names = (*_OUTPUTS, "embedding")
        for name, output, shape in zip(names, outputs, wanted, strict=True):
            if output.shape != shape:
                raise _refusal(self.path, f"gives '{name}' as {output.shape} where {shape} is due")
            if not np.isfinite(output).all():
                raise _refusal(self.path, f"gives numbers that are not finite in '{name}'")


def softmax(logits: Floats) -> Floats:
    """Return probabilities over the last axis, safe for logits of any size."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return probabilities


class _Metadata:
    """The ``choreai.*`` entries of one file, each read with its own complaint."""

    def __init__(self, path: Path, entries: Mapping[str, str]) -> None:
        self._path = path
        self._entries = entries

    def text(self, key: str) -> str:
        value = self._entries.get(f"choreai.{key}", "").strip()
        if not value:
            raise _refusal(self._path, f"has no choreai.{key} in its metadata")
        return value

    def names(self, key: str) -> list[str]:
        text = self.text(key)
        try:
            names = json.loads(text)
        except ValueError:
            names = None
        if not isinstance(names, list) or not all(isinstance(n, str) and n for n in names):
            raise _refusal(self._path, f"has choreai.{key} that is not a JSON list of names")
        if len(set(names)) < len(names):
            raise _refusal(self._path, f"names the same label twice in choreai.{key}")
        return names

    def positive(self, key: str) -> float:
        text = self.text(key)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and value > 0):
            raise _refusal(self._path, f"has choreai.{key} '{text}' that is not a positive number")
        return value

    def count(self, key: str) -> int:
        text = self.text(key)
        if not (text.isascii() and text.isdigit()):
            raise _refusal(self._path, f"has choreai.{key} '{text}' that is not a whole number")
        return int(text)


def _checked_shapes(path: Path, session: Session, classes: int) -> int:
    """Hold the declared shapes to the contract and return the hidden size."""
    if sorted(session.inputs) != sorted(_INPUTS):
        raise _refusal(path, f"takes {_listed(session.inputs)} where {_listed(_INPUTS)} are due")
    if missing := [name for name in _OUTPUTS if name not in session.outputs]:
        raise _refusal(path, f"has no output '{missing[0]}'")
    _require(path, "keypoints", session.inputs["keypoints"], (None, None, KEYPOINT_COUNT, 3))
    hidden_size = session.inputs["hidden"][-1] if session.inputs["hidden"] else None
    if not isinstance(hidden_size, int):
        raise _refusal(path, "does not say how wide its hidden state is")
    for name in ("hidden", "cell"):
        _require(path, name, session.inputs[name], (LAYERS, None, hidden_size))
    logits = session.outputs["logits"]
    if len(logits) == 3 and isinstance(logits[-1], int) and logits[-1] != classes:
        raise _refusal(path, f"gives {logits[-1]} logits for {classes} labels")
    return hidden_size


def _channels(path: Path, session: Session) -> int:
    """Return how wide the embedding is, 0 where there is none."""
    shape = session.outputs.get("embedding")
    if shape is None:
        return 0
    if len(shape) != 3 or not isinstance(shape[-1], int):
        raise _refusal(path, "does not say how wide its embedding is")
    return shape[-1]


def _require(path: Path, name: str, shape: Sequence[Any], wanted: tuple[int | None, ...]) -> None:
    """Hold one input to its shape; None stands for an axis that must be free."""
    fits = len(shape) == len(wanted) and all(
        not isinstance(have, int) if want is None else have == want
        for have, want in zip(shape, wanted, strict=True)
    )
    if not fits:
        have = ", ".join(str(axis) for axis in shape)
        due = ", ".join("free" if axis is None else str(axis) for axis in wanted)
        raise _refusal(path, f"takes '{name}' as ({have}) where ({due}) is due")


def _listed(names: Sequence[str] | Mapping[str, Any]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _refusal(path: Path, reason: str) -> ModelError:
    return ModelError(
        f"{path} is not a style model this program can use: it {reason}; "
        "export it again with `choreai-live export`, or use the shipped one."
    )
