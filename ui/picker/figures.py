"""Sizes, rates and durations in words."""

from PyQt6.QtCore import QCoreApplication

from choreai_live.ui.picker.glance import Glance


def figures_of(glance: Glance) -> str:
    """Return size, rate and duration, as far as they are known."""
    width, height = glance.size
    parts = [f"{width} × {height}"]  # noqa: RUF001 - the sign for times
    if glance.rate is not None:
        rate = f"{glance.rate:.1f}" if glance.rate < 10 else f"{glance.rate:.0f}"
        parts.append(QCoreApplication.translate("figures", "{rate} fps").format(rate=rate))
    if glance.duration is not None:
        parts.append(clock(glance.duration))
    return " · ".join(parts)


def clock(seconds: float) -> str:
    """Return a duration as clocks show it: ``"0:07"``, ``"4:00:00"``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
