"""What a process of ours writes to its standard error."""

import logging
import re
from collections import deque
from threading import Thread
from typing import IO, Final

from choreai_live.capture.urls import mask_credentials

logger = logging.getLogger(__name__)

#: How the process writes its own log.
LOG_FORMAT: Final = "%(levelname)s %(name)s: %(message)s"

_LOG_LINE = re.compile(r"(DEBUG|INFO|WARNING|ERROR|CRITICAL) ([\w.]+): (.*)", re.DOTALL)
#: A longer line is cut: one that never ends must not fill the memory.
_LONGEST_LINE: Final = 2_000
_KEPT: Final = 80


class LastWords:
    """Passes it to the log, credentials masked, and keeps the last of it.

    Parameters
    ----------
    stream
        The reading end; closed at its end.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lines: deque[str] = deque(maxlen=_KEPT)
        self._thread = Thread(target=self._listen, name="last words", daemon=True)
        self._thread.start()

    def lines(self, patience: float = 0.5) -> list[str]:
        """Return the last lines, once all was said or `patience` seconds are over."""
        self._thread.join(patience)
        return list(self._lines)

    def _listen(self) -> None:
        with self._stream as stream:
            while raw := stream.readline(_LONGEST_LINE):
                if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
                    raw = _without_end(raw)
                    while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                        pass
                line = mask_credentials(raw.decode("utf-8", "backslashreplace").rstrip())
                if line:
                    self._take(line)

    def _take(self, line: str) -> None:
        entry = _LOG_LINE.fullmatch(line)
        if entry:
            level, name, words = entry.groups()
            logging.getLogger(name).log(getattr(logging, level), "%s", words)
        else:
            self._lines.append(line)
            logger.debug("%s", line)


def _without_end(line: bytes) -> bytes:
    """Return a line that was cut without its last word: half an address cannot be masked."""
    words, _, _ = line.rpartition(b" ")
    return words + b" [...]"
