"""Adding an ONNX file of YOLOX, the person detector AlphaPose is published with.

Ge et al., "YOLOX: Exceeding YOLO Series in 2021", arXiv 2107.08430. What its
authors export has one picture as input and one row per anchor as output: a
box, the score of an object, and the scores of COCO's 80 classes.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.models import sha256_of
from choreai_live.models.added import AddedModel, check_name, record

#: Terms under which the authors of YOLOX publish code and weights.
LICENCE: Final = "Apache-2.0, if it is one that the authors of YOLOX publish"

#: Box, object score, 80 class scores.
ROW: Final = 85


def add(path: Path, name: str | None = None) -> AddedModel:
    """Check an ONNX file of YOLOX and copy it into the user's folder.

    Parameters
    ----------
    path
        The file: one input (people or 1, 3, height, width) of fixed size, one
        output (same, anchors, 85).
    name
        What to call it; the file's own name when None.

    Raises
    ------
    ModelError
        If it is no such file, or the copy cannot be written.
    """
    name = path.stem if name is None else name
    check_name(name, "yolox")
    with tempfile.TemporaryDirectory(prefix="choreai-") as folder:
        # The copy is what is checked: weights in a second file beside the
        # original, which would be lost, are missing here already.
        copy = Path(folder) / "detector.onnx"
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise ModelError(
                f"The detector {path} cannot be read ({error.strerror or error}): "
                "name an ONNX file of YOLOX."
            ) from error
        complaint = _complaint(copy)
        if complaint:
            raise ModelError(
                f"The detector {path} {complaint}: bring YOLOX as its authors export it to ONNX."
            )
        sha256 = sha256_of(copy)
        details = {"source_sha256": sha256, "source_name": path.name, "licence": LICENCE}
        return record(copy, name=name, kind="yolox", details=details)


def _complaint(path: Path) -> str | None:
    """Say why a file is not YOLOX, as part of a sentence; None when it looks like it."""
    try:
        session = Session(path, "cpu")
    except ModelError:
        return "cannot be loaded as one ONNX file with its weights inside"
    inputs, outputs = list(session.inputs.values()), list(session.outputs.values())
    if len(inputs) != 1 or len(outputs) != 1:
        return f"has {len(inputs)} inputs and {len(outputs)} outputs, where one of each is needed"
    (given,), (returned,) = inputs, outputs
    fixed = len(given) == 4 and all(isinstance(size, int) for size in given[1:])
    if not fixed or given[1] != 3 or given[0] == 0:
        return f"has an input of shape {given}, where (1 or N, 3, height, width) is needed"
    if len(returned) != 3 or returned[2] != ROW:
        return f"has an output of shape {returned}, where (1 or N, anchors, {ROW}) is needed"
    return None
