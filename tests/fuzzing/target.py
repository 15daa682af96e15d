"""Something that reads bytes others wrote, and what may come of it.

A target draws an example (bytes), and takes it the way the program would. The
only things that may happen are that it is accepted, or refused with one
sentence; anything else that is raised is a defect.
"""

import re
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from choreai_live.capture import Source
from choreai_live.errors import ChoreaiError

MOST_FRAMES: Final = 500
"""Frames taken of one example: damaged times can make a short file look endless."""

_ONE_SENTENCE: Final = re.compile(r"[^\n]+[.?]")


class Target(ABC):
    """Something that reads bytes others wrote.

    Parameters
    ----------
    folder
        Where good examples are made and damaged ones are put.

    Attributes
    ----------
    suffix : str
        Of the files that hold examples.
    patience : float
        Seconds one example may take; beyond that it hangs.
    """

    suffix = ".bin"
    patience = 30.0

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def examples(self) -> st.SearchStrategy[bytes]:
        """Return how to draw a damaged example."""

    @abstractmethod
    def take(self, path: Path) -> None:
        """Read the example at ``path`` as the program would, and check what comes of it.

        Raises
        ------
        ChoreaiError
            If it is refused.
        """

    def close(self) -> None:  # noqa: B027 - most hold nothing
        """Let go of everything."""


def outcome(target: Target, path: Path) -> str:
    """Take one example; return ``"accepted"``, or the sentence it is refused with.

    Raises
    ------
    AssertionError
        If the refusal is no single sentence, or a promise is broken.
    BaseException
        Whatever else comes out: a defect.
    """
    sentence = ""
    try:
        target.take(path)
    except ChoreaiError as error:
        sentence = str(error)
    else:
        return "accepted"
    assert _ONE_SENTENCE.fullmatch(sentence), f"not one sentence: {sentence}"
    return sentence


def watch(source: Source) -> None:
    """Read to the end and see that every frame keeps the promises of a frame."""
    last = -1.0
    for _ in range(MOST_FRAMES):
        frame = source.read()
        if frame is None:
            return
        assert frame.time > last
        assert frame.image.size > 0
        last = frame.time
