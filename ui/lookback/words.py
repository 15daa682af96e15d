"""Times in words."""

from PyQt6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def ago_words(seconds: float) -> str:
    """Return how long ago something was, as ``"12 s ago"``."""
    return translate("Lookback", "{time} ago").format(time=length_words(seconds))


def length_words(seconds: float) -> str:
    """Return a length of time in words, as ``"1 min 12 s"``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return translate("Lookback", "{seconds} s").format(seconds=whole)
    if whole < 3600:
        return translate("Lookback", "{minutes} min {seconds} s").format(
            minutes=whole // 60, seconds=whole % 60
        )
    return translate("Lookback", "{hours} h {minutes} min").format(
        hours=whole // 3600, minutes=whole % 3600 // 60
    )
