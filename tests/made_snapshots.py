"""Snapshots to show, made by hand."""

import numpy as np

from choreai_live.messages import Frame, Pose, Readout, Snapshot, Track

LABELS = ("afrobeat", "classical", "hiphop", "other")
#: A standing figure in a box of 1 by 2, COCO-17 order.
FIGURE = np.array(
    [
        *((0.50, 0.15), (0.54, 0.12), (0.46, 0.12), (0.58, 0.14), (0.42, 0.14)),
        *((0.72, 0.40), (0.28, 0.40), (0.90, 0.70), (0.10, 0.70), (0.95, 1.00), (0.05, 1.00)),
        *((0.65, 1.00), (0.35, 1.00), (0.68, 1.50), (0.32, 1.50), (0.70, 1.95), (0.30, 1.95)),
    ],
    dtype=np.float32,
)


def track(id_: int, x: float, y: float, width: float, *, missed: int = 0) -> Track:
    """Return a dancer standing in a box of ``width`` by twice that, upper left at x, y."""
    keypoints = (FIGURE * width + (x, y)).astype(np.float32)
    box = np.array([x, y, x + width, y + 2 * width], np.float32)
    pose = Pose(keypoints, np.full(17, 0.95, np.float32), box, 0.95)
    return Track(id_, pose, age=30, missed=missed)


def readout(label: str | None, confidence: float = 0.8, since: float = 0.0) -> Readout:
    """Return a readout of `label` with the rest shared by the other classes."""
    shares = np.full(len(LABELS), (1 - confidence) / (len(LABELS) - 1), np.float32)
    shares[LABELS.index(label or "classical")] = confidence
    return Readout(shares, label, confidence, since)


def snapshot(
    *tracks: Track, readouts: dict[int, Readout] | None = None, time: float = 0.0
) -> Snapshot:
    """Return a snapshot over a grey picture, 640 by 480, lighter at its left."""
    image = np.full((480, 640, 3), 60, np.uint8)
    image[:, :200] = 120
    return Snapshot(Frame(image, time, round(time * 30), 0.0), tracks, readouts or {}, {})
