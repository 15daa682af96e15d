"""What the window remembers from one time to the next: how it stood, and what was chosen.

Nothing else can be kept here: no source and no address, so no password either.
"""

from pathlib import Path
from typing import Final

import platformdirs
from PyQt6.QtCore import QByteArray, QSettings

from choreai_live.ui.theme import CHOICES, LARGEST_TEXT, SMALLEST_TEXT, Choice

_GEOMETRY: Final = "geometry"
_THEME: Final = "theme"
_TEXT_SCALE: Final = "text_scale"
_MIRROR: Final = "mirror_cameras"
_TRAILS: Final = "trails"
_SKELETONS_ONLY: Final = "skeletons_only"
_FOLDER: Final = "folder"


def memory_path() -> Path:
    """Where it is kept, beside the other things the program keeps for itself."""
    return platformdirs.user_state_path("choreai-live") / "window.ini"


class Memory:
    """Reads and writes what is remembered; what cannot be read was never said.

    Parameters
    ----------
    path
        The file; None for the user's own.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._kept = QSettings(str(path or memory_path()), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, as Qt packs them; empty at first."""
        kept = self._kept.value(_GEOMETRY)
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._kept.setValue(_GEOMETRY, geometry)

    @property
    def theme(self) -> Choice:
        """The theme last chosen."""
        kept = self._kept.value(_THEME)
        return next((choice for choice in CHOICES if choice == kept), "system")

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._kept.setValue(_THEME, choice)

    @property
    def text_scale(self) -> float:
        """The size of text last chosen, 0.8 to 2.0."""
        try:
            kept = float(str(self._kept.value(_TEXT_SCALE)))
        except ValueError:
            return 1.0
        fits = SMALLEST_TEXT <= kept <= LARGEST_TEXT
        return kept if fits else 1.0

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        self._kept.setValue(_TEXT_SCALE, f"{scale:g}")

    @property
    def mirror_cameras(self) -> bool:
        """Whether the picture of a camera is mirrored."""
        return str(self._kept.value(_MIRROR, "true")).lower() != "false"

    @mirror_cameras.setter
    def mirror_cameras(self, mirrored: bool) -> None:
        self._kept.setValue(_MIRROR, mirrored)

    @property
    def trails(self) -> bool:
        """Whether hands and feet leave trails of light."""
        return str(self._kept.value(_TRAILS, "false")).lower() == "true"

    @trails.setter
    def trails(self, shown: bool) -> None:
        self._kept.setValue(_TRAILS, shown)

    @property
    def skeletons_only(self) -> bool:
        """Whether figures stand in for the picture."""
        return str(self._kept.value(_SKELETONS_ONLY, "false")).lower() == "true"

    @skeletons_only.setter
    def skeletons_only(self, wanted: bool) -> None:
        self._kept.setValue(_SKELETONS_ONLY, wanted)

    @property
    def folder(self) -> str:
        """The folder a video was last opened from; empty if there is none any more."""
        kept = str(self._kept.value(_FOLDER, ""))
        return kept if kept and Path(kept).is_dir() else ""

    @folder.setter
    def folder(self, folder: str) -> None:
        if folder and Path(folder).is_dir():  # an address is none
            self._kept.setValue(_FOLDER, folder)

    def keep(self) -> None:
        """Write it now."""
        self._kept.sync()
