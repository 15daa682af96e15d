"""Log files that never grow without end and never hold a password.

Everything that ends the program, or one of its threads, without being caught is
told there too.
"""

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

import platformdirs

from choreai_live import __version__
from choreai_live.configuration.sections import LogSection
from choreai_live.masking import mask_credentials

logger = logging.getLogger(__name__)

_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
#: Of one record; what comes after it is cut.
_LONGEST: Final = 20_000
#: Longer ones would keep what looks for addresses busy, and are none.
_LONGEST_LINE: Final = 20_000
_LONGEST_WORD: Final = 4_000
#: A file of fatal errors that is larger is begun anew.
_FATAL_BYTES: Final = 1_000_000


class MaskingFormatter(logging.Formatter):
    """Formats a record, traceback included, with the credentials of every address masked."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text."""
        # The text of a traceback is kept in the record, where other handlers find it.
        kept = record.exc_text
        text = super().format(record)
        record.exc_text = kept
        return without_credentials(text)


def without_credentials(text: str) -> str:
    """Return a text of several lines with the credentials of every address masked.

    Very long words and lines are left out whole, so that no secret in them is halved.
    """
    masked = "\n".join(map(_masked_line, text.splitlines()))
    return masked if len(masked) <= _LONGEST else f"{masked[:_LONGEST]} [...]"


def _masked_line(line: str) -> str:
    words = (_unless_longer(_LONGEST_WORD, word) for word in line.split(" "))
    return mask_credentials(_unless_longer(_LONGEST_LINE, " ".join(words)))


def _unless_longer(most: int, text: str) -> str:
    return text if len(text) <= most else f"[{len(text)} characters]"


class _LogFile(RotatingFileHandler):
    """Says once that it cannot write, instead of once for each record."""

    _complained = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Go on without the record."""
        if not self._complained:
            self._complained = True
            error = sys.exc_info()[1]
            print(f"The log {self.baseFilename} cannot be written ({error}).", file=sys.stderr)


def log_folder(section: LogSection) -> Path:
    """Return the folder of the log files."""
    return section.folder or platformdirs.user_log_path("choreai-live")


@contextmanager
def file_log(section: LogSection, name: str) -> Iterator[str | None]:
    """Keep a log in files while inside, and uncaught errors with it.

    Parameters
    ----------
    section
        Where, how much and how large.
    name
        Of the file: one for each kind of process, as two cannot rotate the same.

    Yields
    ------
    str or None
        One sentence if no file can be written and the log goes to stderr; else None.
    """
    root, ours = logging.getLogger(), logging.getLogger("choreai_live")
    before = root.level, ours.level
    handler, notice = _handler(section, name)
    handler.setFormatter(MaskingFormatter(_FORMAT))
    level = logging.getLevelNamesMapping()[section.level.upper()]
    handler.setLevel(level)
    root.addHandler(handler)
    root.setLevel(min(root.level, max(level, logging.INFO)))
    ours.setLevel(min(ours.level or level, level))
    with ExitStack() as stack:
        stack.callback(_close, handler)
        stack.callback(ours.setLevel, before[1])
        stack.callback(root.setLevel, before[0])
        stack.callback(root.removeHandler, handler)
        stack.enter_context(_uncaught_errors_logged())
        if notice is None:
            stack.enter_context(_fatal_errors_kept(log_folder(section) / f"{name}-fatal.log"))
        logger.info("ChoreAI Live %s begins.", __version__)
        yield notice
        logger.info("ChoreAI Live ends.")


def _close(handler: logging.Handler) -> None:
    with suppress(OSError):  # a full disk is no reason to end badly
        handler.close()


def _handler(section: LogSection, name: str) -> tuple[logging.Handler, str | None]:
    folder = log_folder(section)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(
            folder / f"{name}.log",
            maxBytes=round(section.megabytes * 1e6),
            backupCount=section.kept,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        notice = f"No log can be kept in {folder} ({reason}): it goes to standard error."
        return logging.StreamHandler(), notice
    return handler, None


@contextmanager
def _uncaught_errors_logged() -> Iterator[None]:
    """Log what ends the program or a thread; on stderr it stands as well, masked."""

    def in_program(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, traceback)
            return
        tell_uncaught(error)

    def in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is None or issubclass(told.exc_type, SystemExit):
            return
        name = told.thread.name if told.thread else "unknown"
        tell_uncaught(told.exc_value, f", in the thread {name}")

    hooks = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = in_program, in_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = hooks


def tell_uncaught(error: BaseException, where: str = "") -> None:
    """Write an error that nobody caught to the log, and to stderr, masked in both."""
    told = (type(error), error, error.__traceback__)
    logger.critical("An error that nobody caught%s:", where, exc_info=told)
    if not any(type(handler) is logging.StreamHandler for handler in logging.getLogger().handlers):
        text = MaskingFormatter().formatException(told)
        print(without_credentials(text), file=sys.stderr)


@contextmanager
def _fatal_errors_kept(path: Path) -> Iterator[None]:
    """Let Python write where every thread stood when the process is brought down.

    A file of its own: it is written by what is left of a process, which rotates nothing.
    """
    with suppress(OSError):
        if path.stat().st_size > _FATAL_BYTES:
            path.unlink()
    try:
        file = path.open("ab")
    except OSError:
        yield
        return
    with file:
        if faulthandler.is_enabled():  # somebody wants it elsewhere, say with PYTHONFAULTHANDLER
            yield
            return
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
