"""OpenCV, kept from writing to the terminal.

Its warnings go past Python's logging, straight to stderr. Everything that
goes wrong is reported by its return values too, and becomes one of our
sentences; whoever wants the rest sets ``OPENCV_LOG_LEVEL``.
"""

import os

import cv2

if "OPENCV_LOG_LEVEL" not in os.environ:
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
