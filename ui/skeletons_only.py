"""The privacy view in the window: the kiosk's figures of light, at the screen's own rate."""

from collections.abc import Callable

from PyQt6.QtCore import QRectF
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.kiosk.privacy_view import PrivacyView


class SkeletonsOnly(PrivacyView):
    """Shows where the dancers' joints are; lies over the view it stands in for."""

    over_picture = False

    def __init__(self, parent: QWidget, scale: Callable[[QWidget], float] = theme.unit) -> None:
        super().__init__(parent, gliding=True, scale=scale)
        self.setMinimumSize(0, 0)  # whatever it stands in for says how large it is

    def _edges(self) -> QRectF:
        """Return what has round corners: the whole stage, which knows no picture."""
        return QRectF(self.rect())
