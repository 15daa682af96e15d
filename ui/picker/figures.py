"""Sizes, rates and durations in figures."""

from PyQt6.QtCore import QCoreApplication, QLocale

from choreai_live.ui.clock import clock
from choreai_live.ui.picker.glance import Glance


def figures_of(glance: Glance) -> str:
    """Return size, rate and duration, as far as they are known."""
    width, height = glance.size
    parts = [f"{width} × {height}"]  # noqa: RUF001 - the sign for times
    if glance.rate is not None:
        fine, locale = glance.rate < 10, QLocale()
        rate = locale.toString(glance.rate, "f", 1) if fine else locale.toString(round(glance.rate))
        parts.append(QCoreApplication.translate("figures", "{rate} fps").format(rate=rate))
    if glance.duration is not None:
        parts.append(clock(round(glance.duration)))
    return " · ".join(parts)
