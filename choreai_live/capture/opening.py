"""From what a user writes to an opened source."""

import glob
import os
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import parse_qsl, unquote, urlsplit
from urllib.request import url2pathname

from choreai_live.capture.base import Source
from choreai_live.capture.camera import CameraSource
from choreai_live.capture.connecting import CameraConnector, StreamConnector
from choreai_live.capture.images import IMAGE_SUFFIXES, ImagesSource, pictures_among
from choreai_live.capture.paced import Paced
from choreai_live.capture.stream import STREAM_SCHEMES, StreamSource
from choreai_live.capture.supervised import SupervisedSource, Supervision
from choreai_live.capture.urls import mask_credentials, scheme_of
from choreai_live.capture.video import VideoFileSource
from choreai_live.errors import SourceError


def open_source(spec: str, *, live: bool = False, supervision: Supervision | None = None) -> Source:
    """Open a source of frames.

    Parameters
    ----------
    spec
        ``"0"``: index of a camera; ``"/dev/video0"``: its device file;
        the path of a video; an address beginning with ``rtsp://``,
        ``rtsps://``, ``http://`` or ``https://``; a folder of pictures, a
        glob (``"shots/*.png"``) or a single picture; the folder of a recorded
        session, or the ``.sqlite`` of one of its parts; ``"demo"``, the built-in
        dancer, or ``"demo?dancers=2&tempo=110&seconds=20"``.
    live
        Play what was recorded at its own rate, the newest frame winning, as
        if it came from a camera. Cameras and streams always do.
    supervision
        Reach cameras and streams again whenever they are lost: they come back as a
        :class:`SupervisedSource`. Nothing changes for what was recorded.

    Returns
    -------
    Source
        Opened; its size and the like are known.

    Raises
    ------
    SourceError
        If it cannot be opened: one sentence on what, where, and what to do.
    """
    device = _camera_device(spec)
    if device is not None:
        if supervision is not None:
            return SupervisedSource(CameraConnector(device), supervision)
        return CameraSource(device)
    scheme = scheme_of(spec)
    if scheme in STREAM_SCHEMES:
        if supervision is not None:
            return SupervisedSource(StreamConnector(spec, supervision.transport), supervision)
        return StreamSource(spec)
    recorded = _open_recorded(spec, scheme)
    return Paced(recorded) if live else recorded


def _camera_device(spec: str) -> int | str | None:
    if spec.isascii() and spec.isdigit():
        return int(spec)
    return spec if spec.startswith("/dev/") else None


def _open_recorded(spec: str, scheme: str | None) -> Source:
    if spec == "demo" or spec.startswith("demo?"):
        return _open_demo(spec)
    if scheme == "file":
        spec = url2pathname(unquote(urlsplit(spec).path))
    elif scheme is not None:
        raise SourceError(
            f"{mask_credentials(spec)} begins with {scheme}://, which cannot be opened; "
            f"use {', '.join(f'{known}://' for known in STREAM_SCHEMES)} or a file."
        )
    if not spec:
        raise SourceError("No source was named; give a camera index, a file, an address or 'demo'.")
    try:
        return _open_file(spec)
    except OSError as error:
        raise SourceError(f"{mask_credentials(spec)} cannot be read: {error.strerror}.") from error


def _open_file(spec: str) -> Source:
    path = Path(os.path.expanduser(spec))  # noqa: PTH111 - Path's own raises for an unknown ~user
    session = path.parent if path.suffix == ".sqlite" else path
    if path.exists() and any(session.glob("part-*.sqlite")):
        return _open_session(session)
    if path.is_dir():
        return ImagesSource(str(path), pictures_among(path.iterdir()))
    if path.is_file():
        if path.suffix.lower() in IMAGE_SUFFIXES:
            return ImagesSource(str(path), [path])
        return VideoFileSource(path)
    if glob.has_magic(spec):
        found = glob.glob(str(path), recursive=True)  # noqa: PTH207 - absolute patterns too
        return ImagesSource(spec, pictures_among(map(Path, found)))
    raise SourceError(
        f"There is no file or folder {mask_credentials(spec)!r}; check how it is written."
    )


def _open_session(path: Path) -> Source:
    # Recorded by what comes after this room, which so far nobody has asked for.
    from choreai_live.session.source import SessionSource

    return SessionSource(path)


def _open_demo(spec: str) -> Source:
    # Only who asks for the dancer waits for what draws it.
    from choreai_live.capture.demo_source import DemoSource
    from choreai_live.demo.settings import SceneSettings

    kinds = get_type_hints(SceneSettings)
    kinds = {field.name: kinds[field.name] for field in fields(SceneSettings)}
    asked: dict[str, Any] = {}
    for key, value in parse_qsl(spec.partition("?")[2], keep_blank_values=True):
        if key != "seconds" and key not in kinds:
            raise SourceError(
                f"The demo has no setting {key!r}; use seconds, {', '.join(sorted(kinds))}."
            )
        asked[key] = _demo_value(key, value, kinds.get(key, float))
    seconds = asked.pop("seconds", None)
    if seconds is not None and not 0 < seconds < float("inf"):
        raise SourceError(f"The demo cannot last {seconds} seconds; use a number above 0.")
    try:
        settings = SceneSettings(**asked)
    except ValueError as error:
        raise SourceError(f"The demo cannot be set so: {str(error).rstrip('.')}.") from error
    return DemoSource(settings, seconds)


def _demo_value(key: str, text: str, kind: type) -> int | float | bool | str:
    try:
        if kind is bool:
            return {"1": True, "true": True, "0": False, "false": False}[text.lower()]
        return kind(text)  # type: ignore[no-any-return]
    except (ValueError, KeyError):
        wanted = {int: "a whole number", float: "a number", bool: "1 or 0"}[kind]
        raise SourceError(
            f"The demo setting {key!r} must be {wanted}, not {text!r}; write {key}=..."
        ) from None
