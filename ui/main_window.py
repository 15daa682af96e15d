"""The window: puts the parts in their places and passes between worker and parts."""

from collections.abc import Sequence
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
from choreai_live.ui.focus import arrange_focus
from choreai_live.ui.icons import icon
from choreai_live.ui.lookback.reading import Reading
from choreai_live.ui.picker.choosing import SourceChoosing
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.prominence import Prominence
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.recording import RecordingControl
from choreai_live.ui.stage import Stage
from choreai_live.ui.status_line import StatusLine
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.timeline_strip import TimelineStrip
from choreai_live.ui.window_actions import WindowActions
from choreai_live.ui.worker import EngineInfo, Status, WorkerState, WorkerThread

if TYPE_CHECKING:
    from choreai_live.configuration.sections import ProgramSettings, RecordingSection
    from choreai_live.settings import EngineSettings


#: The source is lost, for a while or for good.
_AWAY = (
    WorkerState.STALLED,
    WorkerState.RECONNECTING,
    WorkerState.LOST,
    WorkerState.FAILED,
)


class MainWindow(QMainWindow):
    """Shows one source at a time.

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
        self._spec: str | None = None
        self._state = WorkerState.LOADING
        self.folder = ""
        self.mirror_cameras = True
        self._watches_camera = False
        self._running: tuple[str, ...] = ()
        self.program: ProgramSettings | None = None
        self._prominence = Prominence()
        self.commands = WindowActions(self)
        self.stage = Stage(self.commands)
        self.sources = SourceChoosing(self, self.commands, self.stage.video, transport)
        self.readout = ReadoutPanel()
        self.bars = ProbabilityBars()
        self.timeline = TimelineStrip()
        self.reading = Reading(self.timeline, self.readout, self.bars, self)
        self.status_line = StatusLine()
        self._lay_out()
        self._connect_actions()
        arrange_focus(self, self._bar)
        theme.LOOK.changed.connect(self._fit)
        if notices:
            self.stage.notice.show_words("\n".join(notices))
        self._thread = WorkerThread(settings, transport)
        self.worker = self._thread.worker
        self.worker.status_changed.connect(self._show_status)
        self.worker.status_changed.connect(self.sources.show_status)
        self.sources.chosen.connect(self.watch)
        self.worker.engine_ready.connect(self._show_engine)
        self.worker.update_ready.connect(self._show_update)
        self.recording = RecordingControl(
            self.commands.record, self.worker, self.stage.recording, recording, self
        )
        self.recording.said.connect(self.stage.notice.show_words)

    @property
    def state(self) -> WorkerState:
        """What the worker is doing, as last told."""
        return self._state

    @property
    def watches_camera(self) -> bool:
        """Whether the source is a camera, whose picture people expect mirrored."""
        return self._watches_camera

    @property
    def watching(self) -> bool:
        """Whether the worker's thread is still there."""
        return self._thread.running

    def watch(self, spec: str | None) -> None:
        """Leave the present source and open another; None for the first camera."""
        self._spec = spec
        self.commands.pause.setChecked(False)
        self.worker.watch(spec)

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
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        # Where large text leaves little room, both give way.
        column.addWidget(self.readout, 52)
        column.addWidget(self.bars, 48)
        row = self._row = QHBoxLayout()
        row.addWidget(self.stage, 70)
        row.addWidget(side, 30)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sources.strip)
        whole.addLayout(row, 1)
        whole.addWidget(self.timeline)
        whole.addWidget(self.status_line)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)

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
        ask.open_file.triggered.connect(self._open_file)
        ask.open_recording.triggered.connect(self._open_recording)
        ask.demo.triggered.connect(lambda: self.watch(DEMO))
        ask.reopen.triggered.connect(self._reopen)
        ask.pause.toggled.connect(self._set_paused)
        ask.mirror.toggled.connect(self._set_mirrored)
        ask.fullscreen.toggled.connect(self._set_fullscreen)
        ask.leave_fullscreen.triggered.connect(lambda: ask.fullscreen.setChecked(False))
        ask.quit.triggered.connect(self.close)
        ask.about.triggered.connect(self._about)
        ask.keys.triggered.connect(self._show_keys)
        ask.timeline.summary.triggered.connect(self._show_summary)
        ask.timeline.connect_to(self.reading)
        ask.picture.connect_to(self.stage.video, self.reading.thumbnails)

    def _open_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Open a video"),
            self.folder,
            self.tr("Videos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v *.mpg *.ts);;All files (*)"),
        )
        if path:
            self.folder = str(Path(path).parent)
            self.watch(path)

    def _open_recording(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Open a recording"), str(self.recording.folder)
        )
        if folder:
            self.watch(folder)

    def _reopen(self) -> None:
        if self._state in (WorkerState.STALLED, WorkerState.RECONNECTING):
            self.worker.try_now()
        else:
            self.watch(self._spec)

    def _about(self) -> None:
        from choreai_live.configuration.sections import ProgramSettings
        from choreai_live.ui.help.about import AboutDialog

        AboutDialog(self, self.program or ProgramSettings(), self._running).exec()

    def _show_keys(self) -> None:
        from choreai_live.ui.help.shortcuts import ShortcutsDialog

        ShortcutsDialog(self).exec()

    def _show_summary(self) -> None:
        from choreai_live.ui.summary.opening import open_summary

        title = self.windowTitle().removesuffix(" · ChoreAI Live")
        open_summary(self.reading.choreography(), self.stage.looks, title, self)

    def _set_paused(self, paused: bool) -> None:
        self.worker.set_paused(paused)
        self.commands.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.commands.pause.setIcon(icon("play" if paused else "pause"))

    def _set_mirrored(self, mirrored: bool) -> None:
        self.stage.video.mirrored = mirrored
        self.reading.mirrored = mirrored

    def _set_fullscreen(self, full: bool) -> None:
        for bar in (self.menuBar(), self._bar):
            if bar is not None:
                bar.setVisible(not full)
        self.setContentsMargins(0, 20 if full else 0, 0, 0)
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def _show_status(self, status: Status) -> None:
        before, self._state = self._state, status.state
        self.stage.show_status(status)
        self.status_line.show_status(status)
        self.recording.show_state(status.state)
        self.commands.pause.setEnabled(status.state in (WorkerState.LIVE, WorkerState.PAUSED))
        source = status.source
        if status.state in (WorkerState.LOADING, WorkerState.OPENING):
            self._begin(status)
        elif status.state is WorkerState.LIVE and source and before is WorkerState.OPENING:
            self._watches_camera = source.camera
            expected = source.camera and self.mirror_cameras
            mirrored = expected if self._mirror is None else self._mirror
            self.commands.mirror.setChecked(mirrored)
            self.reading.start(source.duration)
        elif status.state is WorkerState.ENDED:
            self.reading.conclude(self.tr("In the end"))
        elif status.state in _AWAY:
            self.reading.conclude(self.tr("When last seen"))
        title = source.title if source else ""
        self.setWindowTitle(f"{title} · ChoreAI Live" if title else "ChoreAI Live")

    def _begin(self, status: Status) -> None:
        """Forget the last source."""
        self._prominence.forget()
        self.reading.start(None)

    def _show_engine(self, engine: EngineInfo) -> None:
        looks = StyleLooks(engine.labels, engine.unsure_labels)
        self.stage.looks = looks
        for part in (self.stage.video, self.reading):
            part.set_looks(looks)
        self._fit()
        self.status_line.show_engine(engine)
        self._running = (self.status_line.engine.text(), *engine.notices)
        self.recording.finish_interrupted()
        if engine.notices:
            self.stage.notice.show_words("\n".join((*self._notices, *engine.notices)))

    def _show_update(self) -> None:
        update = self.worker.updates.take()
        if update is None:
            return
        snapshot = update.snapshot
        frame = snapshot.frame
        height, width, _ = frame.image.shape
        chosen = self._prominence.choose(snapshot.tracks, width, height, frame.time)
        self.stage.video.show_snapshot(snapshot, chosen)
        self.status_line.show_update(update)
        self.reading.show_snapshot(snapshot, chosen)
        if self._state in _AWAY:  # it was on its way when the source was lost
            self.reading.conclude(self.tr("When last seen"))

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
        self._thread.close()
        self.reading.close()
        super().closeEvent(event)
