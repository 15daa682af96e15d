"""Everything that is fed with damaged bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from fuzzing.documents import AlphaPoseResults, Frames, Sessions, Settings, StyleModels
from fuzzing.media import Avi, Http, Matroska, Mp4, Pictures, Rtsp, TransportStream
from fuzzing.target import Target

TARGETS: Final[dict[str, Callable[[Path], Target]]] = {
    "MP4, H.264": Mp4,
    "Matroska, H.264": Matroska,
    "AVI, MPEG-4": Avi,
    "MPEG-TS, H.264": TransportStream,
    "RTSP replies and packets": Rtsp,
    "HTTP replies and JPEG": Http,
    "pictures": Pictures,
    "frames through the pipeline": Frames,
    "recorded sessions": Sessions,
    "settings": Settings,
    "AlphaPose JSON": AlphaPoseResults,
    "style models": StyleModels,
}

#: How much of the examples each target gets, relative to the others.
WEIGHTS: Final[dict[str, int]] = {
    "MP4, H.264": 15,
    "Matroska, H.264": 13,
    "AVI, MPEG-4": 8,
    "MPEG-TS, H.264": 8,
    "RTSP replies and packets": 18,
    "HTTP replies and JPEG": 8,
    "pictures": 7,
    "frames through the pipeline": 6,
    "recorded sessions": 6,
    "settings": 4,
    "AlphaPose JSON": 5,
    "style models": 2,
}
