"""Small pictures and figures of sources, for people to choose from."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PyQt6.QtGui import QImage

if TYPE_CHECKING:
    from choreai_live.messages import Image

#: Width and height of a small picture, pixels: twice the tile's, for sharp screens.
SIZE: Final = (424, 238)
#: Where in a film to look, share of its duration: the very first picture is often black.
_PLACE: Final = 0.1
#: Seconds into the demo's dance at which it looks its best.
_DEMO_MOMENT: Final = 2.4


@dataclass(frozen=True)
class Glance:
    """What is seen of a source at a glance.

    Parameters
    ----------
    picture
        Not larger than :data:`SIZE`.
    size
        Width and height of the source, pixels.
    rate
        Frames per second, None when unknown.
    duration
        Seconds, None when unknown or endless.
    """

    picture: QImage
    size: tuple[int, int]
    rate: float | None = None
    duration: float | None = None


def small_picture(image: "Image") -> QImage:
    """Return a copy that fits :data:`SIZE`.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR.
    """
    from choreai_live.capture.opencv import cv2

    height, width = image.shape[:2]
    scale = min(SIZE[0] / width, SIZE[1] / height, 1.0)
    if scale < 1.0:
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        image = cast("Image", cv2.resize(image, size, interpolation=cv2.INTER_AREA))
    height, width, _ = image.shape
    whole = QImage(image.tobytes(), width, height, 3 * width, QImage.Format.Format_BGR888)
    return whole.copy()  # keeps its own pixels


def glance_at(spec: str) -> Glance:
    """Open a recorded source, take one picture out of it, and close it.

    Raises
    ------
    SourceError
        If it cannot be opened: one sentence.
    """
    from choreai_live.capture.images import IMAGE_SUFFIXES

    path = Path(spec)
    if path.is_file() and path.suffix.lower() not in (".sqlite", *IMAGE_SUFFIXES):
        return _glance_into(path)
    from choreai_live.capture import open_source
    from choreai_live.errors import SourceError

    with open_source(spec) as source:
        frame = source.read()
        if frame is None:
            raise SourceError(f"{source.name} ended before its first picture.")
        return Glance(small_picture(frame.image), source.size, source.rate, source.duration)


def demo_glance() -> Glance:
    """Return the demo dancer in the middle of a move."""
    from choreai_live.demo import DemoScene, SceneSettings

    width, height = SIZE
    image = DemoScene(SceneSettings(width=width, height=height)).render(_DEMO_MOMENT)
    return Glance(small_picture(image), SIZE)


def _glance_into(path: Path) -> Glance:
    """Look into a video a little after its beginning, decoding no more than is needed.

    A source would decode a few pictures ahead: of an 8K film, half a gigabyte.
    """
    from choreai_live.capture.decoding import Decoder
    from choreai_live.capture.libav import av
    from choreai_live.errors import SourceError

    try:
        with av.open(str(path.absolute()), metadata_errors="replace") as container:
            if container.format.name == "tty":
                raise SourceError(f"{path} is a text, not a video; choose another file.")
            decoder = Decoder(container, str(path))
            duration = container.duration / av.time_base if container.duration else None
            if duration is not None:
                with suppress(av.error.FFmpegError):
                    begin = container.start_time or 0
                    container.seek(begin + int(duration * _PLACE * av.time_base))
            for decoded, _ in decoder:
                image = decoder.image(decoded)
                height, width = image.shape[:2]
                return Glance(small_picture(image), (width, height), decoder.rate, duration)
    except av.error.FFmpegError as error:
        raise SourceError(f"{path} is not a video that can be read.") from error
    raise SourceError(f"{path} holds no picture that can be decoded; copy or record it again.")
