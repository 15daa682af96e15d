"""Sentences that come from outside the window, in the language of the window.

Everything below ``ui`` speaks English, for logs, files and the command line. What is shown
most often of it is known here by its pattern and said anew where it is shown; whatever is
not known stays as it is.
"""

import re
from functools import cache
from typing import Final

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

#: With names in braces for what differs from time to time.
PATTERNS: Final = (
    # Cameras.
    QT_TRANSLATE_NOOP("Sentences", "Camera {number}"),
    QT_TRANSLATE_NOOP("Sentences", "There is no camera at {device}; plug one in."),
    QT_TRANSLATE_NOOP(
        "Sentences", "There is no camera at {device}; choose one of those found: {found}."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} may not be used by you ({device} is protected); join the group that owns it, "
        "usually 'video', and log in again.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} cannot be opened; close other programs that use it, or plug it in again.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{name} opens but gives no picture; plug it in again, or choose another."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{name} stopped giving pictures; plug it in again and reopen it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{name} stopped giving pictures."),
    QT_TRANSLATE_NOOP("Sentences", "{name} is not there; plug it in again."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} gave no picture within {seconds} seconds; check that it works elsewhere, then "
        "try again.",
    ),
    # Streams.
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} has sent no picture for {seconds} seconds; check the connection and open it again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{name} has sent no picture for {seconds} seconds."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} sends nothing any more; check the network and the camera, and open it again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{name} sends nothing any more."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} broke off ({reason}); check the network and the camera, and open it again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{name} broke off ({reason})."),
    QT_TRANSLATE_NOOP("Sentences", "{name} ended; open it again if it should go on."),
    QT_TRANSLATE_NOOP("Sentences", "{name} ended."),
    QT_TRANSLATE_NOOP("Sentences", "{name} ended before its first picture; check the source."),
    QT_TRANSLATE_NOOP(
        "Sentences", "{name} did not answer within {seconds} seconds; check the network."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{name} did not answer; check the network."),
    QT_TRANSLATE_NOOP("Sentences", "{name} refused the user name or password; check both."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} wants a user name and password; write {address}, or keep them with `{command}`.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{name} is not known to the server; check the part after the host name."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{name} is refused by the server; check the address."),
    QT_TRANSLATE_NOOP(
        "Sentences", "{name} cannot be reached: nothing listens there; check host and port."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{name} cannot be reached ({reason}); check address and network."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{name} does not send video that can be read; check the address."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{name} failed unexpectedly ({kind})."),
    # Files.
    QT_TRANSLATE_NOOP("Sentences", "There is no file or folder '{path}'; check how it is written."),
    QT_TRANSLATE_NOOP("Sentences", "There is no file or folder {path}; check how it is written."),
    QT_TRANSLATE_NOOP("Sentences", "{path} cannot be read: {reason}."),
    QT_TRANSLATE_NOOP("Sentences", "{path} is empty (0 bytes); copy or record it again."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} was cut off before its end, where its index is; copy or record it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{path} is not a video that can be read; choose another file or convert it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{path} is not a video that can be read."),
    QT_TRANSLATE_NOOP("Sentences", "{path} is a text, not a video; choose another file."),
    QT_TRANSLATE_NOOP("Sentences", "{path} has no moving pictures in it; choose a video."),
    QT_TRANSLATE_NOOP(
        "Sentences", "{path} holds no picture that can be decoded; copy or record it again."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} is compressed in a way that cannot be read here; convert it to H.264.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{path} could not be read any further ({reason}); check the disk it is on."
    ),
    # Recording and saving.
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Recording stopped because less than {room} are free on the disk with {folder}: make "
        "room there, or record to another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Recording stopped because the disk with {session} is too slow: record to another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Recording stopped because the disk with {session} is full: make room there, or record "
        "to another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Recording stopped because {session} cannot be written ({reason}): check the disk, or "
        "record to another one.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Nothing can be recorded to {path} ({reason}): choose another folder or make room there.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} cannot be written ({reason}): choose another place or make room there.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{path} is a folder: name a file in it."),
    QT_TRANSLATE_NOOP("Sentences", "{path} is write-protected: choose another file."),
    # Where models run.
    QT_TRANSLATE_NOOP("Sentences", "the CPU"),
    QT_TRANSLATE_NOOP(
        "Sentences", "{provider} is not usable on this machine; running on {other} instead."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{provider} could not start ({reason}); running on {other} instead."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{provider} could not run ({reason}); running on {other} instead."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{provider} failed while it was running ({reason}); running on {other} instead.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The installed ONNX Runtime has no '{provider}' provider: choose one of {known}, or "
        "install the ONNX Runtime package that has it.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "Half precision brings nothing on {provider}; computing in fp32 instead."
    ),
    # Settings and logs.
    QT_TRANSLATE_NOOP("Sentences", "The default settings are used, because {reason}"),
    QT_TRANSLATE_NOOP("Sentences", "The last good settings are used, because {reason}"),
    QT_TRANSLATE_NOOP(
        "Sentences", "No log can be kept in {folder} ({reason}): it goes to standard error."
    ),
    # What was taught.
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{file} cannot be taught, as it has no embedding; use the shipped style model, or export "
        "yours again with this version.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "A take of {time} s is too short to learn from: dance for half a minute or more.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "A style needs a name of 1 to {number} letters: choose another one."
    ),
    QT_TRANSLATE_NOOP("Sentences", "'{name}' means that no style is danced: choose another name."),
    QT_TRANSLATE_NOOP(
        "Sentences", "'{name}' is known already: correct it, or choose another name."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "There is a style '{name}' already: merge the two, or choose another name."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "'{name}' came with the program and stays as it is: switch its pack off instead.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} was taught with style model {theirs}, this program has {ours}, which sees dances "
        "differently: teach it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} is damaged, its contents are not those it was written with: get it again from "
        "where it came from.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} is no style pack of this program: choose a {ending} file that it exported.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} cannot be made ({reason}): choose another folder for taught styles in the "
        "settings.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{path} cannot be removed ({reason}): check who may write there."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} cannot be read, so no style is muted and every pack is on: choose again.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{path} cannot be read ({reason}), so nothing is changed: check who may read it.",
    ),
    # What the shipped models do.
    QT_TRANSLATE_NOOP("Sentences", "finds up to six people in a picture, with 17 keypoints each"),
    QT_TRANSLATE_NOOP("Sentences", "reads 33 landmarks from an upright square crop of one dancer"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "reads afrobeat, classical, hip-hop or none of them from one dancer's keypoints over time",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Weights trained here; the training data allow research, not commercial use (see style.md)",
    ),
    QT_TRANSLATE_NOOP("Sentences", "see its maker"),
    QT_TRANSLATE_NOOP("Sentences", "cannot be read"),
)

_PLACE: Final = re.compile(r"\{(\w+)\}")
_FIGURES: Final = ("number", "seconds")


def spoken(text: str) -> str:
    """Return sentences in the language of the window, a line each.

    Parameters
    ----------
    text
        In English, as the rest of the program says it.
    """
    return "\n".join(_spoken(line) for line in text.split("\n"))


def _spoken(sentence: str) -> str:
    for pattern, expression in _expressions():
        if found := expression.fullmatch(sentence):
            words = QCoreApplication.translate("Sentences", pattern)
            if words == pattern:
                return sentence
            return words.format(**{key: _spoken(value) for key, value in found.groupdict().items()})
    return sentence


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((pattern, re.compile(_expression(pattern))) for pattern in PATTERNS)


def _expression(pattern: str) -> str:
    """Return what matches the sentences of a pattern."""

    def expression(index: int, part: str) -> str:
        if index % 2 == 0:
            return re.escape(part)
        return rf"(?P<{part}>\d+)" if part in _FIGURES else f"(?P<{part}>.+?)"

    parts = _PLACE.split(pattern)  # words, name, words, name, ..., words
    return "".join(expression(index, part) for index, part in enumerate(parts))
