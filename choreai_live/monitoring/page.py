"""The status page: one look tells whether all is well."""

import math
from html import escape
from string import Template
from typing import Final

from choreai_live.capture.status import SourceState
from choreai_live.monitoring.figures import Figures
from choreai_live.monitoring.page_parts import SCRIPT, STYLE

_STATES: Final = {
    SourceState.OPENING: "Opening",
    SourceState.LIVE: "Live",
    SourceState.STALLED: "Stalled",
    SourceState.RECONNECTING: "Reconnecting",
    SourceState.ENDED: "Ended",
}

#: Colours of the styles as in the window, on dark and on light ground, then of any others.
_STYLES: Final = {
    "afrobeat": ("Afrobeat", "#FFC53D", "#B87900"),
    "classical": ("Classical", "#4FA3FF", "#0B65C2"),
    "hiphop": ("Hip-hop", "#FF5E6E", "#C9273C"),
}
_OTHERS: Final = (("#2ED3B7", "#0F766E"), ("#B79CFF", "#6D4BD1"), ("#D9D2C3", "#6B6453"))
_UNSURE: Final = ("Not sure", "#98A2B3", "#667085")

#: What people call the execution providers.
_PROVIDERS: Final = {
    "cpu": "CPU",
    "cuda": "CUDA",
    "tensorrt": "TensorRT",
    "openvino": "OpenVINO",
    "directml": "DirectML",
    "coreml": "Core ML",
}

_NOTHING: Final = "\N{EN DASH}"

_PAGE: Final = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<noscript><meta http-equiv="refresh" content="2"></noscript>
<title>$title · ChoreAI Live</title>
<style nonce="$nonce">$style</style>
</head>
<body>
<main id="status">
$body
</main>
<script nonce="$nonce">$script</script>
</body>
</html>
""")


def page(figures: Figures, nonce: str) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    figures
        What it tells.
    nonce
        Marks the page's own style and script; nothing else may run.
    """
    word, mood = _state(figures)
    return _PAGE.substitute(
        title=word,
        nonce=escape(nonce),
        style=STYLE,
        script=SCRIPT,
        body="\n".join(
            (_header(figures, word, mood), _tiles(figures), _danced(figures), _rest(figures))
        ),
    )


def _state(figures: Figures) -> tuple[str, str]:
    """Return a word for how it is, and whether that is good, passing or bad."""
    if figures.pipeline_memory is None:
        return "Pipeline is starting", "wait"
    if figures.state is None:
        return "Nothing to watch", "wait"
    if figures.state is SourceState.LIVE and not figures.fps:
        return "No pictures", "wait"
    mood = {SourceState.LIVE: "good", SourceState.STALLED: "bad", SourceState.RECONNECTING: "bad"}
    return _STATES[figures.state], mood.get(figures.state, "wait")


def _header(figures: Figures, word: str, mood: str) -> str:
    source = f'<p class="source">{escape(figures.source)}</p>' if figures.source else ""
    return f'<header><h1>ChoreAI Live</h1><span class="state {mood}">{word}</span>{source}</header>'


def _tiles(figures: Figures) -> str:
    recording = _duration(figures.recording_seconds) if figures.recording else "Off"
    tiles = (
        _tile(_number(figures.fps, 1), "frames a second"),
        _tile(_number(figures.latency_p50, unit=" ms"), "latency, median"),
        _tile(_number(figures.latency_p95, unit=" ms"), "latency, 95 of 100"),
        _tile(
            str(figures.dancers), "dancer in view" if figures.dancers == 1 else "dancers in view"
        ),
        _tile(recording, "recording"),
        _tile(_duration(figures.uptime), "running"),
    )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _tile(value: str, name: str) -> str:
    return f'<div class="tile"><b>{value}</b><span>{name}</span></div>'


def _danced(figures: Figures) -> str:
    total = math.fsum(figures.danced.values())
    if not total:
        return "<section><h2>Danced so far</h2><p>Nothing yet.</p></section>"
    rows, others = [], 0
    ordered = sorted(figures.danced.items(), key=lambda item: (item[0] is None, -item[1]))
    for label, seconds in ordered:
        if label is None:
            word, dark, light = _UNSURE
        elif label in _STYLES:
            word, dark, light = _STYLES[label]
        else:
            word = label.replace("_", " ").strip().capitalize()
            dark, light = _OTHERS[others % len(_OTHERS)]
            others += 1
        rows.append(_bar(word, seconds, seconds / total, dark, light))
    return f"<section><h2>Danced so far</h2>{''.join(rows)}</section>"


def _bar(word: str, seconds: float, share: float, dark: str, light: str) -> str:
    fills = "".join(
        f'<rect class="{ground}" width="{share:.1%}" height="100%" fill="{colour}"/>'
        for ground, colour in (("dark", dark), ("light", light))
    )
    return (
        f'<div class="style"><span>{escape(word)}</span><div class="bar"><svg role="img" '
        f'aria-label="{share:.0%}">{fills}</svg></div><span>{_duration(seconds)}</span></div>'
    )


def _rest(figures: Figures) -> str:
    entries = (
        ("Models run on", escape(_PROVIDERS.get(figures.provider, figures.provider)) or _NOTHING),
        ("Frames dropped", _count(figures.dropped)),
        ("Pictures skipped", _count(figures.skipped)),
        ("Source came back", _times(figures.reconnects)),
        ("Pipeline restarted", _times(figures.restarts)),
        ("Memory, program", _megabytes(figures.memory)),
        ("Memory, pipeline", _megabytes(figures.pipeline_memory)),
        ("Memory, pipeline standing by", _megabytes(figures.spare_memory)),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in entries)
    told = (*figures.notices, *filter(None, [figures.recording_failure]))
    notes = "".join(f'<section class="note">{escape(sentence)}</section>' for sentence in told)
    return (
        f"{notes}<section><h2>Since the start</h2><dl>{rows}</dl></section>"
        '<footer><a href="/metrics">Metrics for Prometheus</a></footer>'
    )


def _number(value: float | None, digits: int = 0, unit: str = "") -> str:
    if value is None:
        return _NOTHING
    return f"{value:.{digits}f}" + (f"<small>{unit}</small>" if unit else "")


def _count(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _times(value: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(value) or f"{_count(value)} times"


def _megabytes(value: int | None) -> str:
    return _NOTHING if value is None else f"{value / 2**20:.0f} MB"


def _duration(seconds: float) -> str:
    """Return a time as people say it, in its two largest units."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
