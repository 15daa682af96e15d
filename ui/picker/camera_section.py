"""The cameras of this machine, live."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.picker.camera_trouble import CameraTrouble
from choreai_live.ui.picker.cameras import CameraGlances, is_same_camera
from choreai_live.ui.picker.figures import figures_of
from choreai_live.ui.picker.glance import Glance
from choreai_live.ui.picker.section import Section, tool
from choreai_live.ui.picker.tile import SourceTile

if TYPE_CHECKING:
    from choreai_live.capture import CameraInfo


class CameraSection(Section):
    """Looks for cameras when asked, and at them until it is closed."""

    #: Index of a camera.
    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.again = tool()
        super().__init__(self.tr("Cameras"), self.again, parent)
        self.again.setText(self.tr("Look again"))
        self.again.setToolTip(self.tr("Look again ({key})").format(key="F5"))
        self.glances = CameraGlances(self)
        self._watched: Mapping[str, QImage | None] = {}
        self._lead = False
        self.again.clicked.connect(self.look)
        self.glances.found.connect(self._show_cameras)
        self.glances.ready.connect(self._show_glance)
        self.glances.failed.connect(self._show_trouble)

    def show_watched(self, watched: Mapping[str, QImage | None]) -> None:
        """Take which cameras are in the window, and their last pictures: none is opened again."""
        self._watched = watched
        self._lead = False

    def look(self) -> None:
        """Look for cameras, in the background."""
        self.again.setEnabled(False)
        if not self.tiles:
            self.show_tiles([], self.tr("Looking for cameras"))
        self.glances.look(tuple(self._watched))

    def lead_here(self, wanted: bool) -> None:
        """Lead the keyboard to the first camera, as soon as there is one."""
        self._lead = wanted
        if wanted and self.tiles:
            self.tiles[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_cameras(self, cameras: list["CameraInfo"]) -> None:
        lead = self._lead or any(tile.hasFocus() for tile in self.tiles)
        self._lead = False
        self.again.setEnabled(True)
        tiles = [self._tile_of(camera) for camera in cameras]
        self.show_tiles(
            tiles,
            ""
            if tiles
            else self.tr(
                "No camera was found. Plug one in, close other programs that use it, "
                "and look again."
            ),
        )
        if lead:
            (tiles[0] if tiles else self.again).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tile_of(self, camera: "CameraInfo") -> SourceTile:
        tile = SourceTile(str(camera.index), spoken(camera.name), "camera", self.tr("Opening"))
        tile.clicked.connect(lambda: self.chosen.emit(tile.spec))
        for device, picture in self._watched.items():
            if not is_same_camera(camera, device):
                continue
            tile.say(self.tr("In the window now"), live=True)
            if picture is not None:
                tile.show_picture(picture)
        return tile

    def _show_glance(self, spec: str, glance: Glance) -> None:
        tile = self.tile(spec)
        if tile is not None:
            tile.show_picture(glance.picture)
            words = figures_of(glance)
            if tile.words != words:
                tile.say(words, live=True)

    def _show_trouble(self, spec: str, trouble: CameraTrouble, program: str, sentence: str) -> None:
        tile = self.tile(spec)
        if tile is None:
            return
        words = {
            CameraTrouble.GONE: self.tr("Unplugged"),
            CameraTrouble.REFUSED: self.tr("Not allowed for you"),
            CameraTrouble.IN_USE: self.tr("In use by {program}").format(program=program),
        }.get(trouble, self.tr("Gives no picture"))
        tile.say(words, warning=True)
        tile.setToolTip(spoken(sentence))
