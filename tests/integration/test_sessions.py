"""Sessions: recorded, killed, finished, played again and exported, with everything real."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import av
import numpy as np
import pyarrow.parquet as pq
import pytest
from clips import dancer, write_clip
from recordings import ABOUT, frames_in, noisy_snapshots, told
from rtsp_server import RtspServer
from typer.testing import CliRunner

from choreai_live.capture import Source, open_source
from choreai_live.cli import app
from choreai_live.errors import SourceError
from choreai_live.messages import Frame, Snapshot
from choreai_live.pipeline import Engine
from choreai_live.recorded import read_results
from choreai_live.session import (
    RecordingSettings,
    SessionAbout,
    SessionRecorder,
    finish_interrupted,
)
from choreai_live.session.reading import RecordedSession
from choreai_live.settings import EngineSettings
from choreai_live.skeleton import KEYPOINT_NAMES
from choreai_live.teaching.watching import Watcher

DUO = "demo?dancers=2&seconds=4&width=320&height=240"
PROGRAM = (sys.executable, "-m", "choreai_live")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


class Broken(Source):
    """The demo, seen over one connection, then over another that gives another size."""

    live = False
    size = (320, 240)

    def __init__(self) -> None:
        self.name = "hall"
        self._sources = [
            open_source(f"demo?dancers=2&seconds=3&width={width}&height={height}")
            for width, height in ((320, 240), (256, 192))
        ]
        self._last = 0.0

    def read(self) -> Frame | None:
        for connection, source in enumerate(self._sources):
            if (frame := source.read()) is not None:
                begin = 4.5 * connection
                return replace(frame, time=begin + frame.time, connection=connection)
        return None

    def close(self) -> None:
        for source in self._sources:
            source.close()


def run_through(engine: Engine, source: Source) -> list[Snapshot]:
    with engine.pipeline(source) as pipeline:
        return list(pipeline)


@pytest.mark.parametrize("begin", [0, 50])
def test_a_replay_says_again_what_was_said(engine: Engine, tmp_path: Path, begin: int) -> None:
    """Across a reconnection, over several parts, and from the middle of a source on."""
    said: list[Snapshot] = []
    settings = RecordingSettings(split_seconds=0.7, floor_bytes=0)
    source = Broken()
    with (
        engine.pipeline(source) as pipeline,
        SessionRecorder(
            tmp_path, settings, SessionAbout.of(engine, source), patient=True
        ) as recorder,
    ):
        for number, snapshot in enumerate(pipeline):
            if number == begin:
                recorder.begin_from(pipeline.classifier.memory())
            if number >= begin:
                recorder.record(snapshot)
                said.append(snapshot)
    assert recorder.failure is None
    assert len(RecordedSession(recorder.path).parts) > 4
    again = run_through(engine, open_source(str(recorder.path)))
    assert len(again) == len(said) == 180 - begin
    labels = set()
    for one, other in zip(said, again, strict=True):
        assert other.frame.time == one.frame.time
        assert other.frame.image.shape == one.frame.image.shape
        assert told(other.tracks, dict(other.readouts)) == told(one.tracks, dict(one.readouts))
        labels |= {readout.label for readout in one.readouts.values()}
    assert len(labels - {None}) >= 1
    assert {snapshot.frame.connection for snapshot in again} == {0, 1}


def test_a_replay_reads_what_was_taught_again(tmp_path: Path) -> None:
    engine = Engine(EngineSettings(taught_styles=tmp_path / "styles", ready_made_styles=False))
    dance = "demo?width=240&height=180&seed=3&seconds=9&dance="
    for name, family, shown in (("mine", None, "afrobeat"), ("bow", "classical", "classical")):
        watcher = Watcher(engine.style_model)
        for snapshot in run_through(engine, open_source(f"{dance}{shown}")):
            watcher.see(snapshot.tracks, snapshot.frame.time)
        engine.library.teach(name, watcher.takes(watcher.dancers[0]), family)
    said: list[Snapshot] = []
    for shown in ("afrobeat", "classical"):
        source = open_source(f"{dance}{shown}")
        about = SessionAbout.of(engine, source)
        settings = RecordingSettings(video=False, floor_bytes=0)
        said.clear()
        with (
            engine.pipeline(source) as pipeline,
            SessionRecorder(tmp_path / shown, settings, about, patient=True) as recorder,
        ):
            for number, snapshot in enumerate(pipeline):
                if number == 150:
                    recorder.begin_from(pipeline.classifier.memory())
                if number >= 150:
                    recorder.record(snapshot)
                    said.append(snapshot)
        again = run_through(engine, open_source(str(recorder.path)))
        for one, other in zip(said, again, strict=True):
            assert told(other.tracks, dict(other.readouts)) == told(one.tracks, dict(one.readouts))
            assert [r.taught for r in other.readouts.values()] == [
                r.taught for r in one.readouts.values()
            ]
        words = {r.words for snapshot in again for r in snapshot.readouts.values()}
        assert {"afrobeat": "mine", "classical": "classical · bow"}[shown] in words
        kept = {r.words for frame in frames_in(recorder.path) for r in frame.readouts.values()}
        assert kept == words


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a session of two demo dancers, recorded by the program."""
    folder = tmp_path_factory.mktemp("sessions")
    result = subprocess.run(
        [*PROGRAM, "record", DUO, "--folder", str(folder), "--disk-floor-megabytes", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    path = Path(result.stdout.strip())
    assert path.parent == folder
    assert result.stderr.startswith("120 frames, ")
    return path


@pytest.fixture(scope="module")
def exported(session: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every file a session can become."""
    folder = tmp_path_factory.mktemp("exported")
    kinds = ("csv", "json", "srt", "parquet", "alphapose", "video")
    options = [word for kind in kinds for word in (f"--{kind}", str(folder / kind))]
    result = CliRunner().invoke(app, ["export", str(session), *options])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in folder.iterdir()) == sorted(kinds)
    return folder


def test_the_list_of_sessions_says_how_they_are(session: Path) -> None:
    result = CliRunner(env={"COLUMNS": "120"}).invoke(app, ["sessions", str(session.parent)])
    assert result.exit_code == 0
    assert session.name in result.output
    assert "finished" in result.output
    assert "0:04.0" in result.output


def test_every_number_of_the_csv_is_the_one_recorded(session: Path, exported: Path) -> None:
    with (exported / "csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    frames = frames_in(session)
    seen = [(frame, track) for frame in frames for track in frame.tracks]
    assert len(rows) == len(seen) > 200
    for row, (frame, track) in zip(rows, seen, strict=True):
        assert float(row["time"]) == frame.row.time
        assert int(row["dancer"]) == track.id
        points = [[row[f"{name}_{axis}"] for axis in ("x", "y")] for name in KEYPOINT_NAMES]
        assert (np.array(points).astype(np.float32) == track.pose.keypoints).all()
        readout = frame.readouts.get(track.id)
        if readout is None:
            assert row["confidence"] == row["p_hiphop"] == row["finer"] == ""
        else:
            assert row["label"] == (readout.label or "")
            assert row["finer"] == (readout.finer or "")
            assert float(row["confidence"]) == readout.confidence
            assert np.float32(row["p_hiphop"]) == readout.probabilities[2]


def test_the_parquet_file_is_the_same_table(exported: Path) -> None:
    table = pq.read_table(exported / "parquet")
    with (exported / "csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert table.column_names == rows[0]
    assert table.num_rows == len(rows) - 1
    assert table.schema.metadata[b"choreai.source"] == b"demo"
    for name in ("time", "dancer", "label", "finer", "nose_x", "p_other"):
        column = rows[0].index(name)
        kind = {"label": str, "finer": str, "dancer": int}.get(name, float)
        values = table.column(name).to_pylist()
        for value, row in zip(values, rows[1:], strict=True):
            text = row[column]
            assert value == (None if text == "" else kind(text)) or np.float32(text) == value


def test_the_json_is_what_classifying_the_session_says(session: Path, exported: Path) -> None:
    document = json.loads((exported / "json").read_text())
    again = exported.parent / "again.json"
    result = CliRunner().invoke(app, ["classify", str(session), "--json", str(again)])
    assert result.exit_code == 0
    replayed = json.loads(again.read_text())
    assert document["sources"][0].pop("source") == "demo"
    assert replayed["sources"][0].pop("source") == str(session)
    assert document == replayed
    assert len(document["sources"][0]["dancers"]) == 2
    assert (exported / "srt").read_text().startswith("1\n00:00:00,000 --> ")


def test_alphapose_results_are_read_back(session: Path, exported: Path) -> None:
    recording = read_results(exported / "alphapose")
    seen = sum(track.missed == 0 for frame in frames_in(session) for track in frame.tracks)
    assert sum(len(frame.poses) for frame in recording.frames) == seen


def test_the_annotated_video_shows_every_frame_at_its_time(session: Path, exported: Path) -> None:
    frames = frames_in(session)
    with av.open(str(exported / "video")) as drawn, av.open(str(session / "part-0001.mp4")) as kept:
        pairs = list(zip(drawn.decode(video=0), kept.decode(video=0), strict=True))
    assert len(pairs) == len(frames)
    for frame, (one, _) in zip(frames, pairs, strict=True):
        assert abs(one.time - (frame.row.time - frames[0].row.time)) < 1e-4
    differences = [
        np.abs(one.to_ndarray(format="bgr24").astype(int) - other.to_ndarray(format="bgr24"))
        for one, other in pairs[60:63]
    ]
    assert all((difference > 100).sum() > 300 for difference in differences)


def test_export_refuses_what_does_not_fit(session: Path, tmp_path: Path) -> None:
    def refusal(*arguments: object) -> str:
        result = CliRunner(env={"COLUMNS": "200", "TERM": "dumb"}).invoke(
            app, ["export", *map(str, arguments)]
        )
        assert result.exit_code == 2
        return " ".join(result.output.replace("│", " ").split())

    assert "say what to write: --csv, --json" in refusal(session)
    assert "is a recorded session, which holds no model; leave it out" in refusal(
        session, "--out", tmp_path / "x.onnx"
    )
    assert "is no recorded session; leave it out" in refusal(tmp_path, "--csv", tmp_path / "x.csv")
    assert "name the model file to write; for a recorded session" in refusal(tmp_path)
    assert "choose one of default, cmu, open" in refusal(
        session, "--alphapose", tmp_path / "x.json", "--alphapose-format", "mine"
    )
    assert "is part of the session" in refusal(session, "--video", session / "part-0001.mp4")
    same = tmp_path / "x"
    assert "is asked for twice" in refusal(session, "--csv", same, "--json", same)
    assert list(tmp_path.iterdir()) == []
    assert len(frames_in(session)) == 120


def test_what_was_there_stays_where_an_export_fails(session: Path, tmp_path: Path) -> None:
    target = tmp_path / "old.csv"
    target.write_text("mine")
    target.chmod(0o400)
    (tmp_path / "folder").mkdir()
    result = CliRunner().invoke(
        app, ["export", str(session), "--csv", str(target), "--json", str(tmp_path / "folder")]
    )
    assert result.exit_code == 2
    assert target.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "old.csv"]


def begun(folder: Path, *more: str) -> tuple[subprocess.Popen[str], Path]:
    """Start the program recording, and return it with its session once something is in it."""
    process = subprocess.Popen(
        [
            *(*PROGRAM, "record", "demo?dancers=1&width=160&height=120", *more),
            *("--folder", str(folder), "--disk-floor-megabytes", "0"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_CONFIG_HOME": str(folder)},
    )
    assert process.stdout is not None
    path = Path(process.stdout.readline().strip())
    until = monotonic() + 60
    while monotonic() < until:
        if frames_so_far(path) > 5:
            return process, path
        sleep(0.05)
    process.kill()
    raise AssertionError("nothing was recorded")


def frames_so_far(path: Path) -> int:
    try:
        return RecordedSession(path).frames
    except (SourceError, OSError):
        return 0


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_end_ends_a_recording_well(tmp_path: Path, wish: signal.Signals) -> None:
    process, path = begun(tmp_path)
    assert RecordedSession(path).recording
    process.send_signal(wish)
    _, complaints = process.communicate(timeout=60)
    assert process.returncode == 0, complaints
    session = RecordedSession(path)
    assert not session.recording
    assert not session.interrupted
    assert f"{session.frames} frames, " in complaints
    assert sorted(file.name for file in path.iterdir()) == ["part-0001.mp4", "part-0001.sqlite"]


def test_a_killed_recording_is_finished_by_the_next_start(tmp_path: Path) -> None:
    process, path = begun(tmp_path)
    process.kill()
    process.communicate()
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["sessions", str(tmp_path)])
    assert result.exit_code == 0
    assert f"{path} had been interrupted, and is finished now." in result.output
    assert "interrupted" in result.output.splitlines()[-2]


def test_of_fifty_killed_recordings_none_loses_more_than_a_second(project_root: Path) -> None:
    result = subprocess.run(
        [sys.executable, project_root / "scripts" / "kill_recordings.py", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    told_of = json.loads(result.stdout)
    assert (told_of["killings"], told_of["unfinished"]) == (50, 0)
    assert max(told_of["lost"], told_of["video_lost"]) <= 1.0
    # Most must have had something to lose. One killed as soon as it has begun has nothing
    # on the disk yet, and the busier the machine, the more of them there are.
    assert sum(killing["frames"] > 0 for killing in told_of["each"]) > 25


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of three megabytes, or skip."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs to mount a small disk, which only root may")
    yield disk
    # Lazily: a test that failed may still hold a file there.
    subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.mark.parametrize(
    ("floor", "sentence"),
    [(0, "the disk with .* is full"), (1_500_000, "less than 1.5 MB are free on the disk with")],
)
def test_a_full_disk_ends_the_recording_and_nothing_else(
    small_disk: Path, floor: int, sentence: str
) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"0" * 300_000)
    settings = RecordingSettings(floor_bytes=floor)
    seen = 0
    with SessionRecorder(small_disk, settings, ABOUT) as recorder:
        for snapshot in loud_snapshots():
            recorder.record(snapshot)
            seen += 1
            if recorder.failure is not None:
                break
            sleep(0.005)
        recorder.record(snapshot)  # live goes on, and nothing comes of it
    assert recorder.failure is not None
    assert re.match(f"Recording stopped because {sentence}", recorder.failure)
    session = RecordedSession(recorder.path)
    assert not session.recording
    assert seen / 3 < session.frames <= seen
    if floor:
        assert session.stopped == recorder.failure
    else:
        # Whether its last words still found room is chance; if not, the next start adds them.
        assert session.interrupted != (session.stopped == recorder.failure)
        ballast.unlink()
        assert finish_interrupted(small_disk) in ([], [recorder.path])
        assert finish_interrupted(small_disk) == []
    with open_source(str(recorder.path)) as source:
        images = [frame.image for frame in iter(source.read, None)]
    assert len(images) == session.frames
    assert sum(image.std() > 30 for image in images) > session.frames / 3
    if floor:
        assert sum(file.stat().st_size for file in recorder.path.iterdir()) < 2_500_000


def loud_snapshots() -> Iterator[Snapshot]:
    """Yield snapshots for ever whose pictures no encoder makes small."""
    chance = np.random.default_rng(0)
    for snapshot in noisy_snapshots(100_000):
        image = chance.integers(0, 255, (96, 128, 3), np.uint8)
        yield replace(snapshot, frame=replace(snapshot.frame, image=image))


def test_a_stream_that_comes_back_is_recorded_without_its_password(
    rtsp_server: Callable[..., RtspServer], tmp_path: Path
) -> None:
    stage = tmp_path / "stage"
    stage.mkdir()
    write_clip(stage / "hall.mp4", count=50, width=160, height=120, paint=dancer)
    server = rtsp_server(stage, login="anna:s3cret")
    folder = tmp_path / "sessions"
    result = subprocess.run(
        [
            *(*PROGRAM, "record", server.url("hall.mp4", login="anna:s3cret"), "--verbose"),
            *("--folder", str(folder), "--seconds", "6", "--disk-floor-megabytes", "0"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    path = Path(result.stdout.strip())
    assert path.name.endswith("_hall")
    # The clip ends after two seconds, and the stream with it; it is asked for again.
    frames = frames_in(path)
    assert len({frame.row.connection for frame in frames}) >= 2
    kinds = [event.kind for event in RecordedSession(path).events()]
    assert kinds.index("reconnecting") < kinds.index("live")
    assert "s3cret" not in result.stdout + result.stderr
    for file in path.iterdir():
        assert b"s3cret" not in file.read_bytes()
        assert b"anna" not in file.read_bytes()
