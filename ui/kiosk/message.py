"""What the kiosk says when there is no picture, to the public and in one breath."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """A calm sentence for whoever stands before the screen.

    Parameters
    ----------
    heading
        In large letters.
    sentence
        Below it.
    """

    heading: str
    sentence: str = ""
