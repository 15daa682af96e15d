"""The window as somebody left it: where it stood, its theme, its size of text, its choices.

What is chosen with a menu or a key is remembered, and holds at the next start unless the
settings file or the command line say otherwise; what they say is never remembered.
"""

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject

from choreai_live.ui import theme
from choreai_live.ui.memory import Memory

if TYPE_CHECKING:
    from choreai_live.configuration.sections import WindowSection
    from choreai_live.ui.main_window import MainWindow


class Habits(QObject):
    """Gives a window back what is remembered, and remembers what is chosen in it.

    Parameters
    ----------
    window
        Not yet shown.
    memory
        Where it is kept.
    section
        What the settings file or the command line say; it wins over what is remembered.
    """

    def __init__(
        self, window: "MainWindow", memory: Memory, section: "WindowSection | None" = None
    ) -> None:
        super().__init__(window)
        self._window, self._memory = window, memory
        choice = section.theme if section else None
        scale = section.text_scale if section else None
        theme.choose(choice or memory.theme, scale or memory.text_scale)
        if not memory.geometry.isEmpty():
            window.restoreGeometry(memory.geometry)
        window.folder = memory.folder
        window.mirror_cameras = memory.mirror_cameras
        picture = window.commands.picture
        trails = section.trails if section else None
        private = section.skeletons_only if section else None
        picture.trails.setChecked(memory.trails if trails is None else trails)
        picture.private.setChecked(memory.skeletons_only if private is None else private)
        # Triggered is what somebody asks for; toggled would be what the settings say as well.
        picture.trails.triggered.connect(lambda on: setattr(memory, "trails", on))
        picture.private.triggered.connect(lambda on: setattr(memory, "skeletons_only", on))
        window.commands.look.chosen.connect(self._keep_look)
        window.commands.mirror.triggered.connect(self._keep_mirror)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Keep what is left when the window closes."""
        if event is not None and event.type() == QEvent.Type.Close:
            window, memory = self._window, self._memory
            if not window.isFullScreen():  # which is chosen anew each time
                memory.geometry = window.saveGeometry()
            memory.folder = window.folder
            memory.keep()
        return super().eventFilter(watched, event)

    def _keep_look(self) -> None:
        self._memory.theme = theme.LOOK.choice
        self._memory.text_scale = theme.LOOK.text_scale

    def _keep_mirror(self, mirrored: bool) -> None:
        if self._window.watches_camera:
            self._window.mirror_cameras = self._memory.mirror_cameras = mirrored
