#!/usr/bin/env python
"""Measure who-is-who on rendered scenes: demo dancers through the real pose models and tracker.

Prints one row per scene with the measures of the MOT challenge (IDF1: Ristani
et al., ECCV workshops 2016; MOTA: Bernardin & Stiefelhagen, EURASIP JIVP 2008),
computed by motmetrics:

    python scripts/evaluate_tracking.py                # every scene, a few minutes
    python scripts/evaluate_tracking.py crossing-2     # scenes whose name begins so
    python scripts/evaluate_tracking.py --rate 12      # as from a slow webcam
    python scripts/evaluate_tracking.py --poses-only   # as from poses without their video
"""

import argparse
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import thread_time
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.progress import track as progress
from rich.table import Table

from choreai_live.demo import DemoScene, SceneSettings, Truth
from choreai_live.messages import Track
from choreai_live.pose import PoseModels
from choreai_live.similarity import iou_matrix
from choreai_live.tracking import Tracker

with warnings.catch_warnings():
    # motmetrics 1.4 predates numpy 2 and pandas 3.
    warnings.simplefilter("ignore")
    import motmetrics

#: A pose and a dancer are the same person from this box overlap on (the MOT challenge's).
SAME_IOU: Final = 0.5
#: Dancers with a smaller share of keypoints in view need not be found, and
#: finding them is no mistake either (the MOT challenge's "ignored").
LEAST_VISIBLE: Final = 0.35

METRICS: Final = ["idf1", "mota", "num_switches", "num_unique_objects", "num_fragmentations"]


@dataclass(frozen=True)
class Scene:
    """A scene to measure on: what it is called, what it shows, for how long (seconds)."""

    name: str
    settings: SceneSettings
    seconds: float = 12.0


SCENES: Final = (
    *(Scene(f"crossing-2/{s}", SceneSettings(2, seed=s, crossing=True)) for s in range(4)),
    *(Scene(f"crossing-3/{s}", SceneSettings(3, seed=s, crossing=True)) for s in range(2)),
    *(Scene(f"crossing-4/{s}", SceneSettings(4, seed=s, crossing=True)) for s in range(4)),
    *(Scene(f"exits-1/{s}", SceneSettings(1, seed=s, exits=True)) for s in range(2)),
    *(Scene(f"exits-2/{s}", SceneSettings(2, seed=s, exits=True)) for s in range(2)),
    *(Scene(f"occluder-1/{s}", SceneSettings(1, seed=s, occluder=True)) for s in range(2)),
    *(Scene(f"occluder-2/{s}", SceneSettings(2, seed=s, occluder=True)) for s in range(2)),
)


def watched(
    scene: Scene, models: PoseModels, tracker: Tracker, *, pictures: bool = True
) -> Iterator[tuple[float, list[Truth], list[Track]]]:
    """Yield time, truth and tracks for every frame; the tracker sees poses only if no pictures."""
    stage = DemoScene(scene.settings)
    estimator = models.estimator()
    for index in range(round(scene.seconds * scene.settings.rate)):
        time = index / scene.settings.rate
        expected = [track.pose for track in tracker.predict(time)]
        image = stage.render(time)
        poses = estimator.estimate(image, expected)
        yield time, stage.truth(time), tracker.update(poses, time, image if pictures else None)


class Score:
    """Gathers what a tracker said about a scene, frame by frame."""

    def __init__(self) -> None:
        self._accumulator = motmetrics.MOTAccumulator(auto_id=True)

    def add(self, truth: Sequence[Truth], tracks: Sequence[Track]) -> None:
        """Take in one frame."""
        tracks = [track for track in tracks if track.missed == 0]
        seen = np.array([t.visible.mean() >= LEAST_VISIBLE for t in truth], bool)
        found = np.stack([t.pose.box for t in tracks]) if tracks else np.empty((0, 4), np.float32)
        overlap = iou_matrix(np.stack([t.box for t in truth]), found).astype(np.float64)
        # Whoever fits nobody in view but somebody hidden was guessed rightly.
        excused = (overlap[~seen] >= SAME_IOU).any(axis=0) & ~(overlap[seen] >= SAME_IOU).any(
            axis=0
        )
        distances = 1 - overlap[seen][:, ~excused]
        self._accumulator.update(
            [t.id for t, s in zip(truth, seen, strict=True) if s],
            [t.id for t, e in zip(tracks, excused, strict=True) if not e],
            np.where(distances <= 1 - SAME_IOU, distances, np.nan),
        )

    def summary(self) -> dict[str, float]:
        """Return the measures by their motmetrics names, see :data:`METRICS`."""
        return summaries({"scene": self})["scene"]


def summaries(scores: dict[str, Score]) -> dict[str, dict[str, float]]:
    """Return the measures of every scene and, as ``OVERALL``, of all together."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table: Any = motmetrics.metrics.create().compute_many(
            [score._accumulator for score in scores.values()],
            names=list(scores),
            metrics=METRICS,
            generate_overall=True,
        )
    return {str(name): row.to_dict() for name, row in table.iterrows()}


def main() -> None:
    """Measure the scenes asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenes", nargs="*", help="how the names of the scenes begin")
    parser.add_argument("--rate", type=float, default=30.0, help="frames per second")
    parser.add_argument("--seconds", type=float, help="length of each scene")
    parser.add_argument(
        "--poses-only", action="store_true", help="do not let the tracker see colours"
    )
    wanted = parser.parse_args()
    models = PoseModels()
    scores: dict[str, Score] = {}
    spent, frames = 0.0, 0
    chosen = [s for s in SCENES if s.name.startswith(tuple(wanted.scenes) or "")]
    console = Console()
    for scene in progress(chosen, console=console, transient=True):
        scene = replace(
            scene,
            settings=replace(scene.settings, rate=wanted.rate),
            seconds=wanted.seconds or scene.seconds,
        )
        tracker = _Timed()
        scores[scene.name] = Score()
        for _, truth, tracks in watched(scene, models, tracker, pictures=not wanted.poses_only):
            scores[scene.name].add(truth, tracks)
            frames += 1
        spent += tracker.spent
    console.print(_table(summaries(scores)))
    console.print(f"tracking: {spent / max(frames, 1) * 1e3:.2f} ms of CPU time per frame")


class _Timed(Tracker):
    spent = 0.0

    def predict(self, time: float) -> list[Track]:
        began = thread_time()
        tracks = super().predict(time)
        self.spent += thread_time() - began
        return tracks

    def update(self, poses: Any, time: float, image: Any = None) -> list[Track]:
        began = thread_time()
        tracks = super().update(poses, time, image)
        self.spent += thread_time() - began
        return tracks


def _table(rows: dict[str, dict[str, float]]) -> Table:
    table = Table("scene", *(("IDF1", "MOTA", "switches", "dancers", "fragments")))
    for name, row in rows.items():
        cells = [f"{row[m]:.3f}" if m in ("idf1", "mota") else f"{row[m]:.0f}" for m in METRICS]
        table.add_row(name, *cells, end_section=name == list(rows)[-2])
    return table


if __name__ == "__main__":
    main()
