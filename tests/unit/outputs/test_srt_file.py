"""Results as subtitles."""

from dataclasses import replace

import pytest

from choreai_live.classification import ClassificationReport, DancerReport, SourceReport
from choreai_live.outputs import classification_srt, subtitle_names
from choreai_live.style import Segment


def test_cues_never_overlap_and_name_every_dancer_in_view(report: ClassificationReport) -> None:
    assert classification_srt(report.sources[0]) == (
        "1\n00:00:00,000 --> 00:00:01,000\nDancer 1: not sure\n\n"
        "2\n00:00:01,000 --> 00:00:02,000\nDancer 1: hiphop 88%\n\n"
        "3\n00:00:02,000 --> 00:00:06,000\nDancer 1: hiphop 88%\nDancer 3: not sure\n\n"
        "4\n00:00:06,000 --> 00:00:08,000\nDancer 3: not sure\n\n"
        "5\n00:00:08,000 --> 00:00:09,000\nDancer 1: hiphop 70%\nDancer 3: not sure\n\n"
        "6\n00:00:09,000 --> 00:00:10,000\nDancer 1: hiphop 70%\n\n"
    )


def test_a_dancer_alone_needs_no_number_and_absence_no_cue(report: ClassificationReport) -> None:
    duo = report.sources[0]
    alone = replace(duo, dancers=duo.dancers[:1])
    assert classification_srt(alone) == (
        "1\n00:00:00,000 --> 00:00:01,000\nnot sure\n\n"
        "2\n00:00:01,000 --> 00:00:06,000\nhiphop 88%\n\n"
        "3\n00:00:08,000 --> 00:00:10,000\nhiphop 70%\n\n"
    )


def test_hours_and_rounding() -> None:
    segment = Segment(3599.9996, 36061.5, "hiphop", 0.5)
    dancer = DancerReport(1, 0, 0, (segment,), {})
    text = classification_srt(SourceReport("long.mp4", dancers=(dancer,)))
    assert "01:00:00,000 --> 10:01:01,500" in text


def test_a_finer_name_stands_behind_the_style(finer: ClassificationReport) -> None:
    text = classification_srt(finer.sources[0])
    assert "00:00:02,000\nafrobeat · gwara, fast 80%\n" in text
    assert "00:00:03,000\nmy own 70%\n" in text


def test_nobody_seen_is_an_empty_file(report: ClassificationReport) -> None:
    assert classification_srt(report.sources[1]) == ""


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (["a/clip.mp4", "b/clip.mov", "CLIP.avi"], ["clip.srt", "clip-2.srt", "CLIP-3.srt"]),
        (["clip-2.mp4", "clip.mp4", "clip.mp4"], ["clip-2.srt", "clip.srt", "clip-3.srt"]),
        (["rtsp://***@cam.local/live/main?x=1"], ["main.srt"]),
        (["rtsp://***@cam.local:554"], ["cam.local_554.srt"]),
        (["0", "demo?dancers=2", "shots/*.png"], ["0.srt", "demo.srt", "source.srt"]),
        (["/a/b/../..", "tänzerin 1.mp4"], ["source.srt", "tänzerin_1.srt"]),
    ],
)
def test_each_source_has_a_subtitle_file_of_its_own(sources: list[str], names: list[str]) -> None:
    assert subtitle_names(sources) == names
