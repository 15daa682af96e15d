"""Targets that read everything else: frames, results, models, settings, sessions."""

import os
from pathlib import Path
from typing import Final

import numpy as np
from clips import dancer
from hypothesis import strategies as st
from made_snapshots import LABELS, readout, snapshot, track

from choreai_live import models
from choreai_live.capture import open_source
from choreai_live.configuration import load_settings
from choreai_live.errors import ChoreaiError
from choreai_live.messages import Frame
from choreai_live.pipeline import Engine
from choreai_live.recorded import read_results
from choreai_live.session import RecordingSettings, SessionAbout, SessionRecorder
from choreai_live.session.source import SessionSource
from choreai_live.style import StyleModel
from fuzzing.mutation import mutated
from fuzzing.target import Target, watch

_SIZES: Final = st.tuples(
    *(st.one_of(st.integers(1, 8), st.integers(1, 400)) for _ in range(2)),
)


class Frames(Target):
    """Frames of any size, with any content, through the whole pipeline with the real models."""

    suffix = ".frame"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        engine = Engine()
        self._pipeline = engine.pipeline(open_source("demo"))
        self._index = 0

    def examples(self) -> st.SearchStrategy[bytes]:
        good = [dancer(number, 160, 120).tobytes() for number in range(0, 50, 10)]

        @st.composite
        def frame(draw: st.DrawFn) -> bytes:
            width, height = draw(st.one_of(_SIZES, st.just((160, 120))))
            pixels = draw(mutated(good))[: width * height * 3]
            return width.to_bytes(4) + height.to_bytes(4) + pixels

        return frame()

    def take(self, path: Path) -> None:
        data = path.read_bytes()
        width, height = int.from_bytes(data[:4]), int.from_bytes(data[4:8])
        pixels = np.resize(np.frombuffer(data[8:], np.uint8), (height, width, 3))
        self._index += 1
        seen = self._pipeline.snapshot(Frame(pixels, self._index / 25, self._index, 0.0))
        for dancer_seen in seen.tracks:
            assert np.isfinite(dancer_seen.pose.keypoints).all()
            assert np.isfinite(dancer_seen.pose.scores).all()
        for said in seen.readouts.values():
            assert abs(float(said.probabilities.sum()) - 1) < 1e-3

    def close(self) -> None:
        self._pipeline.close()


class AlphaPoseResults(Target):
    """The JSON AlphaPose writes, in both of its forms."""

    suffix = ".json"

    def examples(self) -> st.SearchStrategy[bytes]:
        numbers = ", ".join(f"{i}.5, {100 + i}, 0.9" for i in range(17))
        person = '{"image_id": "%d.jpg", "category_id": 1, "keypoints": [%s], "score": 2.9%s}'
        coco = ", ".join(person % (i, numbers, f', "idx": {i}' if i % 2 else "") for i in range(3))
        joints = ", ".join(f"{i}, {100 + i}, 0.9" for i in range(18))
        openpose = (
            '{"1.jpg": {"version": "AlphaPose v0.3", "bodies": [{"joints": [%s]}]}, '
            '"2.jpg": {"version": "AlphaPose v0.3", "bodies": [{"joints": [%s]}]}}'
        )
        return mutated([f"[{coco}]".encode(), (openpose % (joints, joints)).encode()])

    def take(self, path: Path) -> None:
        read_results(path)


class StyleModels(Target):
    """A style model a user drops in."""

    suffix = ".onnx"

    def examples(self) -> st.SearchStrategy[bytes]:
        return mutated([models.locate("style").read_bytes()])

    def take(self, path: Path) -> None:
        StyleModel(path)


class Settings(Target):
    """The program's settings file."""

    suffix = ".toml"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        # The last good ones are kept there, and not among the user's.
        os.environ["XDG_STATE_HOME"] = str(folder / "state")

    def examples(self) -> st.SearchStrategy[bytes]:
        return mutated([_SETTINGS])

    def take(self, path: Path) -> None:
        notice = load_settings(path).notice
        if notice is not None:
            raise ChoreaiError(notice)


class Sessions(Target):
    """The table of a recorded session, with its video beside it."""

    suffix = ".sqlite"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        about = SessionAbout("stage", LABELS, ("other",))
        with SessionRecorder(folder / "sessions", RecordingSettings(floor_bytes=0), about) as made:
            for number in range(12):
                who = track(1, 20 + number, 10, 60)
                made.record(
                    snapshot(who, readouts={1: readout("hiphop")}, time=number / 25),
                    dancer(number, 96, 64),
                )
        self._session = made.path
        self._table = next(made.path.glob("*.sqlite"))
        self._good = self._table.read_bytes()
        (self._video,) = made.path.glob("*.mp4")
        self._good_video = self._video.read_bytes()

    def examples(self) -> st.SearchStrategy[bytes]:
        return mutated([self._good])

    def take(self, path: Path) -> None:
        self._table.write_bytes(path.read_bytes())
        self._video.write_bytes(self._good_video)  # who reads a session may finish it
        with SessionSource(self._session) as source:
            watch(source)


_SETTINGS: Final = b"""# The stage.
[source]
spec = "rtsp://stage:secret@camera.example/live"
transport = "tcp"

[models]
pose = "movenet"
provider = "cpu"
precision = "fp32"
threads = 2

[window]
fullscreen = true

[kiosk]
display = 1
privacy = false
mirror = true
most_tags = 4
quit_keys = "Ctrl+Alt+Q"
invitation = "Step in \\u00fc"

[recording]
enabled = true
folder = "/srv/sessions"
split_minutes = 7.5
disk_floor_megabytes = 500.0

[monitoring]
host = "127.0.0.1"
port = 8765

[log]
level = "info"
megabytes = 5.0
kept = 5
"""
