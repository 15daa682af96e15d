"""Everything the window can be asked to do: words, icons and keys in one place."""

from typing import Final

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from choreai_live.ui import theme
from choreai_live.ui.icons import icon
from choreai_live.ui.look_actions import LookActions
from choreai_live.ui.lookback.actions import TimelineActions
from choreai_live.ui.picture_actions import PictureActions
from choreai_live.ui.several.actions import SeveralActions
from choreai_live.ui.teaching.actions import TeachingActions

#: Keys as the system writes them.
_NATIVE: Final = QKeySequence.SequenceFormat.NativeText
#: Text larger than this leaves no room for every word of the toolbar.
_LARGE: Final = 1.25


class WindowActions(QObject):
    """The window's actions; the window connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.choose_source = self._action(self.tr("Choose source"), "source", "Ctrl+N")
        self.open_file = self._action(self.tr("Open file"), "file", "Ctrl+O")
        self.open_stream = self._action(self.tr("Open stream"), "stream", "Ctrl+L")
        self.choose_camera = self._action(self.tr("Choose camera"), "camera", "Ctrl+K")
        self.demo = self._action(self.tr("Demo dancer"), "demo", "Ctrl+D")
        self.reopen = self._action(self.tr("Reopen"), "replay", "Ctrl+R")
        self.open_recording = self._action(self.tr("Open recording"), None, "Ctrl+Shift+O")
        self.record = self._action(self.tr("Record"), "record", "R", checkable=True)
        self.snapshot = self._action(self.tr("Snapshot"), "snapshot", "Shift+S")
        self.events = self._action(self.tr("Events"), "events", "L", checkable=True)
        self.pause = self._action(self.tr("Pause"), "pause", "Space", checkable=True)
        self.mirror = self._action(self.tr("Mirror"), "mirror", "M", checkable=True)
        self.fullscreen = self._action(self.tr("Full screen"), "fullscreen", "F11", checkable=True)
        self.fullscreen.setShortcuts([QKeySequence("F11"), QKeySequence("F")])
        self.leave_fullscreen = self._action(self.tr("Leave full screen"), None, "Esc")
        self.quit = self._action(self.tr("Quit"), None, "Ctrl+Q")
        self.keys = self._action(self.tr("&Keys"), None, "?")
        self.keys.setShortcuts([QKeySequence("?"), QKeySequence("F1")])
        self.about = self._action(self.tr("About ChoreAI Live"), None, None)
        self.settings = self._action(self.tr("Settings"), None, "Ctrl+,")
        self.look = LookActions(self)
        self.timeline = TimelineActions(self)
        self.picture = PictureActions(self)
        self.several = SeveralActions(self)
        self.teaching = TeachingActions(self)
        self._teach_button: QWidget | None = None
        # Short words for the toolbar and the buttons of messages.
        self.choose_source.setIconText(self.tr("Source"))
        self.open_file.setIconText(self.tr("File"))
        self.open_stream.setIconText(self.tr("Stream"))
        self.choose_camera.setIconText(self.tr("Camera"))
        self.demo.setIconText(self.tr("Demo"))
        self.choose_source.setText(self.tr("Choose &source…"))
        self.open_file.setText(self.tr("Open &file…"))
        self.open_stream.setText(self.tr("Open s&tream…"))
        self.choose_camera.setText(self.tr("Choose &camera…"))
        self.open_recording.setText(self.tr("Open &recording…"))
        self.demo.setText(self.tr("&Demo dancer"))
        self.settings.setText(self.tr("S&ettings…"))
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def fill_menus(self, bar: QMenuBar | None) -> None:
        """Add the menus."""
        if bar is None:
            return
        source = bar.addMenu(self.tr("&Source"))
        view = bar.addMenu(self.tr("&View"))
        self.teaching.fill_menus(bar)
        about = bar.addMenu(self.tr("&Help"))
        if source is None or view is None or about is None:
            return
        source.addAction(self.choose_source)
        source.addActions([self.choose_camera, self.open_file, self.open_stream, self.demo])
        source.addAction(self.open_recording)
        source.addSeparator()
        self.several.fill_source_menu(source)
        source.addSeparator()
        source.addActions([self.reopen, self.record, self.snapshot])
        source.addSeparator()
        source.addActions([self.settings, self.quit])
        view.addActions([self.pause, self.mirror])
        self.picture.fill_menu(view)
        view.addSeparator()
        self.several.fill_view_menu(view)
        view.addSeparator()
        view.addActions([self.fullscreen, self.leave_fullscreen])
        view.addSeparator()
        self.timeline.fill_menu(view)
        view.addAction(self.events)
        view.addSeparator()
        self.look.fill_menu(view)
        about.addActions([self.keys, self.about])

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Add the buttons: where pictures come from, how they are shown."""
        bar.addActions([self.choose_source, self.several.add, self.open_file, self.demo])
        bar.addAction(self.teaching.teach)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.addActions([self.record, self.snapshot, self.pause, self.mirror, self.fullscreen])
        # Everybody knows a camera and the corners of a screen; large text leaves no room for words.
        for known in (self.snapshot, self.fullscreen):
            button = bar.widgetForAction(known)
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._teach_button = bar.widgetForAction(self.teaching.teach)
        theme.LOOK.changed.connect(self._fit_toolbar)
        self._fit_toolbar()

    def _fit_toolbar(self) -> None:
        """Leave out the newest word where large text leaves no room for it."""
        if isinstance(self._teach_button, QToolButton):
            styles = Qt.ToolButtonStyle
            large = theme.LOOK.text_scale > _LARGE
            self._teach_button.setToolButtonStyle(
                styles.ToolButtonIconOnly if large else styles.ToolButtonTextBesideIcon
            )

    def _action(
        self, words: str, icon_name: str | None, key: str | None, *, checkable: bool = False
    ) -> QAction:
        action = QAction(words, self)
        action.setCheckable(checkable)
        if icon_name is not None:
            action.setIcon(icon(icon_name))
        if key is not None:
            action.setShortcut(QKeySequence(key))
            action.setToolTip(f"{words} ({QKeySequence(key).toString(_NATIVE)})")
        return action
