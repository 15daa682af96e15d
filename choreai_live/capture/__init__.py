"""Sources of frames: cameras, streams, files, picture folders and the demo dancer."""

from choreai_live.capture.base import Source
from choreai_live.capture.camera import CameraInfo, list_cameras
from choreai_live.capture.opening import open_source
from choreai_live.capture.urls import mask_credentials

__all__ = ["CameraInfo", "Source", "list_cameras", "mask_credentials", "open_source"]
