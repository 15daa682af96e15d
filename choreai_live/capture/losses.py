"""Why a live source was lost, in sentences."""

import logging
import traceback

from choreai_live.capture.urls import mask_credentials
from choreai_live.errors import SourceError, SourceLostError

logger = logging.getLogger(__name__)


def silent(name: str, seconds: float) -> SourceLostError:
    """Return the error for a source of which no picture came for some seconds."""
    return SourceLostError(f"{name} has sent no picture for {seconds:.0f} seconds.")


def without_picture(name: str, seconds: float) -> SourceError:
    """Return the error for a source that gave no first picture within some seconds."""
    return SourceError(
        f"{name} gave no picture within {seconds:.0f} seconds; "
        "check that it works elsewhere, then try again."
    )


def reason_of(name: str, failure: BaseException) -> str:
    """Return why a source is being reached again, as a sentence for the user.

    A defect of ours goes to the log with its traceback.
    """
    if isinstance(failure, SourceLostError):
        # What it advises, opening it again, is being done.
        said, semicolon, _ = str(failure).rpartition("; ")
        return f"{said}." if semicolon else str(failure)
    if isinstance(failure, SourceError):
        return str(failure)
    told = mask_credentials("".join(traceback.format_exception(failure)))
    logger.error("A defect ended the connection to %s\n%s", name, told)
    return f"{name} failed unexpectedly ({type(failure).__name__})."
