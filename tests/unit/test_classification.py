"""Classifying a whole source."""

from collections.abc import Callable
from pathlib import Path

import pytest
from clips import write_clip
from rtsp_server import RtspServer

from choreai_live.capture import Source
from choreai_live.classification import (
    DancerReport,
    classify_poses,
    classify_source,
    report_on,
    report_on_poses,
)
from choreai_live.messages import Snapshot
from choreai_live.pipeline import Engine
from choreai_live.style import Segment

SMALL = "demo?width=240&height=180"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def stop_after(frames: int) -> Callable[[Source, Snapshot], None]:
    """Return a watcher that presses Ctrl-C."""

    def watch(_: Source, snapshot: Snapshot) -> None:
        if snapshot.frame.index + 1 == frames:
            raise KeyboardInterrupt

    return watch


def test_ctrl_c_is_the_end_of_a_source_without_one(engine: Engine) -> None:
    report = classify_source(engine, SMALL, stop_after(20))
    assert (report.frames, report.error) == (20, None)
    assert report.duration == pytest.approx(19 / 30)
    (dancer,) = report.dancers
    assert dancer.last_seen == pytest.approx(19 / 30)


def test_ctrl_c_in_a_source_with_an_end_gives_no_half_report(engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt):
        classify_source(engine, f"{SMALL}&seconds=5", stop_after(5))


def test_what_was_read_before_a_stream_broke_is_kept(
    engine: Engine, tmp_path: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    write_clip(tmp_path / "clip.mp4", count=50)
    server = rtsp_server(tmp_path)

    def pull_the_cable(_: Source, snapshot: Snapshot) -> None:
        server.hang_up()

    report = classify_source(engine, server.url("clip.mp4", endless=True), pull_the_cable)
    assert report.error is not None
    assert report.frames > 0
    assert report.size == (64, 48)


def test_a_source_that_cannot_be_opened_is_a_report_with_its_secrets_kept(engine: Engine) -> None:
    report = classify_source(engine, "gopher://me:s3cret@example.org/dance")
    assert report.source == "gopher://***@example.org/dance"
    assert report.error is not None
    assert "s3cret" not in report.error
    assert (report.frames, report.duration, report.dancers) == (0, None, ())


def test_the_report_says_what_read_it(engine: Engine) -> None:
    report = report_on(engine, [])
    assert report.pose == "blazepose"
    assert report.labels == engine.style_model.labels
    assert set(report.unsure_labels) == engine.style_model.unsure_labels


def test_shares_are_of_the_time_that_was_read() -> None:
    segments = (
        Segment(0, 1, None, 0.5),
        Segment(1, 4, "hiphop", 0.9),
        Segment(10, 11, None, 0.5),
        Segment(11, 12, "classical", 0.9),
    )
    shares = DancerReport(1, 0, 12, segments, {}).shares()
    assert list(shares) == ["hiphop", None, "classical"]
    assert list(shares.values()) == pytest.approx([1 / 2, 1 / 3, 1 / 6])
    assert DancerReport(1, 0, 0, (), {}).shares() == {}


def test_recorded_poses_that_cannot_be_read_are_a_report_too(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "r.json").write_text("[]")
    report = classify_poses(engine.style_model, 25.0, str(tmp_path / "r.json"))
    assert report.error is not None
    assert "r.json holds no person" in report.error
    assert (report.frames, report.duration, report.dancers) == (0, None, ())
    assert report_on_poses(engine.style_model, [report]).pose == "recorded"
