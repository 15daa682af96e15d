"""Figures in the form Prometheus collects them."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from choreai_live import __version__
from choreai_live.capture.status import SourceState
from choreai_live.monitoring.figures import NOT_SURE, Figures

_PREFIX = "choreai_"


def registry_of(figures: Callable[[], Figures]) -> CollectorRegistry:
    """Return a registry that asks for the figures whenever it is collected."""
    registry = CollectorRegistry()
    registry.register(_FiguresCollector(figures))
    return registry


class _FiguresCollector(Collector):
    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._figures = figures

    def describe(self) -> list[Metric]:
        """Name nothing beforehand."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield each figure with its name, meaning and unit."""
        figures = self._figures()
        yield from _gauges(figures)
        yield from _counters(figures)
        yield _states(figures)
        version = GaugeMetricFamily(f"{_PREFIX}build", "Always 1.", labels=["version"])
        version.add_metric([__version__], 1)
        yield version


def _gauges(figures: Figures) -> Iterator[Metric]:
    gauges: tuple[tuple[str, str, float | None], ...] = (
        ("uptime_seconds", "Since the program started.", figures.uptime),
        ("frames_per_second", "Snapshots a second, lately.", figures.fps or 0.0),
        ("dancers", "Dancers in view now.", figures.dancers),
        (
            "pipeline_up",
            "Whether the pipeline's process runs.",
            figures.pipeline_memory is not None,
        ),
        ("recording", "Whether a recording is being made.", figures.recording),
        ("recording_seconds", "Length of this recording.", figures.recording_seconds),
        (
            "recording_failed",
            "Whether the last recording had to stop.",
            figures.recording_failure is not None,
        ),
    )
    for name, meaning, value in gauges:
        yield GaugeMetricFamily(_PREFIX + name, meaning, value=value)
    latency = GaugeMetricFamily(
        f"{_PREFIX}latency_seconds", "From capture to readout, lately.", labels=["quantile"]
    )
    for quantile, value in (("0.5", figures.latency_p50), ("0.95", figures.latency_p95)):
        if value is not None:
            latency.add_metric([quantile], value / 1e3)
    yield latency
    memory = GaugeMetricFamily(
        f"{_PREFIX}resident_memory_bytes", "Resident memory.", labels=["process"]
    )
    memory.add_metric(["main"], figures.memory)
    for process, resident in (
        ("pipeline", figures.pipeline_memory),
        ("spare", figures.spare_memory),
    ):
        if resident is not None:
            memory.add_metric([process], resident)
    yield memory


def _counters(figures: Figures) -> Iterator[Metric]:
    for name, meaning, value in (
        ("frames", "Snapshots made.", figures.snapshots),
        ("frames_dropped", "Frames that a newer one replaced.", figures.dropped),
        ("frames_skipped", "Pictures damaged beyond decoding.", figures.skipped),
        ("source_reconnects", "Times a live source came back.", figures.reconnects),
        ("pipeline_restarts", "Times the pipeline's process was replaced.", figures.restarts),
    ):
        yield CounterMetricFamily(_PREFIX + name, meaning, value=value)
    danced = CounterMetricFamily(
        f"{_PREFIX}danced_seconds", "Seconds danced, over all dancers.", labels=["style"]
    )
    for label, seconds in figures.danced.items():
        danced.add_metric([label or NOT_SURE], seconds)
    yield danced


def _states(figures: Figures) -> Metric:
    states = GaugeMetricFamily(
        f"{_PREFIX}source_state", "1 for what the source is doing now.", labels=["state"]
    )
    for state in SourceState:
        states.add_metric([state.value], float(figures.state is state))
    return states
