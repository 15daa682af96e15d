"""Makes snapshots worth recording, and small sessions of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from clips import picture

from choreai_live.messages import Frame, Pose, Readout, Snapshot, Track
from choreai_live.session import RecordingSettings, SessionAbout, SessionRecorder
from choreai_live.session.reading import RecordedFrame, RecordedSession

LABELS = ("afrobeat", "classical", "hiphop", "other")
ABOUT = SessionAbout("hall", LABELS, ("other",), "3.0.0", "ab" * 32, "blazepose", 25.0)
#: Tests run where hardly anything may be free.
ANYWHERE = RecordingSettings(floor_bytes=0)


def noisy_track(chance: np.random.Generator, id_: int, *, missed: int = 0) -> Track:
    """Return a track of numbers with all their bits."""
    pose = Pose(
        chance.uniform(-50, 700, (17, 2)).astype(np.float32),
        chance.random(17, np.float32),
        chance.uniform(0, 640, 4).astype(np.float32),
        float(chance.random()),
    )
    return Track(id_, pose, int(chance.integers(1, 9000)), missed)


def noisy_readout(chance: np.random.Generator, label: str | None) -> Readout:
    """Return a readout of numbers with all their bits; afrobeat with a finer name."""
    shares = chance.dirichlet(np.ones(len(LABELS))).astype(np.float32)
    finer = "gwara · fast" if label == "afrobeat" else None
    return Readout(shares, label, float(shares.max()), float(chance.uniform(0, 9)), finer)


def noisy_snapshots(
    count: int,
    *,
    size: tuple[int, int] = (64, 48),
    begin: float = 0.0,
    rate: float = 25.0,
    connection: int = 0,
    first: int = 0,
) -> Iterator[Snapshot]:
    """Yield snapshots of numbered pictures: two dancers, one of them not read, the other missed."""
    chance = np.random.default_rng(7)
    for number in range(first, first + count):
        time = begin + (number - first) / rate + float(chance.uniform(0, 0.01))
        frame = Frame(picture(number, *size), time, 3 * number, 0.0, connection)
        tracks = (noisy_track(chance, 4), noisy_track(chance, 9, missed=number % 3))
        label = LABELS[number % 3] if number % 4 else None
        yield Snapshot(frame, tracks, {9: noisy_readout(chance, label)})


def record_session(
    folder: Path,
    snapshots: Iterable[Snapshot],
    settings: RecordingSettings = ANYWHERE,
    about: SessionAbout = ABOUT,
) -> Path:
    """Record snapshots with every picture, and return the session."""
    with SessionRecorder(folder, settings, about, patient=True) as recorder:
        for snapshot in snapshots:
            recorder.record(snapshot)
    assert recorder.failure is None
    return recorder.path


def frames_in(path: Path) -> list[RecordedFrame]:
    """Return every frame of a session."""
    session = RecordedSession(path)
    return [frame for part in session.parts for frame in session.frames_of(part)]


def told(tracks: Iterable[Track], readouts: dict[int, Readout]) -> list[object]:
    """Return everything that tracks and readouts say, to be compared to the last bit."""
    return [
        [
            (t.id, t.age, t.missed, t.pose.score, *(a.tobytes() for a in arrays(t.pose)))
            for t in tracks
        ],
        [
            (id_, r.probabilities.tobytes(), r.label, r.confidence, r.since, r.finer)
            for id_, r in sorted(readouts.items())
        ],
    ]


def arrays(pose: Pose) -> tuple[np.ndarray, ...]:
    """Return the arrays of a pose."""
    return pose.keypoints, pose.scores, pose.box
