"""The demo dancer as a source of frames."""

from threading import Lock
from time import monotonic

from choreai_live.capture.base import Source
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.messages import Frame


class DemoSource(Source):
    """A rendered scene, frame by frame: the same bytes on every run.

    Frames are rendered when read; frame k is the scene at k / rate seconds.

    Parameters
    ----------
    settings
        What the scene shows.
    seconds
        How long it goes on; None for ever.

    Attributes
    ----------
    scene : DemoScene
        What is shown, for those who want to know what is true about it.
    """

    def __init__(self, settings: SceneSettings | None = None, seconds: float | None = None) -> None:
        self.scene = DemoScene(settings)
        settings = self.scene.settings
        self.name = "demo"
        self.size = (settings.width, settings.height)
        self.rate = settings.rate
        self.duration = seconds
        self.frame_count = None if seconds is None else max(round(seconds * settings.rate), 0)
        self._next = 0
        self._closed = False
        self._lock = Lock()

    def read(self) -> Frame | None:
        """Render the next frame; None after the last, or once closed."""
        with self._lock:
            index = self._next
            if self._closed or (self.frame_count is not None and index >= self.frame_count):
                return None
            self._next += 1
        time = index / self.scene.settings.rate
        image = self.scene.render(time)
        # Closing while a picture was being made must not hand it out afterwards.
        return None if self._closed else Frame(image, time, index, monotonic())

    def close(self) -> None:
        """Hand out no further frames."""
        self._closed = True
