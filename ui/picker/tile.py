"""One source to choose: a picture, what it is called, and a word about it."""

from typing import Final

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PyQt6.QtWidgets import QAbstractButton, QWidget

from choreai_live.ui import theme
from choreai_live.ui.icons import icon

#: Width and height of the picture, and height of the words below, for text as drawn.
_PICTURE: Final = (206, 116)
_WORDS: Final = 54
_ROUND: Final = 10.0
_ICON: Final = 40


class SourceTile(QAbstractButton):
    """A source as a button.

    Parameters
    ----------
    spec
        What it stands for; never shown.
    title
        What people call it.
    sign
        Name of the icon that stands where there is no picture.
    words
        Something about it, in small letters.
    """

    #: Its user wants it off the list.
    unwanted = pyqtSignal()

    def __init__(
        self, spec: str, title: str, sign: str, words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self.removable = False
        self._sign = sign
        self._picture: QImage | None = None
        self._warning = False
        self._live = False
        self.setText(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit()
        theme.LOOK.changed.connect(self._fit)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.words = ""
        self.say(words)

    @property
    def has_picture(self) -> bool:
        """Whether it shows a picture."""
        return self._picture is not None

    def say(self, words: str, *, warning: bool = False, live: bool = False) -> None:
        """Say something about it in small letters.

        Parameters
        ----------
        words
            As much as fits is shown, all of it when pointed at.
        warning
            Whether it will not work.
        live
            Whether its picture moves.
        """
        self.words, self._warning, self._live = words, warning, live
        self.setAccessibleName(f"{self.text()}. {words}" if words else self.text())
        self.setToolTip(f"{self.text()}\n{words}" if words else self.text())
        self.update()

    def show_picture(self, picture: QImage) -> None:
        """Show a picture, cut to the tile's shape."""
        self._picture = picture
        self.update()

    def take_looks(self, other: "SourceTile") -> None:
        """Look as another tile of the same source does."""
        self._picture = other._picture
        self.say(other.words, warning=other._warning, live=other._live)

    def sizeHint(self) -> QSize:
        """Return its one size."""
        width, height = _PICTURE
        return QSize(width + 2, round(height + _WORDS * theme.LOOK.text_scale) + 2)

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Choose with Return, too; take off the list with Delete."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event is not None and event.key() == Qt.Key.Key_Delete and self.removable:
            self.unwanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw picture, words, and what the keyboard and the pointer are at."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(whole, _ROUND, _ROUND)
        raised = self.underMouse() or self.isDown()
        ground = theme.blend(theme.RAISED, theme.HAIRLINE, 0.5) if raised else theme.RAISED
        painter.fillPath(outline, ground)
        painter.setClipPath(outline)
        self._paint_picture(painter, QRectF(1, 1, whole.width(), _PICTURE[1]))
        painter.setClipping(False)
        self._paint_words(painter, whole)
        edge, width = (theme.colour("FOCUS"), 2.0) if self.hasFocus() else (theme.HAIRLINE, 1.0)
        painter.setPen(QPen(edge, width))
        painter.drawPath(outline)

    def _paint_picture(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(area, theme.BACKGROUND)
        if self._picture is None:
            side = float(_ICON)
            place = QRectF(0, 0, side, side)
            place.moveCenter(area.center())
            icon(self._sign).paint(painter, place.toRect())
            return
        size = self._picture.size().toSizeF()
        # Landscape fills the tile; a portrait is shown whole, or nobody would have a head.
        portrait = size.height() > size.width()
        mode = Qt.AspectRatioMode.KeepAspectRatio
        if not portrait:
            mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
        size.scale(area.size(), mode)
        place = QRectF(area.topLeft(), size)
        place.moveCenter(area.center())
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.drawImage(place, self._picture)
        painter.restore()

    def _paint_words(self, painter: QPainter, whole: QRectF) -> None:
        scale = theme.LOOK.text_scale
        left, width = whole.left() + 12, whole.width() - 24
        top = whole.top() + _PICTURE[1]
        title = theme.text_font(14 * scale, strong=True)
        first = QRectF(left, top + 8 * scale, width, 20 * scale)
        self._paint_line(painter, first, self.text(), title, theme.TEXT)
        line = QRectF(left, top + 28 * scale, width, 18 * scale)
        if self._live:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.GOOD)
            painter.drawEllipse(QRectF(left, line.center().y() - 3.5, 7, 7))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            line.setLeft(left + 14)
        colour = theme.WARNING if self._warning else theme.SECONDARY
        self._paint_line(painter, line, self.words, theme.text_font(12 * scale), colour)

    @staticmethod
    def _paint_line(
        painter: QPainter, area: QRectF, words: str, font: QFont, colour: QColor
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        # Names of files differ at their ends.
        shown = QFontMetricsF(painter.font()).elidedText(
            words, Qt.TextElideMode.ElideMiddle, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
