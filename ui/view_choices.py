"""What a view of dancers can be asked for, whatever it shows."""

from PyQt6.QtCore import QRectF
from PyQt6.QtWidgets import QWidget

from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.trails import Trails


class ViewChoices(QWidget):
    """A widget that remembers how dancers are to be shown on it, and draws anew on a change.

    Parameters
    ----------
    parent
        The widget it is in.
    tags
        Draws the tags.
    corner
        Radius of the picture's corners, pixels.
    """

    def __init__(self, parent: QWidget | None, tags: DancerTags, corner: float) -> None:
        super().__init__(parent)
        self._tags = tags
        self._corner = corner
        self._room: QRectF | None = None
        self._mirrored = False
        self._dimmed = False
        self._trails: Trails | None = None

    @property
    def mirrored(self) -> bool:
        """Whether left and right are exchanged, as in a mirror."""
        return self._mirrored

    @mirrored.setter
    def mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self._tags.forget()
            self.update()
            self._pass_on()

    @property
    def dimmed(self) -> bool:
        """Whether the picture steps back behind a message."""
        return self._dimmed

    @dimmed.setter
    def dimmed(self, dimmed: bool) -> None:
        self._dimmed = dimmed
        self.update()
        self._pass_on()

    @property
    def trails(self) -> bool:
        """Whether hands and feet leave trails."""
        return self._trails is not None

    @trails.setter
    def trails(self, trails: bool) -> None:
        if trails != self.trails:
            self._trails = Trails() if trails else None
            self.update()
            self._pass_on()

    @property
    def corner(self) -> float:
        """Radius of the picture's corners, pixels."""
        return self._corner

    @corner.setter
    def corner(self, corner: float) -> None:
        self._corner = corner
        self.update()

    @property
    def room(self) -> QRectF:
        """Where in the widget the picture is put: all of it, unless set otherwise."""
        return QRectF(self.rect()) if self._room is None else self._room

    @room.setter
    def room(self, room: QRectF) -> None:
        if room != self._room:
            self._room = room
            self._tags.forget()
            self.update()
            self._pass_on()

    def _pass_on(self) -> None:
        """Tell whoever shows the same what was chosen; nobody, unless overridden."""
