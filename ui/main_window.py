"""The window: puts the parts in their places and passes between worker and parts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QSize, Qt
from PyQt6.QtGui import QCloseEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from choreai_live.source_choice import DEMO
from choreai_live.ui import theme
from choreai_live.ui.events.dock import WindowEvents
from choreai_live.ui.events.log import EventKind
from choreai_live.ui.focus import arrange_focus
from choreai_live.ui.lookback.reading import Reading
from choreai_live.ui.picker.choosing import SourceChoosing
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.recording import RecordingControl
from choreai_live.ui.several.feed import Feed
from choreai_live.ui.several.live_sources import LiveSources
from choreai_live.ui.snapshot_action import SnapshotAction
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.stage import Stage
from choreai_live.ui.status_line import StatusLine
from choreai_live.ui.teaching.window_teaching import WindowTeaching
from choreai_live.ui.timeline_strip import TimelineStrip
from choreai_live.ui.window_actions import WindowActions
from choreai_live.ui.worker import EngineInfo, Status, Update, Worker, WorkerState

if TYPE_CHECKING:
    from choreai_live.configuration.sections import ProgramSettings, RecordingSection
    from choreai_live.settings import EngineSettings


class MainWindow(QMainWindow):
    """Shows one source, or several side by side, of which one is the chosen one.

    Whatever here is of one source, such as `stage`, `readout` or `worker`, is that of the
    chosen one.

    Parameters
    ----------
    settings
        What models to load and where to run them.
    mirror
        Whether pictures are mirrored; None mirrors cameras only.
    notices
        Sentences for the user, to be read once.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    recording
        What and where to record; None for what holds without a settings file.
    """

    def __init__(
        self,
        settings: "EngineSettings",
        *,
        mirror: bool | None = None,
        notices: Sequence[str] = (),
        transport: str = "tcp",
        recording: "RecordingSection | None" = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("ChoreAI Live")
        self.resize(*theme.REFERENCE_SIZE)
        self._mirror = mirror
        self._notices = tuple(notices)
        self.folder = ""
        self.mirror_cameras = True
        self._running: tuple[str, ...] = ()
        self.program: ProgramSettings | None = None
        self.commands = WindowActions(self)
        self.live = LiveSources(
            self,
            settings,
            self.commands,
            transport=transport,
            recording=recording,
            mirrors=self._mirrors,
        )
        self.sources = SourceChoosing(self, self.commands, self.live, transport)
        self.status_line = StatusLine()
        self._lay_out()
        self._connect_actions()
        arrange_focus(self, self._bar)
        theme.LOOK.changed.connect(self._fit)
        if notices:
            self.stage.notice.show_words("\n".join(notices))
        self.live.chosen_changed.connect(self._change_chosen)
        self.live.told.connect(self._show_status)
        self.live.updated.connect(self._show_update)
        self.live.engine_ready.connect(self._show_engine)
        self.sources.chosen.connect(self.watch)
        self.sources.added.connect(self.add)
        self.events = WindowEvents(self, self.commands.events, self.live)
        self.events.note_all(EventKind.SETTINGS, notices, warning=True)
        self.snapshot = SnapshotAction(self.commands.snapshot, self.live, self.events.log, self)
        self.teaching = WindowTeaching(self)
        self.commands.timeline.undo_also(self.teaching)
        self.teaching.undoable_changed.connect(self.commands.timeline.offer_undo)

    @property
    def worker(self) -> Worker:
        """What watches the chosen source."""
        return self.live.chosen.worker

    @property
    def stage(self) -> Stage:
        """The picture of the chosen source."""
        return self.live.chosen.stage

    @property
    def readout(self) -> ReadoutPanel:
        """The big readout, of the chosen source."""
        return self.live.chosen.readout

    @property
    def bars(self) -> ProbabilityBars:
        """The probabilities, of the chosen source."""
        return self.live.chosen.bars

    @property
    def timeline(self) -> TimelineStrip:
        """What was danced before the chosen source."""
        return self.live.chosen.timeline

    @property
    def reading(self) -> Reading:
        """What is read of the chosen source, and was."""
        return self.live.chosen.reading

    @property
    def recording(self) -> RecordingControl:
        """What records the chosen source."""
        return self.live.chosen.recording

    @property
    def state(self) -> WorkerState:
        """What the worker of the chosen source is doing, as last told."""
        return self.live.chosen.state

    @property
    def watches_camera(self) -> bool:
        """Whether the chosen source is a camera, whose picture people expect mirrored."""
        return self.live.chosen.watches_camera

    @property
    def watching(self) -> bool:
        """Whether a worker's thread is still there."""
        return self.live.running

    def watch(self, spec: str | None) -> None:
        """Leave the chosen source and open another; None for the first camera."""
        self.live.chosen.watch(spec)

    def add(self, spec: str | None) -> Feed | None:
        """Open a source beside those there are, and choose it; None if there is no room."""
        if self.live.full:
            return None
        feed = self.live.add()
        self.live.choose(len(self.live.feeds) - 1)
        feed.watch(spec)
        return feed

    def _lay_out(self) -> None:
        self.commands.fill_menus(self.menuBar())
        self._bar = QToolBar(self.tr("Tools"))
        self._bar.setMovable(False)
        self._bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.commands.fill_toolbar(self._bar)
        self.addToolBar(self._bar)
        # Keys must work in full screen, when menus and toolbar are hidden.
        self.addActions(self.commands.findChildren(type(self.commands.quit)))

        side = QFrame()
        theme.dress(side, theme.Role.PANEL)
        side.setMinimumWidth(300)
        side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column = self._side = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        # Where large text leaves little room, both give way.
        column.addWidget(self.readout, 52)
        column.addWidget(self.bars, 48)
        row = self._row = QHBoxLayout()
        row.addWidget(self.live.wall, 70)
        row.addWidget(side, 30)
        whole = self._whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sources.strip)
        whole.addLayout(row, 1)
        whole.addWidget(self.timeline)
        whole.addWidget(self.status_line)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        for widget in (self.readout, self.bars, self.timeline):
            widget.show()

    def _fit(self) -> None:
        unit = theme.unit(self)
        margin = round(theme.MARGIN * unit)
        self._row.setContentsMargins(margin, 0, margin, 0)
        self._row.setSpacing(round(16 * unit))
        scale = theme.LOOK.text_scale
        self.bars.setMaximumHeight(self.bars.sizeHint().height())
        # Larger text needs a larger scale below the lanes, but no larger lanes.
        lanes = self.timeline.sizeHint().height() / scale
        self.timeline.setFixedHeight(round(lanes + 46 * (unit - unit / scale)))
        self.status_line.fit(unit)
        self._bar.setIconSize(QSize(round(26 * scale), round(20 * scale)))

    def _connect_actions(self) -> None:
        ask = self.commands
        ask.open_file.triggered.connect(lambda: self._open_file(self.watch))
        ask.open_recording.triggered.connect(lambda: self._open_recording(self.watch))
        self.sources.file_to_add.connect(lambda: self._open_file(self.add))
        self.sources.recording_to_add.connect(lambda: self._open_recording(self.add))
        ask.demo.triggered.connect(lambda: self.watch(DEMO))
        ask.fullscreen.toggled.connect(self._set_fullscreen)
        ask.leave_fullscreen.triggered.connect(self._leave)
        ask.quit.triggered.connect(self.close)
        ask.about.triggered.connect(self._about)
        ask.keys.triggered.connect(self._show_keys)
        ask.timeline.summary.triggered.connect(self._show_summary)
        ask.timeline.connect_to(self.reading)
        ask.picture.trails.toggled.connect(self.live.set_trails)
        ask.picture.private.toggled.connect(self.live.set_private)

    def _open_file(self, take: Callable[[str], object]) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Open a video"),
            self.folder,
            self.tr("Videos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v *.mpg *.ts);;All files (*)"),
        )
        if path:
            self.folder = str(Path(path).parent)
            take(path)

    def _open_recording(self, take: Callable[[str], object]) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Open a recording"), str(self.recording.folder)
        )
        if folder:
            take(folder)

    def _about(self) -> None:
        from choreai_live.configuration.sections import ProgramSettings
        from choreai_live.ui.help.about import AboutDialog

        dialog = AboutDialog(self, self.program or ProgramSettings(), self._running)
        dialog.exec()
        dialog.deleteLater()

    def _show_keys(self) -> None:
        from choreai_live.ui.help.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self)
        dialog.exec()
        dialog.deleteLater()

    def _show_summary(self) -> None:
        from choreai_live.ui.summary.opening import open_summary

        title = self.windowTitle().removesuffix(" · ChoreAI Live")
        open_summary(self.reading.choreography(), self.stage.looks, title, self)

    def _mirrors(self, source: SourceInfo) -> bool:
        """Return whether the picture of a source that has just been opened is mirrored."""
        return source.camera and self.mirror_cameras if self._mirror is None else self._mirror

    def mirror_as(self, mirror: bool | None) -> None:
        """Mirror every picture, or none; None mirrors cameras, as last chosen."""
        self._mirror = mirror
        for feed in self.live.feeds:
            if feed.status.source is not None:
                feed.actions.mirror.setChecked(self._mirrors(feed.status.source))

    def _leave(self) -> None:
        """Leave what fills the window, then what fills the screen."""
        if self.live.wall.large:
            self.live.wall.large = False
        else:
            self.commands.fullscreen.setChecked(False)

    def _set_fullscreen(self, full: bool) -> None:
        for bar in (self.menuBar(), self._bar):
            if bar is not None:
                bar.setVisible(not full)
        self.setContentsMargins(0, 20 if full else 0, 0, 0)
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def _change_chosen(self, feed: Feed, before: Feed) -> None:
        """Put what is read of another source in the places of what was read of the last."""
        before.reading.back_to_live()
        for layout, old, new in (
            (self._side, before.readout, feed.readout),
            (self._side, before.bars, feed.bars),
            (self._whole, before.timeline, feed.timeline),
        ):
            focused = old.hasFocus()
            layout.replaceWidget(old, new)
            new.show()
            if focused:
                new.setFocus(Qt.FocusReason.OtherFocusReason)
            old.hide()
        QWidget.setTabOrder(self.live.tile(feed), feed.timeline)
        self.commands.timeline.connect_to(feed.reading)
        self._fit()
        self.status_line.show_status(Status(WorkerState.OPENING))  # forget the other's figures
        self._show_chosen()

    def _show_chosen(self) -> None:
        feed = self.live.chosen
        self.status_line.show_status(feed.status)
        if feed.engine is not None:
            self.status_line.show_engine(feed.engine)
        if feed.update is not None:
            self.status_line.show_update(feed.update)
        self._name_window()

    def _name_window(self) -> None:
        title = self.live.chosen.title
        self.setWindowTitle(f"{title} · ChoreAI Live" if title else "ChoreAI Live")

    def _show_status(self, feed: Feed, status: Status, before: WorkerState) -> None:
        self.sources.show_status(status, before)
        if feed is self.live.chosen:
            self.status_line.show_status(status)
            self._name_window()

    def _show_engine(self, feed: Feed, engine: EngineInfo) -> None:
        self._fit()
        self.status_line.show_engine(engine)
        running = (self.status_line.engine.text(), *engine.notices)
        if running == self._running:
            return  # all share the models that were shown already
        if not self._running:
            feed.recording.finish_interrupted()
        self._running = running
        if engine.notices:
            self.stage.notice.show_words("\n".join((*self._notices, *engine.notices)))

    def _show_update(self, feed: Feed, update: Update) -> None:
        if feed is self.live.chosen:
            self.status_line.show_update(update)
            if self.bars.maximumHeight() != self.bars.sizeHint().height():
                self._fit()  # there is a row more, or less, for what was taught

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Scale what is read from afar with the window."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Keep the full-screen action right when the desktop changes the state."""
        if event is not None and event.type() == QEvent.Type.WindowStateChange:
            self.commands.fullscreen.setChecked(self.isFullScreen())
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Vanish at once, then stop every thread and let go of the source."""
        self.hide()
        self.live.close()
        self.snapshot.close()
        self.teaching.close()
        super().closeEvent(event)
