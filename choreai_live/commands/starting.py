"""What window and kiosk begin with: settings, and a log."""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from choreai_live.configuration import ProgramSettings, load_settings
from choreai_live.configuration.options import with_options
from choreai_live.errors import ChoreaiError
from choreai_live.logs import file_log, tell_uncaught

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Start:
    """What a start has to go by.

    Parameters
    ----------
    settings
        Of the file, with the options of the command line.
    notice, log_notice
        One sentence each if the settings file is broken, or no log can be kept; else None.
    path
        The settings file, whether or not it exists.
    """

    settings: ProgramSettings
    notice: str | None
    log_notice: str | None
    path: Path

    @property
    def notices(self) -> tuple[str, ...]:
        """Those sentences that there are."""
        return tuple(notice for notice in (self.notice, self.log_notice) if notice)


@contextmanager
def started(settings_file: Path | None, options: Mapping[str, Any], *, log: str) -> Iterator[Start]:
    """Load the settings, and keep a log while inside; what ends it stands in the log.

    Parameters
    ----------
    settings_file
        None for the user's own.
    options
        What was given on the command line; it wins.
    log
        Name of the log file.

    Raises
    ------
    SystemExit
        Instead of an error that is a defect of ours: Python would print that unmasked.
    """
    loaded = load_settings(settings_file)
    settings = with_options(loaded.settings, options)
    with file_log(settings.log, log) as log_notice:
        start = Start(settings, loaded.notice, log_notice, loaded.path)
        for notice in start.notices:
            logger.warning("%s", notice)
            print(notice, file=sys.stderr)
        try:
            yield start
        except ChoreaiError as error:
            logger.error("%s", error)  # noqa: TRY400 - it is a sentence for the user
            raise
        except Exception as error:
            tell_uncaught(error)
            raise SystemExit(1) from None
