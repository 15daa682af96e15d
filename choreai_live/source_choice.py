"""What is opened when a source is asked for, before anything is opened.

Light to import, for the window to be on screen at once.
"""

from dataclasses import dataclass
from typing import Final

from choreai_live.masking import mask_credentials

#: The demo dancer in the shape of a screen, where there is no camera.
DEMO: Final = "demo?width=960&height=540"

#: Sources that the window shows at once.
MOST_SOURCES: Final = 9


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """What is opened when something is asked for.

    Parameters
    ----------
    spec
        As :func:`choreai_live.capture.open_source` takes it; may hold a password.
    camera
        Whether it is a camera.
    substitute
        Whether it is the demo in place of a camera.
    """

    spec: str
    camera: bool = False
    substitute: bool = False

    @classmethod
    def of(cls, spec: str | None) -> "SourceChoice":
        """Return it for a spec, or for None: the first camera, or the demo if there is none."""
        if spec is None:
            from choreai_live.capture import list_cameras

            cameras = list_cameras()
            if not cameras:
                return cls(DEMO, substitute=True)
            spec = str(cameras[0].index)
        return cls(spec, camera=spec.isdigit() or spec.startswith(("/dev/video", "/dev/v4l/")))

    @property
    def name(self) -> str:
        """Safe to show anywhere."""
        return f"Camera {self.spec}" if self.spec.isdigit() else mask_credentials(self.spec)
