"""Which camera is which, whatever index it has today.

Linux numbers cameras in the order in which they are found, so that one that was
unplugged may come back under another number, and another camera may have taken its old
one. What stays is its maker's name with the serial number, or the socket it is in.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_LINKS: Final = ("v4l/by-id", "v4l/by-path")
"""Where udev names video devices by what they are, and by where they are plugged in."""


def identity_of(device: Path, devices: Path, names: Path) -> str | None:
    """Return what tells this camera from others for good.

    Parameters
    ----------
    device
        Its device file, or a link to it.
    devices
        Where device files are: ``/dev``.
    names
        Where the kernel describes them: ``/sys/class/video4linux``.

    Returns
    -------
    str or None
        A link to its device file (``/dev/v4l/by-id/...``, else ``/dev/v4l/by-path/...``),
        else its name and bus (``"HD Webcam @ 1-2:1.0 #0"``); None where nothing is known.
    """
    if device.parent.parent == devices / "v4l":
        return str(device)  # somebody has chosen already what it goes by
    file = device.resolve()
    by_id, by_path = (_link_to(file, devices / folder) for folder in _LINKS)
    if by_id is not None and (by_path is None or not _has_twin(file, names)):
        return str(by_id)
    if by_path is not None:
        return str(by_path)
    return _described(names / file.name)


def device_of(identity: str, devices: Path, names: Path) -> Path | None:
    """Return the device file this camera has now, None while it is away."""
    if identity.startswith("/"):
        link = Path(identity)
        return link.resolve() if link.exists() else None
    for entry in _entries(names):
        device = devices / entry.name
        if device.exists() and _described(entry) == identity:
            return device
    return None


def _link_to(file: Path, folder: Path) -> Path | None:
    try:
        links = sorted(folder.iterdir())
    except OSError:  # no udev, or no camera at all
        return None
    return next((link for link in links if link.resolve() == file), None)


def _has_twin(file: Path, names: Path) -> bool:
    """Return whether another camera has the same name.

    Cheap ones have no serial number, so that udev, too, takes twins for one and the same.
    """
    entry = names / file.name
    return any(
        _read(other / "name") == _read(entry / "name") and _bus(other) != _bus(entry)
        for other in _entries(names)
    )


def _described(entry: Path) -> str | None:
    name = _read(entry / "name")
    if name is None:
        return None
    # One camera may have several device files, which its driver numbers.
    return f"{name} @ {_bus(entry)} #{_read(entry / 'index') or 0}"


def _bus(entry: Path) -> str:
    device = entry / "device"
    return device.resolve().name if device.exists() else "?"


def _entries(names: Path) -> Iterator[Path]:
    for entry in sorted(names.glob("video*")):
        if re.fullmatch(r"video\d+", entry.name):
            yield entry


def _read(file: Path) -> str | None:
    try:
        return file.read_text("utf-8", errors="replace").strip()
    except OSError:  # unplugged in this very moment
        return None
