"""When it is worth looking at the whole picture, if crops of those known are enough mostly."""

from typing import Final

#: Frames from one detection to the next while all is well: who walks in is
#: seen within half a second of 30 fps video.
DETECT_EVERY: Final = 15

#: Frames between detections while a crop keeps failing or runs into another.
DETECT_SOON: Final = 2


class DetectionSchedule:
    """Counts the frames of one source since its last detection."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Have the next frame detected."""
        self._since = DETECT_EVERY

    def next_frame(self) -> None:
        """Count one frame."""
        self._since += 1

    def detected(self) -> None:
        """Take note that this frame is being detected."""
        self._since = 0

    def due(self, expected: int, *, mixed: bool) -> bool:
        """Return whether this frame needs detection whatever the crops show.

        Parameters
        ----------
        expected
            How many people are known.
        mixed
            Whether any of them are too close for a crop to show but one.
        """
        return not expected or mixed or self._since >= DETECT_EVERY

    def due_in_doubt(self) -> bool:
        """Return whether this frame needs detection if its crops failed or ran together."""
        return self._since >= DETECT_SOON
