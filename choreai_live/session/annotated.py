"""The video of a session as one file, with everything drawn into it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, cast

from choreai_live.capture.opencv import cv2
from choreai_live.messages import Image
from choreai_live.session.encoding import VideoEncoder
from choreai_live.session.overlay import dark_picture, drawn_over
from choreai_live.session.reading import RecordedSession
from choreai_live.session.source import RecordedPictures

#: The index at the front, where a browser looks for it.
_CONTAINER: Final = {"movflags": "faststart"}
#: There is time to make it small.
_CODEC: Final = {"preset": "veryfast", "crf": "21"}


def write_annotated(
    session: RecordedSession, path: Path, watch: Callable[[float], None] | None = None
) -> None:
    """Write the pictures of a session with skeletons and styles drawn into them.

    Frames without a picture are dark. All have the size of the first one: others, as a
    camera may give after it was reconnected, are fitted into it.

    Parameters
    ----------
    session
        An opened session.
    path
        The file to write.
    watch
        Called with the seconds written so far, to show progress.

    Raises
    ------
    SourceError
        If the session is damaged.
    OSError, av.error.FFmpegError
        If the file cannot be written.
    """
    last = -1
    with VideoEncoder(path, session.size, _CONTAINER, _CODEC) as encoder:
        for part in session.parts:
            with closing(RecordedPictures(part)) as pictures:
                for row, tracks, readouts in session.frames_of(part):
                    image = pictures.find(row)
                    if image is None or not part.drawn:
                        image = dark_picture(row.width, row.height) if image is None else image
                        image = drawn_over(image, tracks, readouts, session.about.labels)
                    last = max(round((row.time - session.begin) * 1e6), last + 1)
                    encoder.add(_fitted(image, session.size), last)
                    if watch is not None:
                        watch(last / 1e6)


def _fitted(image: Image, size: tuple[int, int]) -> Image:
    """Return a picture of that size, with the given one as large as it fits into its middle."""
    width, height = size
    if image.shape[:2] == (height, width):
        return image
    scale = min(width / image.shape[1], height / image.shape[0])
    inner = max(round(image.shape[1] * scale), 1), max(round(image.shape[0] * scale), 1)
    canvas = dark_picture(width, height)
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    canvas[top : top + inner[1], left : left + inner[0]] = cast(
        Image, cv2.resize(image, inner, interpolation=cv2.INTER_AREA)
    )
    return canvas
