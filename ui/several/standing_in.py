"""The window's buttons and keys act on whichever source is chosen."""

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction


class StandIn(QObject):
    """Lets an action of the window do, say and look as that of one source after the other.

    Parameters
    ----------
    action
        Of the window; has the keys.
    """

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self._action = action
        self._meant: QAction | None = None
        action.triggered.connect(self._trigger)
        action.toggled.connect(self._toggle)

    def mean(self, action: QAction | None) -> None:
        """Stand for another action from now on; None for none."""
        before, self._meant = self._meant, action
        if before is not None:
            before.changed.disconnect(self._follow)
        if action is not None:
            action.changed.connect(self._follow)
            self._follow()

    def _follow(self) -> None:
        meant, action = self._meant, self._action
        if meant is None:
            return
        if action.isCheckable():
            action.setText(meant.text())
            if meant.icon().cacheKey() != action.icon().cacheKey():
                action.setIcon(meant.icon())
        else:  # short words for the buttons of messages
            action.setIconText(meant.iconText())
        action.setEnabled(meant.isEnabled())
        action.setChecked(meant.isChecked())

    def _trigger(self) -> None:
        if self._meant is not None and not self._action.isCheckable():
            self._meant.trigger()

    def _toggle(self, checked: bool) -> None:
        if self._meant is not None:
            self._meant.setChecked(checked)
