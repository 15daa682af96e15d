"""How far the keypoints of one provider or precision are from those of the CPU in fp32."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import lap
import numpy as np

from choreai_live.capture import open_source
from choreai_live.messages import Floats, Frame, Pose
from choreai_live.pipeline import Engine
from choreai_live.pose import PoseModels
from choreai_live.tracking import Tracker

#: Frames that are compared.
FRAMES: Final = 100

#: Keypoints of less than this score are guesses of the reference itself.
SEEN: Final = 0.3

#: Pixels within which a keypoint counts as the same.
SAME: Final = 2.0

#: Mean distance of the keypoints above which two poses are not of one person,
#: as a share of the reference's box (the mean of its sides).
_SOMEBODY_ELSE: Final = 0.25


@dataclass(frozen=True)
class Agreement:
    """What was compared and how it differs.

    Parameters
    ----------
    frames, people
        Frames compared, and people that the reference found in them.
    missed, added
        People that only the reference found, and that it did not find.
    distances
        float32 (keypoints,): pixels between both, for each keypoint of the
        people found by both that the reference sees.
    """

    frames: int
    people: int
    missed: int
    added: int
    distances: Floats

    def as_json(self) -> dict[str, Any]:
        """Return plain values; ``mean``, ``max`` and ``pck`` are None if nothing was found."""
        found = len(self.distances) > 0
        return {
            "reference": "cpu, fp32",
            "frames": self.frames,
            "people": self.people,
            "missed": self.missed,
            "added": self.added,
            "mean_px": round(float(self.distances.mean()), 3) if found else None,
            "max_px": round(float(self.distances.max()), 3) if found else None,
            f"pck_{SAME:.0f}px": round(float((self.distances <= SAME).mean()), 5)
            if found
            else None,
        }


def measure_agreement(
    measured: PoseModels, reference: PoseModels, frames: Iterable[Frame]
) -> Agreement:
    """Read the same frames with both and compare.

    Both look where the reference expects people, so that one difference does
    not make all that follow.
    """
    pair = measured.estimator(), reference.estimator()
    tracker = Tracker()
    read = people = missed = added = 0
    distances: list[Floats] = []
    for frame in frames:
        expected = [track.pose for track in tracker.predict(frame.time)]
        here, there = (estimator.estimate(frame.image, expected) for estimator in pair)
        tracker.update(there, frame.time, frame.image)
        both = same_people(here, there)
        read += 1
        people += len(there)
        missed += len(there) - len(both)
        added += len(here) - len(both)
        for mine, theirs in both:
            apart = np.linalg.norm(mine.keypoints - theirs.keypoints, axis=1)
            distances.append(apart[theirs.scores >= SEEN])
    joined = np.concatenate(distances) if distances else np.empty(0, np.float32)
    return Agreement(read, people, missed, added, joined)


def agreement_with_cpu(engine: Engine, spec: str) -> Agreement:
    """Compare the keypoints of the loaded models with those of the CPU in fp32.

    On the first frames of a source, :data:`FRAMES` of them.

    Raises
    ------
    SourceError
        If the source cannot be read.
    """
    settings = engine.settings
    reference = PoseModels(settings.pose, "cpu", settings.threads)
    with open_source(spec) as source:
        frames = islice(iter(source.read, None), FRAMES)
        return measure_agreement(engine.pose_models, reference, frames)


def same_people(here: list[Pose], there: list[Pose]) -> list[tuple[Pose, Pose]]:
    """Return the pairs of poses that are of one person, each pose at most once."""
    if not here or not there:
        return []
    mine, theirs = (np.stack([pose.keypoints for pose in poses]) for poses in (here, there))
    apart = np.linalg.norm(mine[:, None] - theirs[None], axis=-1).mean(axis=-1)
    boxes = np.stack([pose.box for pose in there])
    limits = _SOMEBODY_ELSE * (boxes[:, 2:] - boxes[:, :2]).mean(axis=1)
    rows, columns = lap.lapjvx(apart, extend_cost=True, return_cost=False)
    return [
        (here[row], there[column])
        for row, column in zip(rows, columns, strict=True)
        if apart[row, column] <= limits[column]
    ]
