"""A disk that is soon full."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Let a folder, which is made, be a disk of that size; skip where that is not allowed."""
    folder.mkdir()
    size = f"size={megabytes}m"
    command = ["mount", "-t", "tmpfs", "-o", size, "none", folder]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("needs to mount a small disk, which only root may")
    try:
        yield folder
    finally:
        # Lazily: a test that failed may still hold a file there.
        subprocess.run(["umount", "--lazy", folder], check=True)
