"""Sources of frames: cameras, streams, files, picture folders and the demo dancer."""

from choreai_live.capture.base import Source
from choreai_live.capture.camera import CameraInfo, list_cameras
from choreai_live.capture.opening import open_source
from choreai_live.capture.status import SourceState, SourceStatus, StatusListener
from choreai_live.capture.supervised import SupervisedSource, Supervision
from choreai_live.capture.urls import mask_credentials

__all__ = [
    "CameraInfo",
    "Source",
    "SourceState",
    "SourceStatus",
    "StatusListener",
    "SupervisedSource",
    "Supervision",
    "list_cameras",
    "mask_credentials",
    "open_source",
]
