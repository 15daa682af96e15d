"""The kiosk's window: fills the display, never closes by itself, and changes its screens."""

import logging
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QEvent, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.installation import notify
from choreai_live.ui.kiosk.attract import AttractScreen
from choreai_live.ui.kiosk.curtain import Curtain
from choreai_live.ui.kiosk.danced import DancedHours
from choreai_live.ui.kiosk.direction import Director, Scene
from choreai_live.ui.kiosk.display import DisplayKeeper
from choreai_live.ui.kiosk.live import LiveScreen
from choreai_live.ui.kiosk.measure import WANDER, unit, wander
from choreai_live.ui.kiosk.message import Message
from choreai_live.ui.kiosk.signs import RecordingSign, StaffNotice
from choreai_live.ui.kiosk.source_watch import SourceWatch
from choreai_live.ui.kiosk.way_out import WayOut
from choreai_live.ui.kiosk.words import invitation_words
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.worker import EngineInfo

if TYPE_CHECKING:
    from choreai_live.configuration import ProgramSettings
    from choreai_live.isolation import RecordingChanged
    from choreai_live.ui.remote_worker import RemoteWorker

logger = logging.getLogger(__name__)

_TICK_MS: Final = 200
#: Ticks between two of what needs not be done at each, and of what is rarer still.
_SELDOM: Final = 5
_RARELY: Final = 50


