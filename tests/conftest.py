"""Fixtures every test may use."""

from pathlib import Path

import pytest

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the root of the checkout."""
    return PROJECT_ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Return the folder of development data beside the checkout, or skip."""
    folder = PROJECT_ROOT.parent / "shared"
    if not (folder / "clips").is_dir():
        pytest.skip("needs the development data in ../shared, which a plain clone does not have")
    return folder
