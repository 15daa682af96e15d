"""Results as SubRip subtitles, to be read over the video itself."""

from collections.abc import Iterable
from itertools import pairwise

from choreai_live.classification import SourceReport
from choreai_live.outputs.naming import result_names
from choreai_live.style import Segment


def classification_srt(report: SourceReport) -> str:
    """Return the subtitles of one source.

    Players show one cue at a time, so the time is cut wherever any dancer's
    segment begins or ends, and each cue has one line per dancer then in view.
    """
    cuts = sorted(
        {
            _milliseconds(time)
            for dancer in report.dancers
            for segment in dancer.segments
            for time in (segment.start, segment.end)
        }
    )
    cues = []
    for begin, end in pairwise(cuts):
        lines = [
            _line(dancer.id, segment, alone=len(report.dancers) == 1)
            for dancer in report.dancers
            for segment in dancer.segments
            if _milliseconds(segment.start) <= begin and end <= _milliseconds(segment.end)
        ]
        if lines:
            cues.append((begin, end, "\n".join(lines)))
    return "".join(
        f"{number}\n{_timestamp(begin)} --> {_timestamp(end)}\n{text}\n\n"
        for number, (begin, end, text) in enumerate(cues, start=1)
    )


def subtitle_names(sources: Iterable[str]) -> list[str]:
    """Return a file name for the subtitles of each source, no two alike.

    A video's subtitles are called like the video, as players expect.
    """
    return result_names(sources, ".srt")


def _line(dancer: int, segment: Segment, *, alone: bool) -> str:
    who = "" if alone else f"Dancer {dancer}: "
    if segment.label is None:
        return f"{who}not sure"
    return f"{who}{segment.words} {segment.confidence:.0%}"


def _milliseconds(seconds: float) -> int:
    return max(0, round(seconds * 1000))


def _timestamp(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02},{thousandths:03}"
