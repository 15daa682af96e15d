"""One set of loaded models for all sources of a window."""

from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from choreai_live.pipeline import Engine
    from choreai_live.settings import EngineSettings


class EngineShelf:
    """Loads the models once for equal settings, for however many ask.

    Safe to use from several threads. Models that nobody has any more are let go of.
    """

    def __init__(self) -> None:
        self._turn = Lock()
        self._engines: WeakValueDictionary[EngineSettings, Engine] = WeakValueDictionary()

    def engine(self, settings: "EngineSettings") -> "Engine":
        """Return the engine for `settings`; whoever comes while it is loaded waits for it.

        Raises
        ------
        ModelError
            If a model file is missing, changed or of the wrong kind.
        ProviderError
            If the execution provider asked for cannot be used.
        """
        from choreai_live.pipeline import Engine

        with self._turn:
            engine = self._engines.get(settings)
            if engine is None:
                engine = self._engines[settings] = Engine(settings)
            return engine
