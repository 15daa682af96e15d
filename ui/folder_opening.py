"""Showing a file where it lies."""

import sys
from pathlib import Path

from PyQt6.QtCore import QDir, QProcess, QUrl
from PyQt6.QtGui import QDesktopServices


def show_in_folder(path: Path) -> None:
    """Open the folder of a file, the file chosen where the system can do that."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", QDir.toNativeSeparators(str(path))])
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
