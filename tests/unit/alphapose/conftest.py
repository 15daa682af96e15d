"""What AlphaPose's own code says, where it lies beside the checkout, and a folder for models."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def alphapose_folder(project_root: Path) -> Path:
    """Return the folder of key files and golden outputs, or skip."""
    folder = project_root.parent / "shared" / "alphapose"
    if not folder.is_dir():
        pytest.skip("needs ../shared/alphapose, which a plain clone does not have")
    return folder


@pytest.fixture
def user_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that added models go to instead of the user's."""
    folder = tmp_path / "added"
    monkeypatch.setenv("CHOREAI_MODELS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep torch to one thread: the machine that tests may have other work."""
    torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
