"""The window's icons: drawn here, so that they are sharp at any scale and one family."""

from typing import Final

from PyQt6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer

from choreai_live.ui import theme
from choreai_live.ui.style_look import StyleLooks, paint_shape

#: Strokes on a grid of 24 by 24.
_STROKES: Final = {
    "camera": '<rect x="3" y="6.5" width="12.5" height="11" rx="2.5"/>'
    '<path d="M15.5 10.8 21 7.6v8.8l-5.5-3.2z"/>',
    "source": '<rect x="3.5" y="4.5" width="7" height="6.2" rx="1.6"/>'
    '<rect x="13.5" y="4.5" width="7" height="6.2" rx="1.6"/>'
    '<rect x="3.5" y="13.3" width="7" height="6.2" rx="1.6"/>'
    '<path d="M17 13.6v5.6M14.2 16.4h5.6"/>',
    "file": '<path d="M3 7.5a2 2 0 0 1 2-2h4l2 2.5h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2'
    'z"/>'
    '<path d="M10.6 11.6v4.4l3.6-2.2z"/>',
    "stream": '<circle cx="12" cy="12" r="1.6"/>'
    '<path d="M8.3 15.7a5.2 5.2 0 0 1 0-7.4M15.7 8.3a5.2 5.2 0 0 1 0 7.4"/>'
    '<path d="M5.5 18.5a9.2 9.2 0 0 1 0-13M18.5 5.5a9.2 9.2 0 0 1 0 13"/>',
    "demo": '<circle cx="13" cy="4.6" r="2"/>'
    '<path d="M5 7.5l5 2.2 3 .3 5-3M12 10l-.6 5 3.8 2.2-.8 4.3M11.4 15 9 21"/>',
    "pause": '<path d="M9 6v12M15 6v12"/>',
    "play": '<path d="M8 5.5v13l10.5-6.5z"/>',
    "record": '<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="1.9" stroke-width="3.8"/>',
    "stop": '<rect x="6" y="6" width="12" height="12" rx="2.2"/>',
    "replay": '<path d="M5 12.5a7 7 0 1 0 2.3-5.2M7.6 3.5v4h-4"/>',
    "mirror": '<path d="M12 4v16" stroke-dasharray="2 2.6"/><path d="M9 8v9H3.5zM15 8v9h5.5z"/>',
    "events": '<path d="M9.5 6.5H20M9.5 12H20M9.5 17.5h7"/>'
    '<path d="M4.5 6.5h.6M4.5 12h.6M4.5 17.5h.6" stroke-width="2.4"/>',
    "snapshot": '<path d="M4.5 7.5h3l1.6-2.5h5.8l1.6 2.5h3A1.5 1.5 0 0 1 21 9v8.5'
    'a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5V9a1.5 1.5 0 0 1 1.5-1.5z"/>'
    '<circle cx="12" cy="13" r="3.4"/>',
    "teach": '<circle cx="9" cy="4.8" r="2"/>'
    '<path d="M4 10.2l4-2.4h2.4l4 2.2M9 8.4v5.8l2.6 6.8M9 14.2 5.6 21M18 3.5v6M15 6.5h6"/>',
    "close": '<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>',
    "add": '<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><path d="M12 9v6M9 12h6"/>',
    "more": '<path d="M5.5 6.5l5.5 5.5-5.5 5.5M13 6.5l5.5 5.5-5.5 5.5"/>',
    "expand": '<path d="M13.5 5H19v5.5M19 5l-6 6M10.5 19H5v-5.5M5 19l6-6"/>',
    "grid": '<rect x="4.5" y="4.5" width="6" height="6" rx="1.4"/>'
    '<rect x="13.5" y="4.5" width="6" height="6" rx="1.4"/>'
    '<rect x="4.5" y="13.5" width="6" height="6" rx="1.4"/>'
    '<rect x="13.5" y="13.5" width="6" height="6" rx="1.4"/>',
    "fullscreen": '<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9"/>'
    '<path d="M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15"/>',
}


class _StrokeEngine(QIconEngine):
    """Renders one icon in the colour of its state, at whatever size is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(
        self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        if painter is None:
            return
        colour = theme.TEXT if state is QIcon.State.On else theme.SECONDARY
        if mode is QIcon.Mode.Active:
            colour = theme.TEXT
        elif mode is QIcon.Mode.Disabled:
            colour = theme.blend(theme.FAINT, theme.BACKGROUND, 0.4)
        # Square, at the left: what is left of the width parts icon and words.
        side = min(rect.width(), rect.height())
        _renderer(self._name, colour).render(painter, QRectF(rect.left(), rect.top(), side, side))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _StrokeEngine(self._name)


def icon(name: str) -> QIcon:
    """Return one of the stroked icons."""
    return QIcon(_StrokeEngine(name))


def app_icon() -> QIcon:
    """Return the mark of the application: the three styles' shapes in a dark tile."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.SURFACE)
        painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
        paint_mark(painter, QRectF(0, 0, size, size))
        painter.end()
        result.addPixmap(pixmap)
    return result


def paint_mark(painter: QPainter, area: QRectF, strengths: tuple[float, ...] = (1, 1, 1)) -> None:
    """Draw triangle, circle and square around the middle of `area`, each `strengths` opaque."""
    looks = StyleLooks(("afrobeat", "classical", "hiphop"))
    size = min(area.width(), area.height()) * 0.3
    places = ((0.5, 0.3), (0.29, 0.68), (0.71, 0.68))
    for label, (x, y), strength in zip(looks.labels, places, strengths, strict=True):
        look = looks.of(label)
        centre = QPointF(area.left() + area.width() * x, area.top() + area.height() * y)
        paint_shape(
            painter, look.shape, centre, size, theme.blend(theme.SURFACE, look.colour, strength)
        )


def _renderer(name: str, colour: QColor) -> QSvgRenderer:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour.name()}" stroke-width="1.7" stroke-linecap="round" '
        f'stroke-linejoin="round">{_STROKES[name]}</svg>'
    )
    return QSvgRenderer(QByteArray(svg.encode()))
