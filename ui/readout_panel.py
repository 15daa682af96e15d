"""The big readout: what is being danced, how sure, since when."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Readout
from choreai_live.ui import theme
from choreai_live.ui.style_look import StyleLook, StyleLooks, paint_shape


@dataclass(frozen=True)
class Words:
    """The three lines of the readout."""

    caption: str
    word: str
    number: str
    detail: str


class ReadoutPanel(QWidget):
    """One word to be read from across the room, and how sure it is.

    Parameters
    ----------
    parent
        The widget it is in.
    scale
        How much larger than on the reference window everything is, for a widget.
    numbered
        Whether a dancer among several is named by the track id.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        scale: Callable[[QWidget], float] = theme.unit,
        numbered: bool = True,
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self._numbered = numbered
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Readout"))
        self._looks = StyleLooks()
        self._look: StyleLook | None = None
        self._words = Words("", "", "", "")
        self.clear()

    @property
    def words(self) -> Words:
        """What stands there."""
        return self._words

    @property
    def look(self) -> StyleLook | None:
        """The look of the style that stands there, None while there is none."""
        return self._look

    def set_looks(self, looks: StyleLooks) -> None:
        """Say what the styles look like."""
        self._looks = looks

    def clear(self, *, detail: str = "") -> None:
        """Show no readout; `detail` says why there is none."""
        self._show(None, Words("", "", "", detail))

    def show_nobody(self) -> None:
        """Say calmly that there is no dancer."""
        self._show(
            None,
            Words("", self.tr("Nobody here"), "", self.tr("Step into the picture and dance.")),
        )

    def show_readout(
        self, readout: Readout | None, time: float, *, dancer: int | None, hint: str = ""
    ) -> None:
        """Show a dancer's readout.

        Parameters
        ----------
        readout
            None while there is no opinion yet.
        time
            Seconds on the source's clock, now.
        dancer
            Number to name the dancer by where there are several.
        hint
            What would help, shown while not sure.
        """
        caption = (
            self.tr("Now dancing")
            if dancer is None or not self._numbered
            else self.tr("Dancer {number}").format(number=dancer)
        )
        if readout is None:
            words = Words(caption, self.tr("Watching"), "", hint or self.tr("Just a moment."))
            self._show(None, words)
        elif readout.label is None:
            words = Words(caption, self._looks.not_sure.word, "", hint or self._leaning(readout))
            self._show(self._looks.not_sure, words)
        else:
            look = self._looks.of(readout.label)
            percent = self.tr("{percent}%").format(percent=round(readout.confidence * 100))
            seconds = max(0, int(time - readout.since))
            self._show(look, Words(caption, look.word, percent, self._standing(seconds)))

    def conclude(self, caption: str) -> None:
        """Say by `caption` that what stands there is the last readout, not the present."""
        if self._words.word:
            self._show(self._look, replace(self._words, caption=caption))

    def sizeHint(self) -> QSize:
        """Suggest room for the longest word."""
        return QSize(380, 250)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the mark, the word, and what stands below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        u = min(self._scale(self), self.height() / 230)
        left, width = 28 * u, self.width() - 56 * u
        # Room to spare goes above, a third of it, so that the word does not stick to the top.
        y = 30 * u + max(0.0, self.height() - 250 * u) / 3
        caption = theme.text_font(16 * u)
        painter.setFont(caption)
        painter.setPen(theme.SECONDARY)
        painter.drawText(QPointF(left, y + 14 * u), self._words.caption)
        y += 34 * u

        calm = self._look is None or self._look is self._looks.not_sure
        font = _fitting(self._words.word, width - (0 if self._look is None else 52 * u), 70 * u)
        metrics = QFontMetricsF(font)
        baseline = y + 68 * u
        x = left
        if self._look is not None:
            middle = baseline - metrics.capHeight() / 2
            size = min(38 * u, metrics.capHeight() * 0.86)
            paint_shape(
                painter, self._look.shape, QPointF(x + size / 2, middle), size, self._look.colour
            )
            x += size + 16 * u
        painter.setFont(font)
        painter.setPen(theme.SECONDARY if calm else theme.TEXT)
        painter.drawText(
            QPointF(x - metrics.leftBearing((self._words.word or " ")[0]), baseline),
            self._words.word,
        )

        baseline += 62 * u
        x = left
        if self._words.number and self._look is not None:
            font = theme.display_font(40 * u)
            painter.setFont(font)
            painter.setPen(self._look.colour)
            painter.drawText(QPointF(x, baseline), self._words.number)
            x += QFontMetricsF(font).horizontalAdvance(self._words.number) + 12 * u
        painter.setFont(theme.text_font(18 * u))
        painter.setPen(theme.SECONDARY)
        if self._words.number:
            painter.drawText(QPointF(x, baseline), self._words.detail)
        else:
            area = QRectF(left, baseline - 34 * u, width, self.height() - baseline + 34 * u)
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._words.detail)

    def _leaning(self, readout: Readout) -> str:
        likeliest = int(readout.probabilities.argmax())
        if likeliest >= len(self._looks.labels):
            return ""
        look = self._looks.of(self._looks.labels[likeliest])
        if look.shape is self._looks.not_sure.shape:
            return self.tr("This may be a style that was never taught.")
        return self.tr("Leaning towards {style}.").format(style=look.word)

    def _standing(self, seconds: int) -> str:
        if seconds < 1:
            return self.tr("sure")
        if seconds < 60:
            return self.tr("sure, for {seconds} s").format(seconds=seconds)
        return self.tr("sure, for {minutes} min {seconds} s").format(
            minutes=seconds // 60, seconds=seconds % 60
        )

    def _show(self, look: StyleLook | None, words: Words) -> None:
        if look is not self._look or words != self._words:
            self._look, self._words = look, words
            lines = (words.caption, words.word, words.number, words.detail)
            self.setAccessibleDescription(", ".join(line for line in lines if line))
            self.update()


def _fitting(word: str, width: float, size: float) -> QFont:
    """Return the display face at `size`, or as much smaller as `word` needs to fit."""
    needed = QFontMetricsF(theme.display_font(size)).horizontalAdvance(word)
    return theme.display_font(size * min(1.0, width / needed) if needed else size)
