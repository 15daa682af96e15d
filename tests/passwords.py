"""The passwords that tests write into addresses, and the watch that none gets out."""

import logging
from collections.abc import Iterable
from pathlib import Path

#: Every password and token of the tests' streams holds one of these.
PASSWORDS = ("s3cret", "hunter2", "Gr0ße.Secret", "p@ss:w")

_LARGEST = 64 * 2**20
_OURS = ("choreai_live", "ui", "models")


class PasswordWatch(logging.Handler):
    """Reads all that the program logs while the tests run, and all it leaves in files.

    Attributes
    ----------
    told : list of str
        What was said that holds a password.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one record of ours; what a test itself logs is its own affair.

        So are errors that nobody caught, whose words are not ours: they are masked where
        they are written.
        """
        ours = any(part in _OURS for part in Path(record.pathname).parts)
        if not ours or record.name == "choreai_live.logs":
            return
        text = self.format(record)
        if _holds(text.encode()):
            self.told.append(f"{record.name} logged: {text}")

    def look_at_files(self, folders: Iterable[Path]) -> None:
        """Look at all files below some folders.

        Settings files are what users write, and may hold a password; whatever else may not.
        """
        for folder in folders:
            for file in folder.rglob("*"):
                if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST:
                    continue
                if _holds(file.name.encode()):
                    self.told.append(f"{file} is called so")
                if file.suffix != ".toml" and _holds(file.read_bytes()):
                    self.told.append(f"{file} holds it")


def _holds(text: bytes) -> bool:
    return any(password.encode() in text for password in PASSWORDS)
