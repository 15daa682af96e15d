"""What the program measures of itself: latency per stage, frames per second, memory.

A number nobody can compare is worth nothing, so the machine and what else it
was doing are part of every result, and the first seconds, in which memory is
allocated and caches fill, are never counted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np
import psutil

from choreai_live import __version__
from choreai_live.agreement import Agreement
from choreai_live.capture import Source, mask_credentials, open_source
from choreai_live.errors import SourceError
from choreai_live.inference import usual_threads
from choreai_live.machine import describe_machine
from choreai_live.pipeline import Engine, Pipeline

SCHEMA: Final = "choreai.bench/1"

#: Stage to what it means, in the order of the frame's way.
STAGES: Final = {
    "read": "waiting for the next frame",
    "pose": "people and keypoints",
    "tracking": "who is who",
    "style": "buffer, LSTM, readout, timeline",
    "frame": "all of these",
    "latency": "from capture to readout",
}

_MEGABYTE: Final = 2**20
_MEMORY_INTERVAL: Final = 0.5
_DEMO_SECONDS: Final = 12
_PERCENTILES: Final = (50, 95, 99)


@dataclass(slots=True)
class BenchReport:
    """What was measured, after the warm-up.

    Parameters
    ----------
    source
        Credentials masked.
    live
        Whether newest-wins was in force; only then is ``latency`` measured,
        since a file that is read ahead has no moment of capture.
    frames, seconds
        Frames taken through all stages, and the time that took.
    dropped
        Frames that a newer one replaced.
    dancers
        Mean number of dancers in view.
    milliseconds
        Stage of :data:`STAGES` to the duration of each frame's stage.
    memory
        Resident megabytes, sampled twice a second.
    setting
        The models, what they run on and in, and the machine.
    agreement
        How far the keypoints are from those of the CPU, if that was measured.
    """

    source: str
    live: bool
    setting: dict[str, Any]
    frames: int = 0
    seconds: float = 0.0
    dropped: int = 0
    dancers: float = 0.0
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    agreement: Agreement | None = None

    @property
    def fps(self) -> float:
        """Frames per second, end to end."""
        return self.frames / self.seconds if self.seconds else 0.0

    def percentiles(self) -> dict[str, dict[str, float]]:
        """Return stage to ``p50``, ``p95`` and ``p99`` in milliseconds."""
        return {
            stage: {
                f"p{p}": round(float(np.percentile(self.milliseconds[stage], p)), 3)
                for p in _PERCENTILES
            }
            for stage in STAGES
            if self.milliseconds.get(stage)
        }

    def memory_summary(self) -> dict[str, float]:
        """Return resident megabytes: ``mean``, ``peak`` and ``growth``.

        Growth is the median of the last tenth of the samples less that of
        the first: one sample is noise, a leak is not.
        """
        tenth = max(1, len(self.memory) // 10)
        growth = float(np.median(self.memory[-tenth:]) - np.median(self.memory[:tenth]))
        return {
            "mean": round(float(np.mean(self.memory)), 1),
            "peak": round(max(self.memory), 1),
            "growth": round(growth, 1),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values, ready to be written as JSON."""
        return {
            "schema": SCHEMA,
            "generator": f"choreai-live {__version__}",
            "source": self.source,
            "live": self.live,
            "frames": self.frames,
            "seconds": round(self.seconds, 3),
            "fps": round(self.fps, 2),
            "dropped": self.dropped,
            "dancers": round(self.dancers, 2),
            "milliseconds": self.percentiles(),
            "memory_mb": self.memory_summary(),
            "agreement": None if self.agreement is None else self.agreement.as_json(),
            **self.setting,
        }


