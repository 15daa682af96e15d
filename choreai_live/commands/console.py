"""Where commands print: results on stdout, everything else on stderr."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.logging import RichHandler
from rich.progress import Progress, ProgressColumn
from rich.text import Text

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(sentence: str) -> None:
    """Print one sentence on stderr, as it is and on one line."""
    err.print(Text(sentence), soft_wrap=True)


def configure_logging(verbose: bool) -> None:
    """Show the log on stderr if asked to, and nothing but sentences otherwise."""
    root = logging.getLogger()
    if verbose and not any(isinstance(handler, RichHandler) for handler in root.handlers):
        # Few ask for it, and it takes a while to import.
        from choreai_live.logs import MaskingFormatter

        handler = RichHandler(console=err, show_path=False, markup=False)
        handler.setFormatter(MaskingFormatter("%(message)s"))
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        logging.getLogger("choreai_live").setLevel(logging.DEBUG)
    elif not root.handlers:
        root.addHandler(logging.NullHandler())


@contextmanager
def progress_bar(*columns: ProgressColumn | str) -> Iterator[Progress]:
    """Show a progress bar on stderr while it is a terminal, and leave nothing behind."""
    with Progress(
        *columns, console=err, transient=True, disable=not sys.stderr.isatty()
    ) as progress:
        yield progress


@contextmanager
def paused(progress: Progress) -> Iterator[None]:
    """Take the bar away while results are printed, which may go to the same terminal."""
    progress.stop()
    try:
        yield
    finally:
        progress.start()
