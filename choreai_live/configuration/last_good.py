"""The last settings that were good, kept for the day the file is not.

No password goes into the copy: the addresses of sources are kept as they may be
shown. It lies in the user's state folder, one copy for each settings file.
"""

import hashlib
import logging
import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import platformdirs

from choreai_live.configuration.checking import ConfigurationError
from choreai_live.configuration.reading import read_settings
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.configuration.tables import nested

logger = logging.getLogger(__name__)


def copy_path(path: Path) -> Path:
    """Where the last good copy of a settings file is kept."""
    name = hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:16]
    return platformdirs.user_state_path("choreai-live") / "settings" / f"{name}.toml"


def keep(path: Path, settings: ProgramSettings) -> None:
    """Keep settings as the last good ones of a file, whole or not at all.

    A copy that cannot be written is only logged: the settings themselves are good.
    """
    import tomlkit  # only who has a settings file needs it

    copy = copy_path(path)
    text = tomlkit.dumps(nested(replace(settings, source=settings.source.masked)))
    draft = None
    try:
        if _content(copy) == text:
            return
        copy.parent.mkdir(parents=True, exist_ok=True)
        # Readable for the user alone, which is how mkstemp makes files.
        handle, draft = tempfile.mkstemp(prefix=f".{copy.name}.", dir=copy.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(copy)
    except (OSError, UnicodeError) as error:
        logger.warning("The good settings cannot be kept in %s (%s).", copy, error)
        if draft is not None:
            with suppress(OSError):
                Path(draft).unlink()


def recall(path: Path) -> ProgramSettings | None:
    """Return the last good settings of a file, its sources masked; None if none are kept."""
    copy = copy_path(path)
    try:
        return read_settings(copy)
    except ConfigurationError as error:
        if copy.exists():
            logger.warning("The last good settings cannot be used: %s", error)
        return None


def _content(copy: Path) -> str | None:
    try:
        return copy.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
