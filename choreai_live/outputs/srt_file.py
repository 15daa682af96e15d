"""Results as SubRip subtitles, to be read over the video itself."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePath
from urllib.parse import urlsplit

from choreai_live.classification import SourceReport
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

    A video's subtitles are called like the video, as players expect; a second
    source of the same name gets a number.
    """
    names: list[str] = []
    taken: set[str] = set()
    for source in sources:
        stem = _stem(source)
        number, name = 1, stem
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names.append(f"{name}.srt")
    return names


def _stem(source: str) -> str:
    if "://" in source:
        url = urlsplit(source)
        last = PurePath(url.path).stem or url.netloc.rpartition("@")[2]
    else:
        last = PurePath(source.partition("?")[0] if source.startswith("demo?") else source).stem
    return re.sub(r"[^\w.-]+", "_", last).strip("._") or "source"


def _line(dancer: int, segment: Segment, *, alone: bool) -> str:
    who = "" if alone else f"Dancer {dancer}: "
    if segment.label is None:
        return f"{who}not sure"
    return f"{who}{segment.label} {segment.confidence:.0%}"


def _milliseconds(seconds: float) -> int:
    return max(0, round(seconds * 1000))


def _timestamp(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02},{thousandths:03}"
