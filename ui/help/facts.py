"""What runs here: versions of the program and of what it stands on, and its models.

Collecting takes a moment, as libraries may have to be loaded: not for the interface thread.
"""

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PyQt6.QtCore import PYQT_VERSION_STR, QLibraryInfo

from choreai_live import __version__
from choreai_live.errors import ChoreaiError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model of this installation.

    Parameters
    ----------
    name, purpose, version, licence
        As its catalogue, or the file itself, has it.
    """

    name: str
    purpose: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to know.

    Parameters
    ----------
    versions
        Name and version, the program first.
    models
        Those shipped, then those added.
    machine
        Name and value.
    """

    versions: tuple[tuple[str, str], ...]
    models: tuple[ModelFacts, ...]
    machine: tuple[tuple[str, str], ...]


def collect_facts(style_model: "Path | None" = None) -> Facts:
    """Return what runs here.

    Parameters
    ----------
    style_model
        A style model file of the user's own; None for the shipped one.
    """
    import av

    from choreai_live.machine import describe_machine

    versions = (
        ("ChoreAI Live", __version__),
        ("Python", platform.python_version()),
        ("Qt", f"{QLibraryInfo.version().toString()} (PyQt {PYQT_VERSION_STR})"),
        ("ONNX Runtime", _installed(("onnxruntime", "onnxruntime-gpu"))),
        ("OpenCV", _installed(("opencv-python-headless", "opencv-python"))),
        ("FFmpeg", f"{av.ffmpeg_version_info} (PyAV {av.__version__})"),
    )
    machine = describe_machine()
    named = ("os", "cpu", "cores", "memory_gb")
    return Facts(
        versions,
        (*_shipped(style_model), *_added()),
        tuple((name, str(machine[name])) for name in named),
    )


def _installed(packages: Iterable[str]) -> str:
    """Return the version of the first of several packages that is installed."""
    for package in packages:
        try:
            return version(package)
        except PackageNotFoundError:
            continue
    return "?"


def _shipped(style_model: "Path | None") -> list[ModelFacts]:
    from choreai_live.models import catalog, sha256_of

    facts = []
    for entry in catalog():
        try:
            if entry.name == "style":
                path = style_model or entry.path
                name = path.name if style_model else entry.name
                licence = "see its maker" if style_model else entry.licence
                facts.append(ModelFacts(name, entry.purpose, _style_version(path), licence))
                continue
            mark = f"sha256 {sha256_of(entry.path)[:12]}"
        except (OSError, ChoreaiError):
            mark = "cannot be read"
        facts.append(ModelFacts(entry.name, entry.purpose, mark, entry.licence))
    return facts


def _style_version(path: "Path") -> str:
    from choreai_live.models import sha256_of
    from choreai_live.style.model import StyleModel

    return f"{StyleModel(path).version}, sha256 {sha256_of(path)[:12]}"


def _added() -> list[ModelFacts]:
    from choreai_live.models.added import added_models

    try:
        return [
            ModelFacts(
                model.name,
                model.kind,
                f"sha256 {model.sha256[:12]}",
                model.details.get("licence", "see its maker"),
            )
            for model in added_models()
        ]
    except ChoreaiError:
        return []
