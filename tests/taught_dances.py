"""Dances to teach: what the demo dancer dances, as keypoints, and models to teach them to."""

import base64
from functools import cache
from pathlib import Path

import numpy as np
import onnx
import safetensors.numpy

from choreai_live import models
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.messages import Floats, Pose, Track
from choreai_live.style.model import StyleModel
from choreai_live.teaching import Take

RATE = 15.0


@cache
def steps_of(dance: str, seconds: float = 12.0, seed: int = 3, begin: float = 1.0) -> Floats:
    """Return float32 (steps, keypoints=17, 3): a dance of the demo dancer, of ``seed``."""
    scene = DemoScene(SceneSettings(width=640, height=480, dance=dance, seed=seed))
    bodies = [scene.truth(begin + i / RATE)[0].keypoints for i in range(round(seconds * RATE))]
    points = np.stack(bodies).astype(np.float32)
    steps = np.concatenate([points, np.full((*points.shape[:2], 1), 0.9, np.float32)], axis=2)
    steps.setflags(write=False)
    return steps


def take_of(dance: str, seconds: float = 12.0, seed: int = 3, begin: float = 1.0) -> Take:
    """Return a take of the demo dancer."""
    return Take(steps_of(dance, seconds, seed, begin), RATE)


def track_of(body: Floats, id_: int = 1, *, missed: int = 0) -> Track:
    """Return a track of one body, float32 (keypoints=17, 3)."""
    points = np.ascontiguousarray(body[:, :2])
    box = np.concatenate([points.min(axis=0), points.max(axis=0)])
    return Track(id_, Pose(points, np.ascontiguousarray(body[:, 2]), box, 0.9), 30, missed)


def model_without_embedding(path: Path) -> StyleModel:
    """Write the shipped style model as it was before it could be taught."""
    proto = onnx.load(models.locate("style"))
    (embedding,) = (output for output in proto.graph.output if output.name == "embedding")
    proto.graph.output.remove(embedding)
    onnx.save(proto, path)
    return StyleModel(path)


def model_with_another_background(path: Path, model: StyleModel) -> StyleModel:
    """Write a style model that knows the same labels and was trained on something else."""
    proto = onnx.load(model.path)
    for entry in proto.metadata_props:
        if entry.key == "choreai.teaching":
            tensors = safetensors.numpy.load(base64.b64decode(entry.value))
            tensors["scale"] *= np.float32(1.01)
            entry.value = base64.b64encode(safetensors.numpy.save(tensors)).decode()
    onnx.save(proto, path)
    return StyleModel(path)
