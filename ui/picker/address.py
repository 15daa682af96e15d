"""The field for addresses, and the test of a stream."""

from typing import Final

from PyQt6.QtCore import Qt, QUrl, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.picker.figures import figures_of
from choreai_live.ui.picker.glance import Glance
from choreai_live.ui.picker.section import quiet
from choreai_live.ui.picker.stream_test import StreamTest

_SCHEMES: Final = ("rtsp", "rtsps", "http", "https")
_PICTURE: Final = (96, 54)


class AddressBar(QWidget):
    """Takes the address of a stream, or the path of a file or folder.

    Parameters
    ----------
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    """

    chosen = pyqtSignal(str)

    def __init__(self, transport: str = "tcp", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText("rtsp://192.168.1.20:554/stream1")
        theme.dress(self.field, theme.Role.FIELD)
        self.field.setClearButtonEnabled(True)
        self.field.setAcceptDrops(False)  # dropped here, too, means: watch it
        self.field.setAccessibleName(self.tr("Address of a stream, or path of a file or folder"))
        self.test_button = QPushButton(self.tr("Test"))
        self.test_button.setAutoDefault(False)
        self.test_button.setToolTip(self.tr("Try whether the stream works before watching it"))
        self.open_button = QPushButton(self.tr("Open"))
        self.open_button.setProperty("primary", True)
        self.open_button.setAutoDefault(False)
        self.hint = quiet("")
        self._test = StreamTest(transport, self)
        self._picture = QLabel()
        self._picture.setFixedSize(*_PICTURE)
        self._picture.setScaledContents(False)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.outcome = QLabel()
        self.outcome.setWordWrap(True)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self._result = QFrame()
        inside = QHBoxLayout(self._result)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self._picture)
        inside.addWidget(self.outcome, 1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.field, 1)
        row.addWidget(self.test_button)
        row.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addWidget(self._result)
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._choose)
        self.open_button.clicked.connect(self._choose)
        self.test_button.clicked.connect(self._test_or_cancel)
        self._test.works.connect(self._praise)
        self._test.fails.connect(lambda sentence: self._say(spoken(sentence), theme.WARNING.name()))
        self._result.hide()
        self._check(self.field.text())

    @property
    def spec(self) -> str:
        """What was typed, without blanks around it."""
        return self.field.text().strip()

    @property
    def testing(self) -> bool:
        """Whether a stream is being tried."""
        return self._test.under_way

    def ask_for(self, address: str, hint: str) -> None:
        """Put an address into the field for its user to complete."""
        self.field.setText(address)
        self.hint.setText(hint)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Abandon a test that is under way, and what was said of one before."""
        self._test.cancel()
        self.test_button.setText(self.tr("Test"))
        self._result.hide()

    def _check(self, text: str) -> None:
        self.cancel()
        text = text.strip()
        stream = is_stream(text)
        self.test_button.setEnabled(stream)
        self.open_button.setEnabled(stream or bool(text and "://" not in text) or _is_file(text))
        self.hint.setText(
            self.tr("It begins with rtsp://, rtsps://, http:// or https://, and names a host.")
            if "://" in text and not self.open_button.isEnabled()
            else self.tr(
                "A name and password may stand before the host, as in "
                "rtsp://name:password@host; they are never shown or kept."
            )
        )

    def _choose(self) -> None:
        if self.open_button.isEnabled():
            self.chosen.emit(self.spec)

    def _test_or_cancel(self) -> None:
        if self.testing:
            self.cancel()
            return
        self._say(self.tr("Trying the stream"), theme.SECONDARY.name())
        self._test.start(self.spec)
        self.test_button.setText(self.tr("Cancel"))

    def _praise(self, glance: Glance) -> None:
        self._say(
            self.tr("It works: {figures}").format(figures=figures_of(glance)), theme.GOOD.name()
        )
        picture = QPixmap.fromImage(glance.picture).scaled(
            *_PICTURE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._picture.setPixmap(picture)
        self._picture.show()

    def _say(self, words: str, colour: str) -> None:
        self.test_button.setText(self.tr("Test"))
        self._picture.hide()
        self.outcome.setText(words)
        self.outcome.setStyleSheet(f"color: {colour};")
        self.outcome.setAccessibleName(words)
        self._result.show()


def is_stream(text: str) -> bool:
    """Return whether a text is the address of a stream with a host in it."""
    scheme, sign, rest = text.partition("://")
    if not sign or scheme.lower() not in _SCHEMES:
        return False
    # Qt refuses an unescaped password, which the capture room understands.
    return bool(QUrl(text).host()) or "@" in rest.rstrip("@")


def _is_file(text: str) -> bool:
    return text.lower().startswith("file://") and len(text) > len("file://")
