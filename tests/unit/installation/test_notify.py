"""What systemd is told, through a real socket."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from choreai_live.installation import beat, ready, stopping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs Unix sockets")


@pytest.fixture(params=["path", "abstract"])
def manager(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """Listen where systemd would, both ways it may be named."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        if request.param == "abstract":
            if not sys.platform.startswith("linux"):
                pytest.skip("abstract sockets are Linux's")
            listener.bind(f"\0choreai-test@{os.getpid()}")
            monkeypatch.setenv("NOTIFY_SOCKET", f"@choreai-test@{os.getpid()}")
        else:
            path = tmp_path / "notify@1"
            listener.bind(str(path))
            monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        listener.settimeout(5)
        yield listener


def test_each_message_is_one_datagram(manager: socket.socket) -> None:
    ready()
    beat()
    beat()
    stopping()
    heard = [manager.recv(100) for _ in range(4)]
    assert heard == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_a_manager_that_does_not_listen_holds_nobody_up(manager: socket.socket) -> None:
    for _ in range(2000):  # more than the socket holds
        beat()
    assert manager.recv(100) == b"WATCHDOG=1"


def test_a_manager_that_is_gone_disturbs_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    beat()
    for nonsense in ("", "relative", "vsock:2:1234", "/" + "x" * 300, "@" + "x" * 300):
        monkeypatch.setenv("NOTIFY_SOCKET", nonsense)
        beat()


def test_without_systemd_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    ready()
    beat()
    stopping()
