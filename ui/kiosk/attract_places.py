"""Where things stand on the attract screen, lying or upright."""

from dataclasses import dataclass

from PyQt6.QtCore import QPoint, QPointF, QRect, QRectF, QSize

from choreai_live.ui.kiosk.demo_dancer import SHAPE
from choreai_live.ui.kiosk.measure import WANDER
from choreai_live.ui.kiosk.stage_light import StageLight


@dataclass(frozen=True)
class Places:
    """Where everything stands, in pixels of a layer somewhat larger than the screen."""

    dancer: QRect
    words: QRectF
    chart: QRectF
    brand: QPointF
    light: StageLight


def places_on(size: QSize, u: float, chart: float, *, mirrored: bool) -> Places:
    """Return where everything stands.

    Parameters
    ----------
    size
        Of the layer, pixels.
    u
        Scale of the screen.
    chart
        Height of the chart, pixels.
    mirrored
        Whether dancer and words have changed sides.
    """
    width, height = size.width(), size.height()
    inset = WANDER * u + 56 * u
    if width >= height:
        column = 0.44 * width
        tall = height
        wide = min(round(SHAPE * tall), width)
        centre = 0.715 * width if not mirrored else 0.285 * width
        left = inset if not mirrored else width - inset - column
        dancer = QRect(round(centre - wide / 2), 0, wide, tall)
        top = inset + 60 * u
        below = QRectF(left, height - inset - chart, column * 0.9, chart)
        words = QRectF(left, top, column, below.top() - top - 24 * u)
        brand = QPointF(left, inset)
    else:
        tall = round(min(0.60 * height, width / SHAPE))
        wide = round(SHAPE * tall)
        shift = 0.03 * width * (-1 if mirrored else 1)
        centre = width / 2 + shift
        dancer = QRect(round(centre - wide / 2), round(0.045 * height), wide, tall)
        left, column = inset, width - 2 * inset
        below = QRectF(left, height - inset - chart, column, chart)
        top = dancer.bottom() + 20 * u
        words = QRectF(left, top, column, below.top() - top - 30 * u)
        brand = QPointF(left, inset)
    light = StageLight(
        x=dancer.center().x(),
        y=dancer.top() + 0.46 * tall,
        radius=0.365 * tall,
        floor=dancer.top() + 0.795 * tall,
    )
    return Places(dancer.intersected(QRect(QPoint(), size)), words, below, brand, light)
