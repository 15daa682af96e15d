"""From what a user writes to an opened source."""

from pathlib import Path

from choreai_live.capture.base import Source
from choreai_live.capture.urls import mask_credentials, scheme_of
from choreai_live.capture.video import VideoFileSource
from choreai_live.errors import SourceError


def open_source(spec: str, *, live: bool = False) -> Source:
    """Open a camera, stream, video file, pictures or the demo dancer."""
    if scheme_of(spec):
        raise SourceError(f"{mask_credentials(spec)} cannot be opened yet.")
    return VideoFileSource(Path(spec))
