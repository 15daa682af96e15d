"""Asking for a stream's address and for a camera."""

from threading import Thread
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import Qt, QUrl, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme

if TYPE_CHECKING:
    from choreai_live.capture.camera import CameraInfo

_SCHEMES: Final = ("rtsp", "rtsps", "http", "https")


class StreamDialog(QDialog):
    """Asks for the address of a stream."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open stream"))
        self.setMinimumWidth(560)
        self.address = QLineEdit()
        self.address.setPlaceholderText("rtsp://192.168.1.20:554/stream1")
        self.address.setAccessibleName(self.tr("Address of the stream"))
        self.address.setFont(theme.text_font(16))
        self._hint = _quiet(
            self.tr(
                "An address that begins with rtsp://, rtsps://, http:// or https://. "
                "A name and password may stand before the host, as in rtsp://name:password@host; "
                "they are never shown or stored."
            )
        )
        self.open_button = _primary(self.tr("Open stream"))
        cancel = QPushButton(self.tr("Cancel"))
        column = _column(self, self.tr("Open a stream"))
        column.addWidget(self.address)
        column.addWidget(self._hint)
        column.addSpacing(10)
        column.addLayout(_row(cancel, self.open_button))
        self.address.textChanged.connect(self._check)
        self.open_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._check(self.address.text())

    @property
    def spec(self) -> str:
        """The address as typed, without blanks around it."""
        return self.address.text().strip()

    def _check(self, text: str) -> None:
        url = QUrl(text.strip())
        fits = url.isValid() and url.scheme() in _SCHEMES and bool(url.host())
        self.open_button.setEnabled(fits)


class CameraDialog(QDialog):
    """Lists the cameras; looks for them without holding up the window."""

    _found = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Choose camera"))
        self.setMinimumWidth(480)
        self.cameras = QListWidget()
        self.cameras.setFont(theme.text_font(16))
        self.cameras.setMinimumHeight(150)
        self.cameras.setAccessibleName(self.tr("Cameras"))
        self.note = _quiet("")
        self.open_button = _primary(self.tr("Use this camera"))
        self._again = QPushButton(self.tr("Look again"))
        cancel = QPushButton(self.tr("Cancel"))
        column = _column(self, self.tr("Choose a camera"))
        column.addWidget(self.cameras)
        column.addWidget(self.note)
        column.addSpacing(10)
        column.addLayout(_row(cancel, self.open_button, first=self._again))
        self.cameras.currentRowChanged.connect(lambda row: self.open_button.setEnabled(row >= 0))
        self.cameras.itemActivated.connect(self.accept)
        self._again.clicked.connect(self.look)
        self.open_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._found.connect(self._show)
        self.look()

    @property
    def spec(self) -> str:
        """The chosen camera as a source, empty if there is none."""
        item = self.cameras.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def look(self) -> None:
        """Look for cameras, in the background."""
        self.cameras.clear()
        self.open_button.setEnabled(False)
        self._again.setEnabled(False)
        self.note.setText(self.tr("Looking for cameras"))
        self.note.show()
        Thread(target=self._look, name="cameras", daemon=True).start()

    def _look(self) -> None:
        from choreai_live.capture.camera import list_cameras

        found = list_cameras()
        try:
            self._found.emit(found)
        except RuntimeError:  # the dialog was closed meanwhile
            return

    def _show(self, found: list["CameraInfo"]) -> None:
        for camera in found:
            item = QListWidgetItem(f"{camera.name}  ({camera.path})")
            item.setData(Qt.ItemDataRole.UserRole, str(camera.index))
            self.cameras.addItem(item)
        self.cameras.setCurrentRow(0 if found else -1)
        self.cameras.setVisible(bool(found))
        self._again.setEnabled(True)
        self.note.setText(
            ""
            if found
            else self.tr(
                "No camera was found. Plug one in, close other programs that use it, "
                "and look again."
            )
        )
        self.note.setVisible(not found)
        self.adjustSize()


def _column(dialog: QDialog, heading: str) -> QVBoxLayout:
    title = QLabel(heading)
    title.setFont(theme.display_font(24))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(28, 24, 28, 24)
    column.setSpacing(12)
    column.addWidget(title)
    return column


def _row(*buttons: QPushButton, first: QPushButton | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    if first is not None:
        row.addWidget(first)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def _primary(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("primary", True)
    button.setDefault(True)
    return button


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setFont(theme.text_font(14))
    label.setStyleSheet(f"color: {theme.SECONDARY.name()};")
    return label
