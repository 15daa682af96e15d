"""What somebody who helps needs to know, as a text that holds no secret."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from choreai_live.configuration.sections import SECRET, ProgramSettings
from choreai_live.configuration.tables import flattened
from choreai_live.logs import log_folder, without_credentials
from choreai_live.masking import MASK, mask_credentials
from choreai_live.ui.help.facts import Facts

#: Lines at the end of the log that are told.
LINES: Final = 60
#: Of the file, from its end.
_READ_BYTES: Final = 200_000
#: Shorter ones stand in any text.
_SHORTEST_SECRET: Final = 3


def diagnostics(
    facts: Facts, settings: ProgramSettings, running: Iterable[str], log: Iterable[str]
) -> str:
    """Return the text.

    Parameters
    ----------
    facts
        Versions, models, machine.
    settings
        In use; secrets are left out, and what in them can be recognised elsewhere is masked.
    running
        Sentences on what runs at present, such as the models and where.
    log
        Lines of the log.
    """
    parts = [
        _block("Versions", (f"{name}: {value}" for name, value in facts.versions)),
        _block("Machine", (f"{name}: {value}" for name, value in facts.machine)),
        _block("Running", running),
        _block(
            "Models",
            (f"{model.name}: {model.version}; {model.licence}" for model in facts.models),
        ),
        _block("Settings", _settings(settings)),
        _block("Log", log),
    ]
    return _without(without_secrets("\n\n".join(parts)), secrets_of(settings))


def without_secrets(text: str) -> str:
    """Return a text line by line without credentials, the user's own folder as a tilde."""
    masked = "\n".join(without_credentials(line) for line in text.splitlines())
    home = str(Path("~").expanduser())
    return masked if len(home) < 2 else re.sub(rf"{re.escape(home)}(?=[/\\\s]|$)", "~", masked)


def last_lines(settings: ProgramSettings, name: str = "window", count: int = LINES) -> list[str]:
    """Return the end of a log, masked; empty if there is none.

    Parameters
    ----------
    settings
        They say where logs lie.
    name
        Of the log.
    count
        Lines at most.
    """
    try:
        with (log_folder(settings.log) / f"{name}.log").open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            begin = file.seek(max(0, size - _READ_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    if begin:
        lines = lines[1:]  # of an address cut in two the half that is left is not recognised
    return [without_credentials(line) for line in lines[-count:]]


def secrets_of(settings: ProgramSettings) -> set[str]:
    """Return what must not be told, in every way it can be written.

    Parameters
    ----------
    settings
        With the sources, which may hold names and passwords.
    """
    held = {settings.kiosk.pin_hash or "", os.environ.get("CHOREAI_STREAM_PASSWORD", "")}
    for spec in (settings.source.spec or "", *settings.source.more):
        if mask_credentials(spec) == spec:
            continue
        login = spec.partition("://")[2].rpartition("@")[0]
        held |= {login, login.partition(":")[2]}
        held |= {value.partition("=")[2] for value in re.split(r"[?&;#]", spec)[1:]}
    written = {way for secret in held for way in (secret, unquote(secret), quote(secret, safe=""))}
    return {secret for secret in written if len(secret) >= _SHORTEST_SECRET}


def _settings(settings: ProgramSettings) -> Iterator[str]:
    for key, value, _ in flattened(settings):
        if key in SECRET:
            yield f"{key}: {'left out' if value in (None, ()) else MASK}"
        elif value is not None:
            yield f"{key}: {mask_credentials(str(value))}"


def _block(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"[{title}]", *(lines or ())])


def _without(text: str, secrets: set[str]) -> str:
    # The longest first: a login holds its password.
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text
