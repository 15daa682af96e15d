"""The ways out of the kiosk, and no others: the PIN, and keys that are held."""

import logging
from typing import Final

from PyQt6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.ui.kiosk.held_keys import HeldKeys
from choreai_live.ui.kiosk.hold_ring import HoldRing
from choreai_live.ui.kiosk.measure import unit
from choreai_live.ui.kiosk.pin_gate import PinGate
from choreai_live.ui.kiosk.pin_pad import PinPad

logger = logging.getLogger(__name__)

#: Seconds a corner is held down until the pad comes, and its side on the reference screen.
CORNER_HOLD: Final = 1.0
_CORNER: Final = 110


class WayOut(QObject):
    """Takes every key and touch of a window, and says when somebody may leave.

    Parameters
    ----------
    window
        What is to be left.
    pin_hash
        Of the PIN; None for no PIN.
    quit_keys
        Keys to be held; empty for none.
    """

    #: Somebody may leave.
    opened = pyqtSignal()

    def __init__(self, window: QWidget, pin_hash: str | None, quit_keys: str) -> None:
        super().__init__(window)
        self._window = window
        self.pad = PinPad(PinGate(pin_hash), window) if pin_hash else None
        if self.pad is not None:
            self.pad.opened.connect(self.opened)
        self.ring = HoldRing(window)
        self._keys = HeldKeys(quit_keys, self)
        self._keys.progressed.connect(self.ring.fill)
        self._keys.held.connect(self.opened)
        self._corner = QTimer(self)
        self._corner.setSingleShot(True)
        self._corner.timeout.connect(self._ask)
        if self.pad is None and not self._keys.words:
            logger.warning("Neither a PIN nor keys lead out of the kiosk; only a signal ends it.")

    def raise_(self) -> None:
        """Stay above what was raised since."""
        if self.pad is not None:
            self.pad.raise_()
        self.ring.raise_()

    def press(self, event: QKeyEvent) -> None:
        """Take a key that goes down."""
        if self._keys.press(event) or event.isAutoRepeat():
            return
        if self.pad is None or event.key() in _MODIFIERS:
            return
        if not self.pad.isVisible():
            self.pad.ask()
            if not event.text().isdigit():
                return
        self.pad.press(event)

    def release(self, event: QKeyEvent) -> None:
        """Take a key that goes up."""
        self._keys.release(event)

    def touch(self, place: QPointF) -> None:
        """Take a finger, or a button, that goes down."""
        if self.pad is not None and self._in_corner(place):
            self._corner.start(round(CORNER_HOLD * 1000))

    def let_go(self, *, keys: bool = False) -> None:
        """Take the finger, or with `keys` all keys, to be up again."""
        self._corner.stop()
        if keys:
            self._keys.let_go()

    def _ask(self) -> None:
        if self.pad is not None:
            self.pad.ask()

    def _in_corner(self, place: QPointF) -> bool:
        side = _CORNER * unit(self._window)
        whole = QRectF(self._window.rect())
        near_left_or_right = not whole.adjusted(side, 0, -side, 0).contains(place)
        near_top_or_bottom = not whole.adjusted(0, side, 0, -side).contains(place)
        return near_left_or_right and near_top_or_bottom


#: Keys that are pressed together with others, and bring no pad by themselves.
_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
