"""Compares what a converted model answers with what TensorFlow.js answered.

``reference/`` holds two pictures of the project's own demo dancers and the
answers of the published models to them, computed once by TensorFlow.js
itself (``reference.mjs``), so the check owes nothing to the converter.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from choreai_live.inference import Session

REFERENCE: Final = Path(__file__).resolve().parent / "reference"


class Disagreement(Exception):  # noqa: N818 (it is what happened, in one word)
    """A converted model answers something else than the published one."""


def largest_difference(name: str, path: Path, tolerance: Mapping[str, float]) -> dict[str, float]:
    """Return, per output, how far a model is from TensorFlow.js at most.

    Parameters
    ----------
    name
        Which of the reference answers to compare with.
    path
        The converted model.
    tolerance
        Largest difference accepted, per output and in its own unit.

    Raises
    ------
    Disagreement
        If an output differs by more.
    """
    expected = json.loads((REFERENCE / "reference.json").read_text())["models"][name]
    session = Session(path, "cpu")
    (port,) = session.inputs
    answers = session.run(list(tolerance), {port: _picture(expected["picture"], expected["scale"])})
    differences: dict[str, float] = {}
    for (output, allowed), answer in zip(tolerance.items(), answers, strict=True):
        right = np.asarray(expected["outputs"][output]).reshape(answer.shape)
        differences[output] = float(np.abs(answer - right).max())
        # Written so that a NaN, too, counts as a difference.
        if not differences[output] <= allowed:
            raise Disagreement(
                f"{path.name}: {output} differs from TensorFlow.js by {differences[output]:.1e}, "
                f"more than {allowed:.0e}: the conversion is wrong."
            )
    return differences


def _picture(file: str, scale: int) -> npt.NDArray[np.uint8] | npt.NDArray[np.float32]:
    """Read a picture as a batch of one, uint8 RGB 0-255, or float32 RGB divided by ``scale``."""
    bgr = cv2.imread(str(REFERENCE / file), cv2.IMREAD_COLOR)
    if bgr is None:
        raise Disagreement(f"{REFERENCE / file} cannot be read: restore it from version control.")
    rgb = np.ascontiguousarray(bgr[np.newaxis, :, :, ::-1], dtype=np.uint8)
    return rgb if scale == 1 else (rgb / np.float32(scale)).astype(np.float32)
