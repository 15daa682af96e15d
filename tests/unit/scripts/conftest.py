"""Makes what lies in ``scripts/`` importable."""

import sys
from pathlib import Path

import pytest

SCRIPTS = str(Path(__file__).resolve().parents[3] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)


@pytest.fixture(autouse=True)
def one_thread():
    """Let torch use one thread, as the scripts do: small matrices gain nothing from more."""
    torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
