"""Leaving by keys that are held down: nobody holds three of them by accident."""

from time import monotonic
from typing import Final

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence

#: Seconds to hold them.
HOLD: Final = 3.0
_STEP_MS: Final = 40
#: Milliseconds a key may be up. A keyboard repeats what is held by letting it up and
#: pressing it again, and X11 does not always tell that from fingers.
_GRACE_MS: Final = 150

_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class HeldKeys(QObject):
    """Watches for one combination of keys.

    Parameters
    ----------
    keys
        Such as ``"Ctrl+Alt+Q"``; empty, or none that Qt knows, for no combination.
    parent
        Whose keys they are.
    """

    #: Share of the time they are held already, 0 to 1; 0 again once they are let go.
    progressed = pyqtSignal(float)
    #: They were held long enough.
    held = pyqtSignal()

    def __init__(self, keys: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sequence = QKeySequence(keys)
        self._wanted = sequence[0] if sequence.count() == 1 else None
        if self._wanted is not None and self._wanted.key() == Qt.Key.Key_unknown:
            self._wanted = None
        self._since: float | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._advance)
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(_GRACE_MS)
        self._grace.timeout.connect(self.let_go)

    @property
    def words(self) -> str:
        """The combination as people write it; empty if there is none."""
        if self._wanted is None:
            return ""
        return QKeySequence(self._wanted).toString(QKeySequence.SequenceFormat.NativeText)

    def press(self, event: QKeyEvent) -> bool:
        """Take a key going down; return whether it completes the combination, or repeats it."""
        if self._wanted is None or not self._fits(event):
            return False
        self._grace.stop()
        if self._since is None:
            self._since = monotonic()
            self._timer.start()
            self._advance()
        return True

    def release(self, event: QKeyEvent) -> None:
        """Take a key going up; unless it is down again at once, that ends it."""
        if self._since is not None and not event.isAutoRepeat():
            self._grace.start()

    def let_go(self) -> None:
        """Begin anew, as when the keyboard is somewhere else."""
        self._grace.stop()
        if self._since is not None:
            self._since = None
            self._timer.stop()
            self.progressed.emit(0.0)

    def _fits(self, event: QKeyEvent) -> bool:
        if self._wanted is None:
            return False
        modifiers = event.modifiers() & _MODIFIERS
        return (
            event.key() == self._wanted.key()
            and modifiers == self._wanted.keyboardModifiers() & _MODIFIERS
        )

    def _advance(self) -> None:
        if self._since is None:
            return
        share = (monotonic() - self._since) / HOLD
        if share < 1.0:
            self.progressed.emit(share)
            return
        self.let_go()
        self.held.emit()
