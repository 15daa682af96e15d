"""The loop: source, pose, tracking, style, snapshot.

The one place where the rooms meet. The window, the command line and the tests
all iterate the same :class:`Pipeline`; watching a file live and classifying it
offline differ only in the source's policy for late frames.
"""

from collections.abc import Iterator
from time import monotonic, perf_counter

from choreai_live import inference, models
from choreai_live.capture import Source
from choreai_live.messages import Frame, Snapshot
from choreai_live.pose import PoseEstimator, PoseModels
from choreai_live.settings import EngineSettings
from choreai_live.style import StyleClassifier, StyleModel, StyleTimeline
from choreai_live.teaching import Library
from choreai_live.tracking import Tracker


def load_style_model(settings: EngineSettings) -> StyleModel:
    """Return the style model, the shipped one or the user's own.

    Raises
    ------
    ModelError
        If its file is missing, changed or of the wrong kind.
    """
    return StyleModel(settings.style_model or models.locate("style"))


class Engine:
    """One set of loaded models, shared by any number of pipelines.

    Attributes
    ----------
    pose_models : PoseModels
    style_model : StyleModel
    library : Library
        What was taught: a change reaches every pipeline with its next step.

    Raises
    ------
    ModelError
        If a model file is missing, changed or of the wrong kind.
    ProviderError
        If the execution provider asked for cannot be used.
    """

    def __init__(self, settings: EngineSettings | None = None) -> None:
        settings = settings or EngineSettings()
        self.settings = settings
        self.pose_models = PoseModels(
            settings.pose, settings.provider, settings.threads, settings.precision
        )
        self.style_model = load_style_model(settings)
        self.library = Library(
            self.style_model, settings.taught_styles, ready_made=settings.ready_made_styles
        )

    @property
    def notices(self) -> list[str]:
        """One sentence for each thing that does not run where or as it was asked to."""
        clash = inference.installation_notice()
        return [
            *([clash] if clash else []),
            *self.pose_models.notices,
            *self.library.notices,
        ]

    def pipeline(self, source: Source, keep: float | None = None) -> "Pipeline":
        """Return a pipeline of its own for one opened source.

        Its timeline keeps the last ``keep`` seconds, or everything.
        """
        return Pipeline(
            source,
            self.pose_models.estimator(),
            Tracker(),
            StyleClassifier(self.style_model, styles=self.library),
            keep,
        )


class Pipeline:
    """Turns the frames of one source into snapshots.

    Parameters
    ----------
    source
        An opened source; closed together with the pipeline.
    estimator, tracker, classifier
        The rooms, each holding the state of this source's dancers.
    keep
        Seconds of timeline to keep, for sources without an end; None for all.

    Attributes
    ----------
    timeline : StyleTimeline
        What every dancer danced when, so far.
    """

    def __init__(
        self,
        source: Source,
        estimator: PoseEstimator,
        tracker: Tracker,
        classifier: StyleClassifier,
        keep: float | None = None,
    ) -> None:
        self.source = source
        self.estimator = estimator
        self.tracker = tracker
        self.classifier = classifier
        self.timeline = StyleTimeline(classifier.labels, keep)
        self._seen_over: tuple[int, tuple[int, ...]] | None = None

    def __iter__(self) -> Iterator[Snapshot]:
        """Yield one snapshot per frame until the source ends or is closed.

        Raises
        ------
        SourceError
            If the source fails; :class:`SourceLostError` if it can be reopened.
        """
        while (frame := self.source.read()) is not None:
            yield self.snapshot(frame)

    def snapshot(self, frame: Frame) -> Snapshot:
        """Take one frame through all the rooms.

        Who was seen in it is taken as recorded where it was. A frame that came over
        another connection than the last, or is of another size, finds all dancers
        forgotten.
        """
        self._reset_if_reconnected(frame)
        started = perf_counter()
        if frame.tracks is None:
            expected = [track.pose for track in self.tracker.predict(frame.time)]
            poses = self.estimator.estimate(frame.image, expected)
            posed = perf_counter()
            tracks = self.tracker.update(poses, frame.time, frame.image)
        else:
            posed, tracks = started, list(frame.tracks)
        tracked = perf_counter()
        if frame.memory is not None and self.classifier.recall(frame.memory):
            readouts = self.classifier.readouts
        else:
            readouts = self.classifier.update(tracks, frame.time)
        self.timeline.record(readouts, frame.time)
        styled = perf_counter()
        timings = {
            "pose": (posed - started) * 1e3,
            "tracking": (tracked - posed) * 1e3,
            "style": (styled - tracked) * 1e3,
            "latency": (monotonic() - frame.captured) * 1e3,
        }
        return Snapshot(frame, tuple(tracks), readouts, timings)

    def _reset_if_reconnected(self, frame: Frame) -> None:
        seen_over = (frame.connection, frame.image.shape)
        if self._seen_over is not None and seen_over != self._seen_over:
            self.reset()
        self._seen_over = seen_over

    def reset(self) -> None:
        """Forget every dancer, as after the source was reopened."""
        self.estimator.reset()
        self.tracker.reset()
        self.classifier.reset()

    def close(self) -> None:
        """Close the source; a ``read`` under way in another thread returns."""
        self.source.close()

    def __enter__(self) -> "Pipeline":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
