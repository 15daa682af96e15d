"""The wheel carries everything and works from any folder, far from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, project_root: Path) -> Path:
    """Return a wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--wheel-dir", str(folder), str(project_root)),
        ],
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def run_installed(wheel: Path, tmp_path_factory):
    """Return a function that runs Python with the unpacked wheel, from an empty folder."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str, folder: Path = elsewhere) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    return run


def test_the_wheel_holds_the_window_and_the_models(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "choreai_live/ui/app.py",
        "choreai_live/ui/fonts/Inter-Regular.otf",
        "choreai_live/ui/language/choreai_live_fr.qm",
        "choreai_live/models/catalog.toml",
        "choreai_live/models/style.onnx",
        "choreai_live/py.typed",
    } <= names
    assert any(name.endswith("licenses/THIRD_PARTY_NOTICES.md") for name in names)
    assert not any(name.startswith(("tests/", "scripts/", "ui/")) for name in names)


def test_the_wheel_holds_every_module(wheel, project_root):
    # An editable installation beside it would lend the wheel what it lacks.
    there = {
        path.relative_to(project_root).as_posix()
        for path in (project_root / "choreai_live").rglob("*.py")
    }
    assert there <= set(zipfile.ZipFile(wheel).namelist())


def test_models_are_found_and_intact(run_installed):
    shown = run_installed("-m", "choreai_live", "models", "verify")
    assert "blazepose_full" in shown


def test_a_file_is_classified_from_another_folder(run_installed, tmp_path):
    shown = run_installed(
        *("-m", "choreai_live", "classify", "demo?seconds=2&width=320&height=240"),
        *("--json", str(tmp_path / "result.json")),
    )
    assert "dancer" in shown.lower()
    assert (tmp_path / "result.json").stat().st_size > 0


def test_the_checkout_as_current_folder_shadows_nothing_away(run_installed, project_root):
    shown = run_installed("-c", "import choreai_live.ui, choreai_live.models; print('found')")
    assert shown == "found\n"
    beside = run_installed("-m", "choreai_live", "models", "list", folder=project_root)
    assert "style" in beside
