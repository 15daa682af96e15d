"""The loop without its first half: recorded poses, tracking, style, snapshot."""

from collections.abc import Iterator
from time import monotonic, perf_counter
from typing import Final

import numpy as np

from choreai_live.messages import Frame, Snapshot
from choreai_live.recorded import RecordedPoses, follow
from choreai_live.style import StyleClassifier, StyleTimeline
from choreai_live.tracking import Tracker

#: The picture of a frame that was not recorded.
_NO_PICTURE: Final = np.empty((0, 0, 3), np.uint8)


class Replay:
    """Takes recorded poses through the rooms after pose.

    What a :class:`~choreai_live.pipeline.Pipeline` does with the poses of a
    video, this does with poses from a file.

    Parameters
    ----------
    recording
        Who was seen.
    fps
        Pictures per second, counted as the recording numbers them.
    classifier
        Holds the state of this recording's dancers.

    Attributes
    ----------
    timeline : StyleTimeline
        What every dancer danced when, so far.
    rate : float
        Pictures per second that the recording has.
    duration : float
        Seconds to its end.
    size : None
        Nobody knows how large the pictures were.
    """

    size: tuple[int, int] | None = None

    def __init__(self, recording: RecordedPoses, fps: float, classifier: StyleClassifier) -> None:
        self._recording = recording
        self._fps = fps
        self._classifier = classifier
        self.timeline = StyleTimeline(classifier.labels)
        self.rate = fps / recording.step
        self.duration = (recording.last - recording.origin + recording.step) / fps

    def __iter__(self) -> Iterator[Snapshot]:
        """Yield one snapshot per picture; their frames are of 0 by 0 pixels."""
        began = perf_counter()
        for seen in follow(self._recording, self._fps, Tracker()):
            tracked = perf_counter()
            readouts = self._classifier.update(seen.tracks, seen.time)
            self.timeline.record(readouts, seen.time)
            timings = {
                "tracking": (tracked - began) * 1e3,
                "style": (perf_counter() - tracked) * 1e3,
            }
            frame = Frame(_NO_PICTURE, seen.time, seen.number, monotonic())
            yield Snapshot(frame, tuple(seen.tracks), readouts, timings)
            began = perf_counter()
