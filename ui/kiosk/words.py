"""What the kiosk says in which state, in words for the public."""

from math import ceil
from typing import Final

from PyQt6.QtCore import QCoreApplication

from choreai_live.configuration.sections import KioskSection
from choreai_live.ui.kiosk.message import Message
from choreai_live.ui.worker import Status, WorkerState

translate = QCoreApplication.translate

#: States of a source that was there before and is expected back.
AWAY: Final = (WorkerState.STALLED, WorkerState.RECONNECTING, WorkerState.LOST)


def invitation_words(invitation: str) -> str:
    """Return an invitation of the operator's own as it is, the one there is without in words."""
    if invitation == KioskSection().invitation:
        return translate("KioskWords", "Step in and dance")
    return invitation


def starting_again() -> Message:
    """Return what is said while the pipeline is being replaced."""
    return Message(
        translate("KioskWords", "One moment"), translate("KioskWords", "Starting again.")
    )


def words_for(status: Status | None, now: float) -> Message:
    """Return what is said instead of a picture.

    Parameters
    ----------
    status
        The worker's; None before the first.
    now
        ``time.monotonic()`` seconds.
    """
    if status is not None and status.state in AWAY:
        return Message(
            translate("KioskWords", "The camera is away for a moment"), _next_try(status, now)
        )
    if status is not None and status.state is WorkerState.FAILED:
        return Message(
            translate("KioskWords", "This screen takes a break"),
            translate("KioskWords", "Please tell the staff."),
        )
    return Message(translate("KioskWords", "One moment"), translate("KioskWords", "Getting ready."))


def _next_try(status: Status, now: float) -> str:
    if status.state is WorkerState.STALLED:
        return translate("KioskWords", "It will be back by itself.")
    left = None if status.retry_at is None else status.retry_at - now
    if left is None or left <= 0.0:
        return translate("KioskWords", "Trying to reach it.")
    return translate("KioskWords", "Trying again in {seconds} s.").format(seconds=ceil(left))
