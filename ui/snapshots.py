"""Saving the picture as it is shown, while everything else goes on."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Final

import platformdirs
from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QObject, pyqtSignal

from choreai_live.errors import ChoreaiError, OutputError
from choreai_live.ui.recording import shown_path
from choreai_live.ui.still import Still

logger = logging.getLogger(__name__)

#: Pictures that may wait to be written; more keys than that are somebody leaning on one.
_WAITING: Final = 4


def snapshot_folder() -> Path:
    """Return where snapshots go, beside the folder of the recordings."""
    return platformdirs.user_pictures_path() / "ChoreAI Live"


class Snapshots(QObject):
    """Draws, encodes and writes pictures on a thread of its own.

    Parameters
    ----------
    folder
        Where they go; None for the user's pictures.
    parent
        Owner.

    Attributes
    ----------
    saved
        Emitted with one sentence for the user, and the file.
    failed
        Emitted with one sentence for the user: why there is none.
    """

    saved = pyqtSignal(str, object)
    failed = pyqtSignal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._pool: ThreadPoolExecutor | None = None
        self._writing: list[Future[None]] = []

    def take(self, still: Still | None, title: str) -> None:
        """Save what is shown.

        Parameters
        ----------
        still
            What is shown; None where nothing is.
        title
            What people call the source, credentials masked.
        """
        self._writing = [one for one in self._writing if not one.done()]
        if still is None:
            self.failed.emit(self.tr("There is no picture to save yet."))
        elif len(self._writing) >= _WAITING:
            self.failed.emit(self.tr("The last pictures are still being saved; try again soon."))
        else:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(1, thread_name_prefix="snapshots")
            now = datetime.now()
            self._writing.append(self._pool.submit(self._save, still, title, now))

    def close(self) -> None:
        """Write what is waiting, and end the thread."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def _save(self, still: Still, title: str, when: datetime) -> None:
        try:
            path = self._write(still, title, when)
        except ChoreaiError as error:
            self.failed.emit(str(error))
        except Exception as defect:
            logger.exception("A picture could not be saved")
            name = type(defect).__name__
            self.failed.emit(self.tr("The picture could not be saved ({why}).").format(why=name))
        else:
            words = self.tr("Picture saved as {path}.").format(path=shown_path(path))
            self.saved.emit(words, path)

    def _write(self, still: Still, title: str, when: datetime) -> Path:
        from choreai_live.session.naming import session_name

        folder = self._folder or snapshot_folder()
        name = session_name(title, when)
        data = _png(still)
        if data is None:
            raise OutputError(self.tr("The picture is too large to be saved."))
        draft = folder / f".{name}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = _free(folder, name)
            try:
                draft.write_bytes(data)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            words = self.tr(
                "The picture cannot be saved to {folder} ({reason}): make room there, or see "
                "that you may write to it."
            )
            raise OutputError(words.format(folder=shown_path(folder), reason=reason)) from error
        return path


def _free(folder: Path, name: str) -> Path:
    """Return where a picture of that name can go without replacing another."""
    path, number = folder / f"{name}.png", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.png"
    return path


def _png(still: Still) -> bytes | None:
    """Return a picture as a PNG file; None where it cannot be one."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not still.drawn().save(buffer, "PNG"):
        return None
    buffer.close()
    return data.data()
