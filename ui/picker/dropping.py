"""Files and addresses dragged onto a window."""

from typing import Final

from PyQt6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.picker.address import is_stream

#: What a file of styles that were taught is called.
PACK_ENDING: Final = ".stylepack"


def spec_in(data: QMimeData | None) -> str | None:
    """Return the source that is being dragged, None if there is none in it."""
    if data is None:
        return None
    for url in data.urls():
        if url.isLocalFile():
            return url.toLocalFile()
        if is_stream(url.toString()):
            return url.toString()
    text = data.text().strip()
    return text if is_stream(text) and len(text.split()) == 1 else None


def is_pack(spec: str | None) -> bool:
    """Return whether what is dragged is a file of styles that were taught, by its name."""
    return spec is not None and spec.lower().endswith(PACK_ENDING)


class DropTarget(QObject):
    """Lets sources be dropped anywhere on a widget, and shows where.

    Parameters
    ----------
    widget
        Where; its children included.
    """

    dropped = pyqtSignal(str)
    #: Styles that somebody passed on.
    pack_dropped = pyqtSignal(str)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.hint = _DropHint(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take what is dragged over the widget."""
        match event:
            case QDragEnterEvent():  # before QDropEvent, which it is one of
                dragged = spec_in(event.mimeData())
                if dragged is not None:
                    event.acceptProposedAction()
                    self.hint.cover(pack=is_pack(dragged))
                    return True
            case QDropEvent() if event.type() == QEvent.Type.DragMove:
                event.acceptProposedAction()
                return True
            case QDropEvent() if event.type() == QEvent.Type.Drop:
                self.hint.hide()
                spec = spec_in(event.mimeData())
                if spec is not None:
                    event.acceptProposedAction()
                    (self.pack_dropped if is_pack(spec) else self.dropped).emit(spec)
                    return True
            case QEvent() if event.type() == QEvent.Type.DragLeave:
                self.hint.hide()
        return super().eventFilter(watched, event)


class _DropHint(QWidget):
    """Covers the widget while something is held over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pack = False
        self.hide()

    def cover(self, *, pack: bool) -> None:
        self._pack = pack
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.faded(theme.BACKGROUND, 0.9))
        inner = QRectF(self.rect()).adjusted(22, 22, -22, -22)
        pen = QPen(theme.SECONDARY, 2.0, Qt.PenStyle.DashLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawRoundedRect(inner, 18, 18)
        painter.setPen(theme.TEXT)
        painter.setFont(theme.display_font(30))
        words = self.tr("Drop it to watch it")
        if self._pack:
            words = self.tr("Drop it to import its styles")
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, words)