class KioskWindow(QWidget):
    """The whole kiosk, on the screen.

    Parameters
    ----------
    settings
        The program's.
    worker
        Has the pipeline.
    notices
        Sentences for the staff, shown small for a minute.
    absence
        Seconds without anybody after which the attract screen returns.
    """

    def __init__(
        self,
        settings: "ProgramSettings",
        worker: "RemoteWorker",
        notices: Sequence[str] = (),
        *,
        absence: float = 8.0,
    ) -> None:
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setWindowTitle("ChoreAI Live")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        kiosk = settings.kiosk
        self._mirror = kiosk.mirror
        self._director = Director(absence)
        self._danced = DancedHours()
        self._scene = Scene.ATTRACT
        self._leaving = False
        self._ticks = 0
        self._stepped_in: float | None = None

        self.attract = AttractScreen(invitation_words(kiosk.invitation), self._danced.hours, self)
        self.live = LiveScreen(privacy=kiosk.privacy, most_tags=kiosk.most_tags, parent=self)
        self.live.hide()
        self.curtain = Curtain(self)
        self.curtain.gone.connect(self._tell_how_fast)
        self.recording_sign = RecordingSign(kiosk.privacy, self)
        self.recording_sign.setVisible(settings.recording.enabled)
        self.notice = StaffNotice(self)
        if notices:
            self.notice.say(spoken("\n".join(notices)))
        self.way_out = WayOut(self, kiosk.pin_hash, kiosk.quit_keys)
        self.way_out.opened.connect(self.leave)
        self._display = DisplayKeeper(self, kiosk.display)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._look)

        self.watch = SourceWatch(worker, settings.source.spec, self)
        self.watch.lost.connect(self._lose_pictures)
        self.watch.back.connect(self._regain_pictures)
        self.watch.begun.connect(self.live.forget)
        self.watch.known.connect(self._mirror_camera)
        self.watch.complained.connect(self._tell_staff)
        worker.engine_ready.connect(self._show_engine)
        worker.update_ready.connect(self._show_update)
        worker.recording_changed.connect(self._show_recording)

    @property
    def scene(self) -> Scene:
        """Which screen is on."""
        return self._scene

    @property
    def message(self) -> Message | None:
        """What is said instead of a picture; None while there are pictures."""
        return self.watch.message

    def start(self) -> None:
        """Fill the display and begin to watch."""
        self._display.fill()
        self._show_message()
        self._tick.start()
        self.watch.start()

    def leave(self) -> None:
        """Close for good."""
        if self._leaving:
            return
        logger.info("Somebody leaves the kiosk.")
        self._leaving = True
        self._tick.stop()
        self.watch.stop()
        self.releaseKeyboard()
        self.setUpdatesEnabled(False)
        self.close()

    # What the worker tells.

    def _show_engine(self, engine: EngineInfo) -> None:
        looks = StyleLooks(engine.labels, engine.unsure_labels)
        self.attract.set_looks(looks)
        self.live.set_looks(looks)
        if engine.notices:
            self._tell_staff("\n".join(engine.notices))

    def _show_update(self) -> None:
        snapshot = None if self._leaving else self.watch.take()
        if snapshot is None:
            return
        now = monotonic()
        self._director.see(any(track.missed == 0 for track in snapshot.tracks), now)
        self._danced.add(snapshot.readouts, now)
        if self._director.scene(now) is Scene.LIVE:
            self.live.show_snapshot(snapshot)
        self._direct(now)

    def _lose_pictures(self) -> None:
        self._director.miss(monotonic())
        self._show_message()

    def _regain_pictures(self) -> None:
        self._director.regain(monotonic())
        self._show_message()

    def _mirror_camera(self, camera: bool) -> None:
        self.live.video.mirrored = camera if self._mirror is None else self._mirror

    def _show_recording(self, recording: "RecordingChanged") -> None:
        if recording.failure is not None:
            self._tell_staff(recording.failure)
            self.recording_sign.hide()
        elif recording.path is not None:
            self.recording_sign.show()

    def _tell_staff(self, sentence: str) -> None:
        words = spoken(sentence)
        if words != self.notice.words:
            logger.warning("%s", sentence)
        self.notice.say(words)
        self._lay_out()

    # Which screen is on.

    def _direct(self, now: float) -> None:
        scene = self._director.scene(now)
        if scene is not self._scene:
            self._change(scene)

    def _change(self, scene: Scene) -> None:
        screens: list[QWidget] = [self.attract, self.live]
        before, after = screens if scene is Scene.LIVE else reversed(screens)
        self._scene = scene
        self._stepped_in = self._director.first_seen if scene is Scene.LIVE else None
        seen = before.grab()
        self._show_message()
        if scene is Scene.ATTRACT:
            logger.info("Nobody is there any more; the attract screen is on.")
            self.attract.show_danced(self._danced.seconds(monotonic()))
            self.live.video.clear()  # nothing is kept of whoever was there
        before.hide()
        after.show()
        self._lay_out_standing()
        self.curtain.hold(seen)
        self.recording_sign.raise_()
        self.notice.raise_()
        self.way_out.raise_()

    def _show_message(self) -> None:
        message = self.message
        self.attract.say(message)
        self.live.say(message)

    def _tell_how_fast(self) -> None:
        if self._stepped_in is not None:
            seconds = monotonic() - self._stepped_in
            self._stepped_in = None
            logger.info("Somebody stepped in; the live screen stood after %.2f s.", seconds)

    def _look(self) -> None:
        """Do what is to be done now and then."""
        now = monotonic()
        self._ticks += 1
        self._direct(now)
        if not self.watch.pictures:
            self._show_message()
        self.notice.look(now)
        if self._ticks % _SELDOM == 0:
            notify.beat()
            self._display.check()
            self._lay_out_standing()
        if self._ticks % _RARELY == 0 and self._scene is Scene.ATTRACT:
            self.attract.show_danced(self._danced.seconds(now))

    # Where everything is.

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Give everything its place anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self.attract, self.live, self.curtain, self.way_out.ring, self.way_out.pad):
            if part is not None:
                part.setGeometry(self.rect())
        self.notice.place(self.rect())
        self._lay_out_standing()

    def _lay_out_standing(self) -> None:
        offset = wander(monotonic(), WANDER * unit(self))
        self.live.move_standing(offset)
        if self._scene is Scene.LIVE:  # tags stand above, the readout to the left
            self.recording_sign.place(self.live.video.room.toRect(), offset, above=False)
        else:
            self.recording_sign.place(self.rect(), offset, above=True)

    # The way out.

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Refuse, unless somebody left as it should be done."""
        if event is not None:
            event.setAccepted(self._leaving)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take the keys that lead out, and no others."""
        if event is not None:
            self.way_out.press(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        """Notice that they are let go."""
        if event is not None:
            self.way_out.release(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Notice a corner that is held down."""
        if event is not None:
            self.way_out.touch(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Notice that it is let go."""
        self.way_out.let_go()

    def changeEvent(self, event: QEvent | None) -> None:
        """Take the keyboard whenever it comes: the desktop's own keys stay here too."""
        super().changeEvent(event)
        if event is None or event.type() != QEvent.Type.ActivationChange:
            return
        if not self.isActiveWindow():
            self.way_out.let_go(keys=True)
        elif QGuiApplication.platformName() == "xcb" and not self._leaving:
            self.grabKeyboard()
