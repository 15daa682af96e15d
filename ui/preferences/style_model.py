"""Choosing the file of a style model, which is tried before it is kept."""

from pathlib import Path
from threading import Thread
from typing import Any

from PyQt6.QtCore import pyqtSignal

from choreai_live.errors import ChoreaiError
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.preferences.fields import PathField


class StyleModelField(PathField):
    """A file that holds a style model; another one is not kept, and a sentence says why."""

    _tried = pyqtSignal(object, str)

    def __init__(self, key: str, placeholder: str, filters: str) -> None:
        super().__init__(key, placeholder, filters)
        self._newest: Path | None = None
        self._tried.connect(self._take)

    def _emit(self, value: Any) -> None:
        self._newest = value
        if value is None:
            self.refused.emit("")
            super()._emit(None)
            return
        # Loading a model takes a moment.
        Thread(target=self._try, args=(value,), name="style model", daemon=True).start()

    def _try(self, path: Path) -> None:
        from choreai_live.style.model import StyleModel

        trouble = ""
        try:
            StyleModel(path)
        except (ChoreaiError, OSError) as error:
            trouble = str(error)
        try:
            self._tried.emit(path, trouble)
        except RuntimeError:  # the page was closed meanwhile
            return

    def _take(self, path: Path, trouble: str) -> None:
        if path != self._newest:
            return  # something else was chosen since
        self.refused.emit(spoken(trouble))
        if not trouble:
            super()._emit(path)