def measure(
    engine: Engine,
    spec: str,
    *,
    seconds: float,
    live: bool = False,
    warm_up: float = 3.0,
    watch: Callable[[float], None] | None = None,
) -> BenchReport:
    """Run the pipeline for a while and measure it.

    A source that ends before the time is up is opened again, the time that
    takes left out. Ctrl-C ends the measurement early.

    Parameters
    ----------
    engine
        The loaded models.
    spec
        As :func:`choreai_live.capture.open_source` takes it.
    seconds
        How long to measure.
    live
        Play files at their own rate, newest wins, as the window does.
    warm_up
        Seconds before the measurement begins.
    watch
        Called after every frame with the seconds measured so far.

    Raises
    ------
    SourceError
        If the source cannot be read or gives no frame at all.
    """
    report = BenchReport(mask_credentials(spec), live, setting=_setting(engine))
    meter = _Meter(report, warm_up, seconds, watch)
    try:
        while not meter.done:
            with open_source(spec, live=live) as source:
                report.live = source.live
                pipeline = engine.pipeline(source)
                if not meter.run(source, pipeline):
                    raise SourceError(
                        f"{source.name} gives no frames: there is nothing to measure."
                    )
    except KeyboardInterrupt:
        if not report.frames:
            raise
    report.dancers /= max(report.frames, 1)
    return report


class _Meter:
    """Takes frames through a pipeline and notes what that cost."""

    def __init__(
        self,
        report: BenchReport,
        warm_up: float,
        seconds: float,
        watch: Callable[[float], None] | None,
    ) -> None:
        self._report = report
        self._warm_up = warm_up
        self._seconds = seconds
        self._watch = watch
        self._begun = perf_counter()
        self._memory_due = 0.0
        self._process = psutil.Process()

    @property
    def done(self) -> bool:
        return self._report.seconds >= self._seconds

    def run(self, source: Source, pipeline: Pipeline) -> bool:
        """Go on until the source ends or the time is up; False if there was no frame."""
        any_frame = False
        dropped: int | None = None
        while not self.done:
            started = perf_counter()
            frame = source.read()
            if frame is None:
                break
            any_frame = True
            read = perf_counter()
            snapshot = pipeline.snapshot(frame)
            ended = perf_counter()
            if ended - self._begun < self._warm_up:
                continue
            if dropped is None:
                dropped = source.dropped
            self._note(
                {
                    **snapshot.timings,
                    "read": (read - started) * 1e3,
                    "frame": (ended - started) * 1e3,
                }
            )
            self._report.seconds += ended - started
            self._report.dancers += sum(1 for track in snapshot.tracks if not track.missed)
            self._sample_memory(ended)
            if self._watch is not None:
                self._watch(self._report.seconds)
        if dropped is not None:
            self._report.dropped += source.dropped - dropped
        return any_frame

    def _note(self, timings: dict[str, float]) -> None:
        report = self._report
        report.frames += 1
        for stage in STAGES:
            if stage != "latency" or report.live:
                report.milliseconds.setdefault(stage, []).append(timings[stage])

    def _sample_memory(self, now: float) -> None:
        if now >= self._memory_due:
            self._memory_due = now + _MEMORY_INTERVAL
            self._report.memory.append(self._process.memory_info().rss / _MEGABYTE)


def render_demo(spec: str, path: Path) -> Path:
    """Render a demo scene into a video, so that drawing it is not measured.

    Parameters
    ----------
    spec
        ``"demo"`` or ``"demo?dancers=2"``; 12 seconds of it unless it says otherwise.
    path
        Where the video goes.

    Raises
    ------
    SourceError
        If there is no such scene.
    """
    import av

    name, _, query = spec.partition("?")
    with (
        open_source(f"{name}?seconds={_DEMO_SECONDS}&{query}") as source,
        av.open(str(path), "w") as container,
    ):
        stream = container.add_stream("libx264", rate=round(source.rate or 30))
        stream.width, stream.height = source.size
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": "18", "preset": "veryfast"}
        while (frame := source.read()) is not None:
            picture = av.VideoFrame.from_ndarray(frame.image, format="bgr24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path


def _setting(engine: Engine) -> dict[str, Any]:
    return {
        "models": {
            "pose": engine.pose_models.description,
            "provider": engine.pose_models.provider,
            "precision": engine.pose_models.precision,
            "threads": engine.settings.threads or usual_threads(),
            "style": engine.style_model.version,
        },
        "machine": describe_machine(),
    }
