"""Loading the models for a worker, and knowing which of them run where."""

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from choreai_live.errors import ProviderError
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.several.engine_shelf import EngineShelf
from choreai_live.ui.telling import EngineInfo

if TYPE_CHECKING:
    from choreai_live.pipeline import Engine
    from choreai_live.settings import EngineSettings

logger = logging.getLogger(__name__)

translate = QCoreApplication.translate


class EngineLoading:
    """Has the models that were asked for last.

    Parameters
    ----------
    settings
        What models to load and where to run them.
    shelf
        Where the models come from.

    Attributes
    ----------
    engine : Engine or None
        What is loaded; None until it is.
    """

    def __init__(self, settings: "EngineSettings", shelf: EngineShelf) -> None:
        self.settings = settings
        self.engine: Engine | None = None
        self._shelf = shelf
        self._loaded: EngineSettings | None = None
        # Where the models run, and why not elsewhere, as last told.
        self._running: tuple[str, ...] = ()
        # Why the models are not where they were asked to be: one sentence.
        self._instead = ""

    @property
    def outdated(self) -> bool:
        """Whether others were asked for than are loaded."""
        return self.engine is None or self.settings != self._loaded

    def load(self) -> "Engine":
        """Load what was asked for last; on the CPU where its provider cannot be used.

        Raises
        ------
        ChoreaiError
            If a model cannot be loaded.
        """
        settings = self.settings
        self.engine = None  # what nobody else has makes room
        engine = self._engine_for(settings)
        self.engine, self._loaded = engine, settings
        return engine

    def news(self) -> EngineInfo | None:
        """Return which models run where, unless that was told: a device can be lost meanwhile."""
        engine = self.engine
        if engine is None:
            return None
        pose = engine.pose_models
        running = (pose.description, pose.provider, self._instead, *pose.notices)
        if running == self._running:
            return None
        self._running = running
        return EngineInfo(
            labels=tuple(engine.style_model.labels),
            unsure_labels=tuple(engine.style_model.unsure_labels),
            description=pose.description,
            provider=pose.provider,
            notices=tuple(filter(None, (self._instead, *engine.notices))),
            library=engine.library,
        )

    def _engine_for(self, settings: "EngineSettings") -> "Engine":
        """Return the models; on the CPU where the provider asked for cannot be used."""
        self._instead = ""
        try:
            return self._shelf.engine(settings)
        except ProviderError as error:
            if settings.provider in ("auto", "cpu"):
                raise
            logger.warning("%s", error)
            engine = self._shelf.engine(replace(settings, provider="cpu", precision="fp32"))
            self._instead = translate("Worker", "{why} Until then the CPU is used.").format(
                why=spoken(str(error))
            )
            return engine
