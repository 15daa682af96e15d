"""The strip that says that no camera was found, while the demo dances."""

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from choreai_live.ui import theme
from choreai_live.ui.icons import icon


class NoCameraStrip(QWidget):
    """Calm: nothing is broken, there is only nothing to film with.

    Parameters
    ----------
    choose
        Opens the choice of sources.
    """

    def __init__(self, choose: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        panel = QFrame()
        theme.dress(panel, theme.Role.PANEL)
        sign = QLabel()
        sign.setPixmap(icon("camera").pixmap(QSize(24, 24), self.devicePixelRatioF()))
        self._words = QLabel(
            self.tr(
                "No camera was found, so the demo dancer is on. "
                "Plug a camera in and look again, or choose a file or stream."
            )
        )
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.look_button = QPushButton(self.tr("Look again"))
        self.choose_button = QPushButton(self.tr("Choose a source"))
        self.close_button = QPushButton(self.tr("Got it"))
        row = QHBoxLayout(panel)
        row.setContentsMargins(18, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(sign)
        row.addWidget(self._words, 1)
        for button in (self.look_button, self.choose_button, self.close_button):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            row.addWidget(button)
        around = QHBoxLayout(self)
        around.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 12)
        around.addWidget(panel)
        self.choose_button.clicked.connect(choose.trigger)
        self.close_button.clicked.connect(self.hide)
        self.setAccessibleName(self._words.text())
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()
