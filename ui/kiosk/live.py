"""The live screen: the picture as large as it goes, and in large letters what is danced."""

from typing import Final

from PyQt6.QtCore import QPoint, QRectF
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.messages import Snapshot
from choreai_live.ui import theme
from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.kiosk.interlude import Interlude
from choreai_live.ui.kiosk.measure import unit
from choreai_live.ui.kiosk.message import Message
from choreai_live.ui.kiosk.privacy_view import PrivacyView
from choreai_live.ui.kiosk.shade import Shade
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.prominence import Prominence
from choreai_live.ui.readout_hint import Hints
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.video_view import VideoView

#: How much larger than the window's own things are here, read from five metres;
#: the readout between two sizes, by the width there is.
_TAGS: Final = 1.75
_READOUT: Final = (0.95, 1.9)
_READOUT_WIDTH: Final = 400.0
_BARS: Final = (1.2, 1.7)
_BARS_WIDTH: Final = 400.0
#: What readout and bars leave free at their sides, pixels of the reference screen.
_MARGIN: Final = 28.0
#: Share of the picture that may be cut off so that it fills its place.
_TRIM: Final = 0.26
#: Share of the screen beside the picture, or below, that the readout needs.
_BESIDE: Final = 0.2


class LiveScreen(QWidget):
    """Shows one snapshot to a crowd.

    Parameters
    ----------
    privacy
        Whether to show figures on a dark stage instead of the picture.
    most_tags
        Dancers with a tag at the same time.
    """

    def __init__(self, *, privacy: bool, most_tags: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        view = PrivacyView if privacy else VideoView
        self.video = view(
            self,
            tags=DancerTags(size=_TAGS, numbered=False, marked=True),
            most_tags=most_tags,
            scale=unit,
            corner=0.0,
            trim=_TRIM,
        )
        self.shade = Shade(self)
        self.readout = ReadoutPanel(
            self, scale=lambda panel: _readout_scale(panel.width(), unit(panel)), numbered=False
        )
        self.bars = ProbabilityBars(self, scale=lambda bars: _bar_scale(bars.width(), unit(bars)))
        self.interlude = Interlude(self)
        self._prominence = Prominence()
        self._hints = Hints()
        self._size = (16, 9)
        self._looks = StyleLooks()
        self._bars_wanted = False
        self._offset = QPoint()

    def set_looks(self, looks: StyleLooks) -> None:
        """Say which styles there are and what they look like."""
        self._looks = looks
        for part in (self.video, self.readout, self.bars):
            part.set_looks(looks)
        self._lay_out()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show this snapshot from now on."""
        frame = snapshot.frame
        height, width, _ = frame.image.shape
        if (width, height) != self._size:
            self._size = (width, height)
            self._lay_out()
        chosen = self._prominence.choose(snapshot.tracks, width, height, frame.time)
        self.video.show_snapshot(snapshot, chosen)
        hint = self._hints.of(snapshot, chosen)
        if chosen is None:  # the invitation stands, whatever the light is like
            self.readout.show_nobody()
            self.bars.show_readout(None)
        else:
            track = next(track for track in snapshot.tracks if track.id == chosen)
            readout = snapshot.readouts.get(chosen)
            if readout is None and track.missed > 0:
                return  # out of sight for a moment: what was said last stands
            self.readout.show_readout(readout, frame.time, dancer=None, hint=hint)
            self.bars.show_readout(readout)
        look = self.readout.look
        calm = look is None or look is self._looks.not_sure
        self.shade.light(theme.BACKGROUND if look is None or calm else look.colour)

    def say(self, message: Message | None) -> None:
        """Dim the picture and say this over it; None to go on."""
        self.video.dimmed = message is not None
        for part in (self.shade, self.readout, self.bars):
            part.setVisible(message is None)
        self.bars.setVisible(message is None and self._bars_wanted)
        self.interlude.say(message)

    def forget(self) -> None:
        """Forget the dancers, as another source is on."""
        self._prominence.forget()
        self._hints.forget()
        self.readout.clear()
        self.bars.show_readout(None)

    def move_standing(self, offset: QPoint) -> None:
        """Put what stands still so far from its place."""
        if offset != self._offset:
            self._offset = offset
            self.interlude.move_standing(offset)
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Give everything its place anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        whole = QRectF(self.rect())
        if whole.isEmpty():
            return
        u = unit(self)
        width, height = self._size
        aspect = width / height
        beside = whole.width() - whole.height() * aspect
        below = whole.height() - whole.width() / aspect
        room, words, bars = QRectF(whole), QRectF(), QRectF()
        if beside >= _BESIDE * whole.width():
            room.setWidth(whole.width() - beside)
            words = QRectF(room.right(), 0.0, beside, 0.52 * whole.height())
            bars = QRectF(words.bottomLeft(), whole.bottomRight())
        elif below >= _BESIDE * whole.height():
            room.setHeight(whole.width() / aspect / (1.0 - _TRIM))
            words = QRectF(
                0.0, room.bottom(), whole.width(), 0.5 * (whole.bottom() - room.bottom())
            )
            bars = QRectF(words.bottomLeft(), whole.bottomRight())
        self._bars_wanted = not bars.isEmpty()
        if self._bars_wanted:
            self.shade.lay(words.united(bars).toAlignedRect(), over=False)
            aside = _MARGIN * (_readout_scale(words.width(), u) - _bar_scale(words.width(), u))
            bars.adjust(aside, 0.0, -aside, -24 * u)
        else:
            words = QRectF(12 * u, whole.bottom() - 315 * u, 0.62 * whole.width(), 315 * u)
            dark = QRectF(0.0, whole.bottom() - 470 * u, 0.8 * whole.width(), 470 * u)
            self.shade.lay(dark.toAlignedRect(), over=True)
        self.video.setGeometry(self.rect())
        self.video.room = room
        self.interlude.setGeometry(self.rect())
        self.readout.setGeometry(words.toAlignedRect().translated(self._offset))
        self.bars.setGeometry(bars.toAlignedRect().translated(self._offset))
        self.bars.setVisible(self._bars_wanted and self.interlude.message is None)


def _readout_scale(width: float, u: float) -> float:
    smallest, largest = _READOUT
    return min(max(width / _READOUT_WIDTH, smallest * u), largest * u)


def _bar_scale(width: float, u: float) -> float:
    smallest, largest = _BARS
    return min(max(width / _BARS_WIDTH, smallest * u), largest * u)
