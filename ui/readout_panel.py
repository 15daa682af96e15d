"""The big readout: what is being danced, how sure, since when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Readout
from choreai_live.ui import theme
from choreai_live.ui.steadiness import Steady
from choreai_live.ui.style_look import StyleLook, StyleLooks, full_word, paint_shape

#: Most other dancers told of below the big readout.
_OTHERS = 2
#: How much lower everything below the word is where a finer one stands under it.
_FINER = 38


@dataclass(frozen=True)
class Words:
    """The three lines of the readout."""

    caption: str
    word: str
    number: str
    detail: str
    #: What it is more exactly, within the style: a move; empty where that is not sure.
    finer: str = ""


@dataclass(frozen=True)
class OtherWords:
    """One line about another dancer."""

    look: StyleLook
    name: str
    word: str


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
        self._others: tuple[OtherWords, ...] = ()
        self._more = 0
        self._past = ""
        self._percent = Steady[int]()
        self.clear()

    @property
    def words(self) -> Words:
        """What stands there."""
        return self._words

    @property
    def others(self) -> tuple[OtherWords, ...]:
        """What is said of other dancers, a line each."""
        return self._others

    @property
    def past(self) -> str:
        """How long ago what stands there was; empty where it is the present."""
        return self._past

    @past.setter
    def past(self, past: str) -> None:
        if past != self._past:
            self._past = past
            self._percent.forget()
            self._describe()
            self.update()

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

    def show_nobody(self, *, hint: str = "") -> None:
        """Say calmly that there is no dancer; `hint` says why where that is known."""
        detail = hint or self.tr("Step into the picture and dance.")
        self._show(None, Words("", self.tr("Nobody here"), "", detail))

    def show_readout(
        self,
        readout: Readout | None,
        time: float,
        *,
        dancer: int | None,
        hint: str = "",
        others: Sequence[tuple[int, Readout | None]] = (),
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
        others
            Number and readout of further dancers, to be told of in a line each.
        """
        caption = self._caption(dancer)
        if readout is None:
            words = Words(caption, self.tr("Watching"), "", hint or self.tr("Just a moment."))
            self._show(None, words, others)
        elif readout.label is None:
            words = Words(caption, self._looks.not_sure.word, "", hint or self._leaning(readout))
            self._show(self._looks.not_sure, words, others)
        else:
            look = self._looks.of(readout.label)
            sure = self._percent.show(
                round(readout.confidence * 100), time, (dancer, readout.label, readout.since)
            )
            percent = self.tr("{percent}%").format(percent=sure)
            seconds = max(0, int(time - readout.since))
            standing = self._standing(seconds)
            words = Words(caption, look.word, percent, standing, readout.finer or "")
            self._show(look, words, others)

    def conclude(self, caption: str) -> None:
        """Say by `caption` that what stands there is the last readout, not the present."""
        if self._words.word:
            self._words = replace(self._words, caption=caption)
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        """Suggest room for the longest word."""
        return QSize(380, 250)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the mark, the word, and what stands below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = len(self._others) + (1 if self._more else 0)
        needed = 230 + (14 + 26 * lines if lines else 0) + (_FINER if self._words.finer else 0)
        u = min(self._scale(self), self.height() / needed)
        left, width = 28 * u, self.width() - 56 * u
        # Room to spare goes above, a third of it, so that the word does not stick to the top.
        y = 30 * u + max(0.0, self.height() - (needed + 20) * u) / 3
        self._paint_caption(painter, left, y, u)
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

        if self._words.finer:
            baseline += _FINER * u
            painter.setFont(_fitting(self._words.finer, width, 27 * u))
            painter.setPen(theme.TEXT)
            painter.drawText(QPointF(left, baseline + 6 * u), self._words.finer)
        baseline += 62 * u
        x = left
        if self._words.number and self._look is not None:
            font = theme.display_font(40 * u)
            painter.setFont(font)
            painter.setPen(self._look.colour)
            painter.drawText(QPointF(x, baseline), self._words.number)
            x += QFontMetricsF(font).horizontalAdvance(self._words.number) + 12 * u
        font = theme.text_font(18 * self._small(u))
        if self._words.number:
            wide = QFontMetricsF(font).horizontalAdvance(self._words.detail)
            room = left + width - x
            if wide > room > 0.0:
                font = theme.text_font(18 * self._small(u) * room / wide)
        painter.setFont(font)
        painter.setPen(theme.SECONDARY)
        if self._words.number:
            painter.drawText(QPointF(x, baseline), self._words.detail)
        else:
            area = QRectF(left, baseline - 34 * u, width, self.height() - baseline + 34 * u)
            if lines:  # not over the other dancers
                area.setHeight(60 * u)
            painter.setFont(_wrapping(self._words.detail, area, 18 * self._small(u)))
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._words.detail)
        self._paint_others(painter, left, baseline + 44 * u, width, u)

    def _small(self, u: float) -> float:
        """Return the scale of the smaller words: large text takes from the gaps around them."""
        return max(u, min(self._scale(self), 1.35 * u))

    def _paint_caption(self, painter: QPainter, left: float, y: float, u: float) -> None:
        painter.setFont(theme.text_font(16 * self._small(u), strong=bool(self._past)))
        painter.setPen(theme.SECONDARY)
        if not self._past:
            painter.drawText(QPointF(left, y + 14 * u), self._words.caption)
            return
        # Another ink and a plate of its own: nobody must take the past for the present.
        metrics = QFontMetricsF(painter.font())
        plate = QRectF(left, y - 6 * u, metrics.horizontalAdvance(self._past) + 22 * u, 29 * u)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.TEXT)
        painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
        painter.setPen(theme.BACKGROUND)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._past)
        painter.setFont(theme.text_font(16 * self._small(u)))
        painter.setPen(theme.SECONDARY)
        painter.drawText(QPointF(plate.right() + 12 * u, y + 14 * u), self._words.caption)

    def _paint_others(
        self, painter: QPainter, left: float, y: float, width: float, u: float
    ) -> None:
        for other in self._others:
            middle = y - 5 * u
            paint_shape(
                painter, other.look.shape, QPointF(left + 7 * u, middle), 13 * u, other.look.colour
            )
            painter.setFont(theme.text_font(16 * self._small(u)))
            painter.setPen(theme.SECONDARY)
            painter.drawText(QPointF(left + 26 * u, y), other.name)
            row = QRectF(left, middle - 13 * u, width, 26 * u)
            painter.setPen(theme.TEXT)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(row, right, other.word)
            y += 26 * u
        if self._more:
            painter.setFont(theme.text_font(16 * self._small(u)))
            painter.setPen(theme.SECONDARY)
            more = self.tr("and {number} more").format(number=self._more)
            painter.drawText(QPointF(left + 26 * u, y), more)

    def _caption(self, dancer: int | None) -> str:
        """Return what stands above the word, true of the time that is shown."""
        if dancer is not None and self._numbered:
            return self.tr("Dancer {number}").format(number=dancer)
        return self.tr("Was dancing") if self._past else self.tr("Now dancing")

    def _line(self, number: int, readout: Readout | None) -> OtherWords:
        name = self.tr("Dancer {number}").format(number=number)
        if readout is None:
            return OtherWords(self._looks.not_sure, name, self.tr("Watching"))
        look = self._looks.of(readout.label)
        if readout.label is None:
            return OtherWords(look, name, look.word)
        # To the nearest five: a line that changes all the time draws the eye for nothing.
        about = round(readout.confidence * 20) * 5
        style = full_word(look, readout.finer)
        word = self.tr("{style}, {percent}%").format(style=style, percent=about)
        return OtherWords(look, name, word)

    def _leaning(self, readout: Readout) -> str:
        likeliest = int(readout.probabilities.argmax())
        if readout.taught and readout.taught[0][1] > readout.probabilities[likeliest]:
            name = self._looks.of(readout.taught[0][0]).word
            return self.tr("Leaning towards {style}.").format(style=name)
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

    def _show(
        self,
        look: StyleLook | None,
        words: Words,
        others: Sequence[tuple[int, Readout | None]] = (),
    ) -> None:
        # One more than fits takes its own line; two more need the line that counts them.
        shown = len(others) if len(others) <= _OTHERS + 1 else _OTHERS
        lines = tuple(self._line(*other) for other in others[:shown])
        now = (look, words, lines, len(others) - shown)
        if now != (self._look, self._words, self._others, self._more):
            self._look, self._words, self._others, self._more = now
            self._describe()
            self.update()

    def _describe(self) -> None:
        """Tell screen readers what stands there."""
        words = self._words
        lines = [self._past, words.caption, words.word, words.finer, words.number, words.detail]
        lines += [f"{other.name}: {other.word}" for other in self._others]
        self.setAccessibleDescription(", ".join(line for line in lines if line))


def _fitting(word: str, width: float, size: float) -> QFont:
    """Return the display face at `size`, or as much smaller as `word` needs to fit."""
    needed = QFontMetricsF(theme.display_font(size)).horizontalAdvance(word)
    return theme.display_font(size * min(1.0, width / needed) if needed else size)


def _wrapping(words: str, area: QRectF, size: float) -> QFont:
    """Return the reading face, no larger than `size`, in which words fit in lines into `area`."""
    for share in (1.0, 0.9, 0.8, 0.7):
        font = theme.text_font(size * share)
        room = QRectF(0.0, 0.0, area.width(), 1e4)
        taken = QFontMetricsF(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), words)
        if taken.height() <= area.height():
            break
    return font
