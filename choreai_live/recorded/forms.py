"""The forms of AlphaPose's results, as both who reads and who writes them needs to know.

Three of them (``--format``), described at
https://github.com/MVIG-SJTU/AlphaPose/blob/master/docs/output.md. The default
one is a list with an entry for each person in each picture::

    {"image_id": "12.jpg", "category_id": 1, "keypoints": [x, y, score] * n,
     "score": s, "box": [x, y, width, height], "idx": person}

in which ``box`` and ``idx`` may be missing. The ``cmu`` and ``open`` forms map
each ``image_id`` to its people, with the 18 joints of OpenPose.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

#: What AlphaPose calls its results, each video's in a folder of its own.
RESULTS_NAME: Final = "alphapose-results.json"

#: Its forms by the names it has for them.
FORMS: Final = ("default", "cmu", "open")

#: Where the other two keep the people of a picture, and where each of these the joints.
PEOPLE: Final = {"cmu": ("bodies", "joints"), "open": ("people", "pose_keypoints_2d")}

#: What stands beside the people of a picture.
VERSION_KEY: Final = "version"
VERSION: Final = "AlphaPose v0.3"

#: Weight of the surest keypoint in AlphaPose's score of a person.
_SUREST: Final = 1.25
#: By how much a score may miss 0 to 1 for having been through a file.
_ROUNDED: Final = 1e-4


def summed_score(score: float, scores: npt.NDArray[Any]) -> float:
    """Return AlphaPose's score of a person, which goes up to 3.25.

    That of the box, plus the mean of the keypoints', plus 1.25 times the
    highest of these (``proposal_score`` in its ``pPose_nms.py``).

    Parameters
    ----------
    score
        0 to 1: how likely this is a person at all.
    scores
        (keypoints,): of the keypoints.
    """
    # Written and read, these are the same numbers to the last digit.
    exact = scores.astype(np.float32).astype(np.float64)
    return score + float(exact.mean() + _SUREST * exact.max())


def score_within(total: float, scores: npt.NDArray[Any]) -> float | None:
    """Return the score of the box in AlphaPose's score of a person, 0 to 1.

    None where ``total`` is no such sum: other programs that write this format
    put other things there. Parameters are as in :func:`summed_score`.
    """
    score = total - summed_score(0.0, scores)
    if not -_ROUNDED <= score <= 1 + _ROUNDED:
        return None
    return min(max(score, 0.0), 1.0)
