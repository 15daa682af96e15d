"""JSON files that may be larger than memory should be asked to hold at once.

Of a list or an object, one member at a time is decoded; the text of the
others is not held. Python's own decoder does the work, so nothing is ever run.
"""

from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any, Final, TextIO

#: Characters that are read at a time, unless one member has more.
_CHUNK: Final = 1 << 20
#: So much must be known of what follows a number to know that it ends there: 10 may
#: go on as 10e+3.
_LOOKAHEAD: Final = 3
_WHITESPACE: Final = " \t\n\r"
_CLOSING: Final = {"[": "]", "{": "}"}


def stream_members(path: Path) -> Iterator[tuple[int | str, Any]]:
    """Yield the members of the list or object in a JSON file, in order.

    Parameters
    ----------
    path
        A file or pipe, UTF-8.

    Yields
    ------
    key
        The place in the list, from 1 on, or the key in the object. 0 where
        the file holds a single value, neither list nor object.
    value
        As :func:`json.loads` returns it.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is not JSON; members before the mistake have been yielded then.
    RecursionError
        If it is nested too deeply.
    """
    with path.open(encoding="utf-8-sig") as stream:
        text = _Text(stream)
        opening = text.peek()
        if opening in _CLOSING:
            text.skip()
            yield from _members(text, opening)
        else:
            yield 0, text.value()
        if text.peek():
            raise text.mistake("Extra data")


def _members(text: "_Text", opening: str) -> Iterator[tuple[int | str, Any]]:
    place, closing = 0, _CLOSING[opening]
    more = text.peek() != closing
    while more:
        place += 1
        key: int | str = place
        if opening == "{":
            if text.peek() != '"':
                raise text.mistake("Expecting property name enclosed in double quotes")
            key = text.value()
            text.expect(":")
        yield key, text.value()
        more = text.peek() != closing
        if more:
            text.expect(",")
    text.skip()


class _Text:
    """The text of a file from a place that moves on; what lies behind is forgotten."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = JSONDecoder()
        self._held = ""
        self._at = 0
        self._forgotten = 0

    def peek(self) -> str:
        """Return the next character that is not white space; empty at the end."""
        while True:
            while self._at < len(self._held):
                if self._held[self._at] not in _WHITESPACE:
                    return self._held[self._at]
                self._at += 1
            if not self._read_on():
                return ""

    def skip(self) -> None:
        """Go on by the character that was peeked at."""
        self._at += 1

    def expect(self, character: str) -> None:
        """Go on by one character that must be this one."""
        if self.peek() != character:
            raise self.mistake(f"Expecting '{character}' delimiter")
        self.skip()

    def value(self) -> Any:
        """Decode one value."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except JSONDecodeError as error:
                place = error.pos - self._at
                if self._read_on():
                    continue
                self._at += place
                raise self.mistake(error.msg) from error
            length = end - self._at
            if end > len(self._held) - _LOOKAHEAD and self._read_on():
                continue
            self._at += length
            return value

    def mistake(self, what: str) -> ValueError:
        """Return an error that says what is wrong here."""
        return ValueError(f"{what} at character {self._forgotten + self._at + 1}")

    def _read_on(self) -> bool:
        """Hold more text, twice as much each time, so that long members take no longer."""
        left = len(self._held) - self._at
        more = self._stream.read(max(_CHUNK, left))
        self._forgotten += self._at
        self._held = self._held[self._at :] + more
        self._at = 0
        return bool(more)
