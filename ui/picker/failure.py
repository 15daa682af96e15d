"""What the window says in large letters when a source cannot be opened."""

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from choreai_live.ui.picker.camera_trouble import CameraTrouble

if TYPE_CHECKING:
    from choreai_live.ui.source_opening import SourceInfo

translate = QCoreApplication.translate


def failure_heading(source: "SourceInfo | None") -> str:
    """Return which of the things that can be wrong it is, in a few words."""
    trouble = source.trouble if source is not None else None
    match trouble:
        case CameraTrouble.GONE:
            return translate("failure", "The camera is not there")
        case CameraTrouble.REFUSED:
            return translate("failure", "You may not use the camera")
        case CameraTrouble.IN_USE:
            return translate("failure", "The camera is in use")
        case CameraTrouble.UNKNOWN:
            return translate("failure", "The camera gives no picture")
    return translate("failure", "This did not work")
