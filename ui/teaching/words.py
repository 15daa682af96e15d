"""What the window says about takes and lessons, in its language."""

from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from choreai_live.teaching import Problem

translate = QCoreApplication.translate

#: Nobody wants to know to the second how much more than this many seconds is.
_LONG: Final = 180.0


def problem_words(problem: "Problem | None", *, dancing: bool) -> str:
    """Return one calm line about what is wrong with a take; empty where nothing is.

    Parameters
    ----------
    problem
        The worst that is wrong.
    dancing
        Whether it can still be mended, as the take goes on.
    """
    name = problem.name if problem is not None else ""
    if dancing:
        said = {
            "UNSEEN": translate("Teaching", "You are hard to see: more light, or come closer."),
            "LEGS": translate("Teaching", "Your legs are out of view: step back a little."),
            "STILL": translate("Teaching", "You hardly move: dance as large as you can."),
            "MONOTONOUS": translate("Teaching", "Show more of it: turn, vary, use the room."),
        }
    else:
        said = {
            "SHORT": translate("Teaching", "Too short to learn from."),
            "UNSEEN": translate("Teaching", "The dancer was hard to see."),
            "LEGS": translate("Teaching", "The legs were out of view."),
            "STILL": translate("Teaching", "There was hardly any movement."),
            "MONOTONOUS": translate("Teaching", "Always much the same."),
        }
    return said.get(name, "")


def seconds_words(seconds: float) -> str:
    """Return a length of time as it is said of a take."""
    if seconds >= _LONG:
        return translate("Teaching", "{minutes} min").format(minutes=round(seconds / 60))
    return translate("Teaching", "{seconds} s").format(seconds=round(seconds))
