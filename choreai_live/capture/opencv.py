"""OpenCV, kept from writing to the terminal.

Its warnings go past Python's logging, straight to stderr. Everything that
goes wrong is reported by its return values too, and becomes one of our
sentences; whoever wants the rest sets ``OPENCV_LOG_LEVEL``.
"""

import os

# Seconds for which Video4Linux waits for a picture; a camera that hangs for longer is
# let go, so that it can be opened anew. Read when OpenCV is loaded.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "4")

import cv2

if "OPENCV_LOG_LEVEL" not in os.environ:
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
