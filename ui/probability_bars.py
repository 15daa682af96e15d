"""One bar per class of the style model."""

from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Readout
from choreai_live.ui import theme
from choreai_live.ui.steadiness import Steady
from choreai_live.ui.style_look import Shape, StyleLooks, paint_shape


class ProbabilityBars(QWidget):
    """How probable each style is, with mark, word, bar and number.

    Parameters
    ----------
    parent
        The widget it is in.
    scale
        How much larger than on the reference window everything is, for a widget.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        scale: Callable[[QWidget], float] = theme.unit,
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Probabilities"))
        self._looks = StyleLooks()
        self._shares: tuple[float, ...] = ()
        self._label: str | None = None
        self._finer: str | None = None
        self._percents: tuple[int, ...] = ()
        # The likeliest of the styles that were taught; None where nothing was.
        self._taught: tuple[str, float] | None = None
        self._steady = Steady[tuple[int, ...]]()
        self._steady_taught = Steady[tuple[str, float]]()

    @property
    def taught(self) -> tuple[str, float] | None:
        """The likeliest style that was taught and how probable it is, None for none."""
        return self._taught

    @property
    def _rows(self) -> int:
        return len(self._looks.labels) + (self._taught is not None)

    @property
    def shares(self) -> tuple[float, ...]:
        """The probabilities shown, 0 to 1, in the order of the labels; empty for none."""
        return self._shares

    def set_looks(self, looks: StyleLooks) -> None:
        """Say which classes there are and what they look like."""
        self._looks = looks
        self._shares = ()
        self.updateGeometry()
        self.update()

    def show_readout(self, readout: Readout | None, time: float | None = None) -> None:
        """Show a readout's probabilities, or empty bars.

        Parameters
        ----------
        readout
            None for empty bars.
        time
            Seconds on the source's clock, where the numbers are to change no faster than
            they can be read; the bars always follow at once.
        """
        shares = tuple(float(p) for p in readout.probabilities) if readout else ()
        label = readout.label if readout else None
        self._finer = readout.finer if readout else None
        taught = self._taught
        if readout is not None:
            taught = readout.taught[0] if readout.taught else None
            if time is not None and taught is not None:  # a name must stand to be read
                taught = self._steady_taught.show(taught, time)
        if (taught is None) != (self._taught is None):
            self.updateGeometry()
        if (shares, label, taught) != (self._shares, self._label, self._taught):
            self._shares, self._label, self._taught = shares, label, taught
            self.update()
        if taught is not None and shares:
            shares = (*shares, taught[1])
        percents = tuple(round(share * 100) for share in shares)
        if time is not None and percents:
            percents = self._steady.show(percents, time, label)
        else:
            self._steady.forget()
            self._steady_taught.forget()
        self._percents = percents

    def sizeHint(self) -> QSize:
        """Suggest a row per class, and one for what was taught."""
        u = self._scale(self)
        return QSize(int(380 * u), int((46 * max(self._rows, 3) + 40) * u))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labels = self._looks.labels
        if not labels:
            return
        shares = self._shares
        if self._taught is not None:
            labels = (*labels, self._taught[0])
            shares = (*shares, self._taught[1]) if shares else ()
        u = min(self._scale(self), self.height() / (46 * len(labels) + 30))
        left, right = 28 * u, self.width() - 28 * u
        size = min(18 * self._scale(self), 24 * u)  # large text takes from the gaps
        font = theme.text_font(size)
        strong = theme.text_font(size, strong=True)
        line = QFontMetricsF(font).height()
        y = self.height() - (46 * len(labels) + 22) * u
        for index, label in enumerate(labels):
            look = self._looks.of(label)
            share = shares[index] if index < len(shares) else 0.0
            chosen = label in (self._label, self._finer)
            ink = theme.TEXT if chosen else theme.SECONDARY
            row = QRectF(left, y, right - left, line)
            faint = look.shape is Shape.RING
            colour = look.colour if chosen or faint else theme.faded(look.colour, 0.72)
            paint_shape(
                painter, look.shape, QPointF(left + 7 * u, row.center().y()), 13 * u, look.colour
            )
            painter.setFont(strong if chosen else font)
            painter.setPen(ink)
            painter.drawText(row.adjusted(26 * u, 0, 0, 0), _LEFT, look.word)
            if index < len(self._percents):
                percent = self.tr("{percent}%").format(percent=self._percents[index])
                painter.drawText(row, _RIGHT, percent)
            track = QRectF(left, row.bottom() + 4 * u, right - left, 7 * u)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.HAIRLINE)
            painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
            if share > 0.005:
                track.setWidth(max(track.height(), track.width() * share))
                painter.setBrush(colour)
                painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
            y += 46 * u


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
