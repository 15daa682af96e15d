"""One recording in, its dancers out: what every worker does, wherever it runs."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from choreai_live.capture import Source, open_source
from choreai_live.errors import ModelError, ProviderError, SourceError
from choreai_live.extraction.dancing import CuttingSettings, Sightings, Stretch, in_sight
from choreai_live.extraction.recordings import Recording
from choreai_live.pose import MAX_PEOPLE, PoseModels
from choreai_live.recorded import follow, read_results
from choreai_live.tracking import Tracker, TrackerSettings

logger = logging.getLogger(__name__)

#: Called with the share of a recording that is done, 0 to 1.
Watch = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """How recordings are extracted.

    Parameters
    ----------
    pose, provider
        As :class:`choreai_live.pose.PoseModels` takes them.
    fps
        Pictures per second that results of AlphaPose are of; None if there
        are no such results.
    dancers
        The most dancers followed at once.
    cutting
        What counts as one stretch of dancing.
    """

    pose: str = "blazepose"
    provider: str = "auto"
    fps: float | None = None
    dancers: int = MAX_PEOPLE
    cutting: CuttingSettings = field(default_factory=CuttingSettings)


@dataclass(frozen=True, eq=False, slots=True)
class Extracted:
    """Everybody who was seen in one recording.

    Parameters
    ----------
    stretches
        In order of dancer and time.
    dropped
        Stretches that were too short, or showed too little of the dancer.
    frames
        Pictures read.
    notices
        What the user should know of the models, or of the recording.
    """

    stretches: tuple[Stretch, ...]
    dropped: int
    frames: int
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a recording could not be extracted.

    Parameters
    ----------
    reason
        One sentence for the user.
    details
        A traceback, where the fault is ours.
    """

    reason: str
    details: str = ""


class Extractor:
    """Extracts one recording after the other, loading the models once.

    Parameters
    ----------
    settings
        How.
    threads
        Threads of one operator of the models.
    """

    def __init__(self, settings: ExtractionSettings, threads: int = 2) -> None:
        self._settings = settings
        self._threads = threads
        self._models: PoseModels | None = None

    def extract(self, recording: Recording, watch: Watch | None = None) -> Extracted:
        """Return everybody seen in a recording.

        Raises
        ------
        SourceError
            If it cannot be read.
        ModelError, ProviderError
            If the pose models cannot be loaded.
        """
        if recording.is_results:
            return self._from_results(recording.path)
        return self._from_video(recording.path, watch or (lambda done: None))

    def attempt(self, recording: Recording, watch: Watch | None = None) -> Extracted | Failed:
        """Extract a recording, or say why that is not possible.

        Raises
        ------
        ModelError, ProviderError
            If the pose models cannot be loaded: no other recording would fare better.
        """
        try:
            return self.extract(recording, watch)
        except (ModelError, ProviderError, ConnectionError):
            raise
        except SourceError as error:
            return Failed(str(error))
        except Exception as error:
            # A thousand other videos must not wait for the one that nobody thought of.
            return Failed(
                f"{recording.path} could not be extracted because of a fault in choreai-live "
                f"({type(error).__name__}: {error}): please report it with what --verbose shows.",
                traceback.format_exc(),
            )

    def _from_video(self, path: Path, watch: Watch) -> Extracted:
        if self._models is None:
            settings = self._settings
            self._models = PoseModels(settings.pose, settings.provider, self._threads)
        with open_source(str(path)) as source:
            sightings = self._watch_video(source, self._models, watch)
            return self._cut(sightings, source.rate, tuple(self._models.notices))

    def _watch_video(self, source: Source, models: PoseModels, watch: Watch) -> Sightings:
        """See a video as the program itself does, up to the dancers."""
        estimator, tracker = models.estimator(), self._tracker()
        sightings = Sightings()
        while (frame := source.read()) is not None:
            expected = [track.pose for track in tracker.predict(frame.time)]
            poses = estimator.estimate(frame.image, expected)
            tracks = tracker.update(poses, frame.time, frame.image)
            sightings.add(frame.time, in_sight(tracks))
            if source.duration:
                watch(min(frame.time / source.duration, 1.0))
        return sightings

    def _from_results(self, path: Path) -> Extracted:
        if not self._settings.fps:
            raise SourceError(
                f"{path} does not say how fast its pictures came: "
                "give their number per second with --fps."
            )
        recording = read_results(path)
        sightings = Sightings()
        for seen in follow(recording, self._settings.fps, self._tracker()):
            sightings.add(seen.time, in_sight(seen.tracks))
        notices = (recording.notice,) if recording.notice else ()
        return self._cut(sightings, self._settings.fps / recording.step, notices)

    def _tracker(self) -> Tracker:
        return Tracker(TrackerSettings(dancers=self._settings.dancers))

    def _cut(
        self, sightings: Sightings, nominal: float | None, notices: tuple[str, ...] = ()
    ) -> Extracted:
        stretches, dropped = sightings.stretches(nominal, self._settings.cutting)
        return Extracted(tuple(stretches), dropped, len(sightings), notices)
