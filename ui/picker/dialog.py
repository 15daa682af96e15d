"""The picker: every source there is, to be seen before it is chosen."""

from collections.abc import Mapping
from typing import Final

from PyQt6.QtCore import Qt, QTimer, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QHideEvent, QImage, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.picker.address import AddressBar
from choreai_live.ui.picker.camera_section import CameraSection
from choreai_live.ui.picker.dropping import DropTarget
from choreai_live.ui.picker.glance import Glance
from choreai_live.ui.picker.glances import DEMO_NAME, Glances
from choreai_live.ui.picker.recent import RecentSource, RecentSources
from choreai_live.ui.picker.recent_section import RecentSection
from choreai_live.ui.picker.section import Section, quiet
from choreai_live.ui.picker.tile import SourceTile

_WIDTH: Final = 948
#: Least and most height, and what is left of the window above and below.
_LOWEST: Final = 480
_HIGHEST: Final = 880
_AROUND: Final = 40
#: Milliseconds a camera has to be let go of before the window opens it.
_RELEASE_MS: Final = 3000


class SourcePicker(QDialog):
    """Cameras live, the demo, files, streams, and what was watched before.

    Parameters
    ----------
    recent
        What was watched before.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    """

    #: What to watch, as :func:`choreai_live.capture.open_source` takes it.
    chosen = pyqtSignal(str)
    demo_wanted = pyqtSignal()
    file_wanted = pyqtSignal()
    recording_wanted = pyqtSignal()

    def __init__(
        self, recent: RecentSources, transport: str = "tcp", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._recent = recent
        self._waiting_for: str | None = None
        self.setWindowTitle(self.tr("Choose a source"))
        self.address = AddressBar(transport)
        self.cameras = CameraSection()
        self.always = Section(self.tr("Always there"))
        self.recents = RecentSection(recent)
        self._glances = Glances(self)
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(_RELEASE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        title = self._title = QLabel(self.tr("Choose a source"))
        theme.dress(title, theme.Role.TITLE)
        hint = quiet(self.tr("Or drop a file or an address here"))
        hint.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(hint)
        inside = QWidget()
        sections = QVBoxLayout(inside)
        sections.setContentsMargins(0, 0, 6, 0)
        sections.setSpacing(20)
        for section in (self.cameras, self.always, self.recents):
            sections.addWidget(section)
        sections.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.address)
        column.addWidget(area, 1)

    def _connect(self) -> None:
        self.address.chosen.connect(self._choose)
        self.cameras.chosen.connect(self._choose)
        self.cameras.glances.released.connect(self._go_on)
        self._release.timeout.connect(self._go_on_anyway)
        self.recents.chosen.connect(self._choose)
        self.recents.incomplete.connect(self._complete)
        self.recents.emptied.connect(self.ask_for_address)
        self._glances.ready.connect(self._show_glance)
        self._glances.failed.connect(self.recents.show_failure)
        DropTarget(self).dropped.connect(self._choose)
        QShortcut(QKeySequence("F5"), self, self.cameras.look)

    def ask(
        self, watched: Mapping[str, QImage | None] | None = None, *, adding: bool = False
    ) -> None:
        """Show everything there is.

        Parameters
        ----------
        watched
            Cameras in the window, index or device file, and the last picture of each: they
            are not opened a second time.
        adding
            Whether what is chosen comes beside what is watched now.
        """
        words = self.tr("Add a source") if adding else self.tr("Choose a source")
        self.setWindowTitle(words)
        self._title.setText(words)
        self._waiting_for = None
        self.cameras.show_watched(watched or {})
        self.address.field.clear()
        self.address.field.setFocus()
        self._fill()
        self.cameras.look()
        around = self.parentWidget()
        room = around.height() - _AROUND if around is not None else _HIGHEST
        self.resize(_WIDTH, min(max(room, _LOWEST), _HIGHEST))
        self.open()

    def ask_for_camera(self) -> None:
        """Lead the keyboard to the cameras."""
        self.cameras.lead_here(True)

    def ask_for_address(self) -> None:
        """Lead the keyboard to the field for addresses."""
        self.cameras.lead_here(False)
        self.address.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Let go of every camera, stream and file."""
        self.cameras.glances.close()
        self._glances.close()
        self.address.cancel()
        super().hideEvent(event)

    def _fill(self) -> None:
        demo = SourceTile(DEMO_NAME, self.tr("Demo dancer"), "demo", self.tr("Always ready"))
        demo.clicked.connect(lambda: self._leave_for(self.demo_wanted))
        file = SourceTile("", self.tr("Open a file"), "file", self.tr("A video from this machine"))
        file.clicked.connect(lambda: self._leave_for(self.file_wanted))
        recording = SourceTile(
            "", self.tr("Open a recording"), "play", self.tr("Recorded with this program")
        )
        recording.clicked.connect(lambda: self._leave_for(self.recording_wanted))
        self.always.show_tiles([demo, file, recording])
        self.recents.fill()
        looked_at = (source.spec for source in self._recent.sources if not source.stream)
        self._glances.close()
        self._glances.look((DEMO_NAME, *looked_at))

    def _complete(self, source: RecentSource) -> None:
        self.address.ask_for(
            source.name, self.tr("Write what stands as *** again; secrets are not kept.")
        )

    def _show_glance(self, spec: str, glance: Glance) -> None:
        demo = self.always.tile(spec)
        if demo is not None:
            demo.show_picture(glance.picture)
        self.recents.show_glance(spec, glance)

    def _leave_for(self, signal: pyqtBoundSignal) -> None:
        self.hide()
        signal.emit()

    def _choose(self, spec: str) -> None:
        """Close, and say what was chosen as soon as the picker's own look at cameras is over."""
        self.hide()
        self._waiting_for = spec
        camera = spec.isdigit() or spec.startswith("/dev/")
        if camera and self.cameras.glances.busy:
            self._release.start()
        else:
            self._go_on_anyway()

    def _go_on(self) -> None:
        if not self.cameras.glances.busy:
            self._go_on_anyway()

    def _go_on_anyway(self) -> None:
        spec, self._waiting_for = self._waiting_for, None
        self._release.stop()
        if spec is not None:
            self.chosen.emit(spec)
