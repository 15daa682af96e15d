"""Files that appear whole or not at all, and complain before the work starts."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from choreai_live.errors import OutputError


class OutputFile:
    """A file to be written once the work is done; also a context manager.

    Made before the work, so that a place that cannot be written to is known
    at once. Until :meth:`write` succeeds, a file already there stays as it is.

    Parameters
    ----------
    path
        Where the file goes. A device or pipe is written to directly.

    Raises
    ------
    OutputError
        If nothing can be written there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._target = path.resolve()  # a link stays a link
        self._draft: Path | None = None
        if self._target.is_dir():
            raise OutputError(f"{path} is a folder: name a file in it.")
        exists = self._target.exists()
        if exists and not os.access(self._target, os.W_OK):
            raise OutputError(f"{path} is write-protected: choose another file.")
        if exists and not self._target.is_file():
            return
        # Beside the target, because only there can it replace the target in one step.
        draft = self._target.with_name(f".{self._target.name}.{os.getpid()}.part")
        try:
            draft.touch()
        except OSError as error:
            raise _refusal(path, error) from error
        self._draft = draft

    def write(self, text: str) -> None:
        """Write the whole text as UTF-8 and put the file in its place.

        Raises
        ------
        OutputError
            If that fails, say because the disk is full; what was there before
            is untouched.
        """
        self.write_parts([text])

    def write_parts(self, parts: Iterable[str]) -> None:
        """Write a text that comes in parts, as :meth:`write` does a whole one.

        Raises
        ------
        OutputError
            If that fails; what was there before is untouched.
        """

        def write(path: Path) -> None:
            with path.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(parts)

        self.write_by(write)

    def write_by(self, write: Callable[[Path], None]) -> None:
        """Have a file written by somebody else, and put it in its place.

        Parameters
        ----------
        write
            Writes to the path it is given, whose name is not the one the file will have.

        Raises
        ------
        OutputError
            If that fails with an OSError; what was there before is untouched.
        """
        try:
            if self._draft is None:
                write(self._target)
                return
            write(self._draft)
            with self._draft.open("rb+") as stream:
                os.fsync(stream.fileno())
            if self._target.exists():
                shutil.copymode(self._target, self._draft)
            self._draft.replace(self._target)
        except OSError as error:
            self.discard()
            raise _refusal(self.path, error) from error
        self._draft = None

    def discard(self) -> None:
        """Leave no trace, unless the file was written."""
        if self._draft is not None:
            self._draft.unlink(missing_ok=True)
            self._draft = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.discard()


class OutputFolder:
    """A folder that takes several files; made, and tried, before the work.

    Raises
    ------
    OutputError
        If the folder cannot be made or written to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise OutputError(f"{path} is a file: name a folder for several results.") from error
        except OSError as error:
            raise _refusal(path, error) from error
        OutputFile(path / "trial").discard()

    def write(self, name: str, text: str) -> None:
        """Write one file of the folder.

        Raises
        ------
        OutputError
            If that fails.
        """
        self.write_parts(name, [text])

    def write_parts(self, name: str, parts: Iterable[str]) -> None:
        """Write one file of the folder whose text comes in parts.

        Raises
        ------
        OutputError
            If that fails.
        """
        with OutputFile(self.path / name) as file:
            file.write_parts(parts)


def _refusal(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(
        f"{path} cannot be written ({reason}): choose another place or make room there."
    )
