"""What a tile says of its source's state, in a word and a colour."""

from math import ceil
from time import monotonic
from typing import Final

from PyQt6.QtCore import QCoreApplication

from choreai_live.ui.worker import Status, WorkerState

translate = QCoreApplication.translate

_TONES: Final = {
    WorkerState.LOADING: "FAINT",
    WorkerState.OPENING: "FAINT",
    WorkerState.LIVE: "GOOD",
    WorkerState.ENDED: "FAINT",
}


def state_tone(status: Status | None) -> str:
    """Return the colour of the theme, by its name there, that a state is shown in."""
    return "FAINT" if status is None else _TONES.get(status.state, "WARNING")


def state_words(status: Status | None, *, counting: bool = True) -> str:
    """Return a word or two: what a source is doing.

    Parameters
    ----------
    status
        What its worker told last; None for nothing yet.
    counting
        Whether to say in how many seconds it is tried again.
    """
    if status is None:
        return ""
    match status.state:
        case WorkerState.LOADING:
            return translate("StateWords", "Getting ready")
        case WorkerState.OPENING:
            return translate("StateWords", "Opening")
        case WorkerState.LIVE:
            playing = status.source is not None and not status.source.live
            return (
                translate("StateWords", "Playing") if playing else translate("StateWords", "Live")
            )
        case WorkerState.PAUSED:
            return translate("StateWords", "Paused")
        case WorkerState.STALLED:
            return translate("StateWords", "No picture")
        case WorkerState.RECONNECTING:
            return _reconnecting(status.retry_at if counting else None)
        case WorkerState.ENDED:
            return translate("StateWords", "Ended")
        case WorkerState.LOST:
            return translate("StateWords", "Connection lost")
        case WorkerState.FAILED:
            return translate("StateWords", "Not opened")


def _reconnecting(retry_at: float | None) -> str:
    left = 0.0 if retry_at is None else retry_at - monotonic()
    if left <= 0.0:
        return translate("StateWords", "Reconnecting")
    return translate("StateWords", "Reconnecting in {seconds} s").format(seconds=ceil(left))
