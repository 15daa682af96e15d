"""Bad input through the real program: one sentence, a status, nothing lost."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

PASSWORD = "Gr0ße.Secret%21"  # noqa: S105 - of nobody


def run(
    *arguments: str, folder: Path, program: Sequence[str] = ("-m", "choreai_live")
) -> subprocess.CompletedProcess[str]:
    """Run the program in ``folder`` and see that it ends without a traceback."""
    result = subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert "Traceback" not in result.stderr
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a short video and everything that can be wrong with one."""
    folder = tmp_path_factory.mktemp("bad")
    with av.open(str(folder / "good.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height = 96, 64
        rng = np.random.default_rng(0)
        for _ in range(10):
            image = rng.integers(0, 255, (64, 96, 3), dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, "bgr24")))
        container.mux(stream.encode())
    whole = (folder / "good.mp4").read_bytes()
    (folder / "truncated.mp4").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.mp4").touch()
    (folder / "text.mp4").write_text("This was a shopping list.\n" * 50)
    (folder / "zero.png").touch()
    (folder / "no-pictures").mkdir()
    (folder / "no-pictures" / "readme.txt").touch()
    return folder


@pytest.fixture(scope="module")
def closed_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_every_broken_source_gets_its_sentence_and_good_ones_are_read(
    folder: Path, closed_port: int, rtsp_server: Callable[..., Any]
) -> None:
    guarded = rtsp_server(folder, login="dancer:another")
    broken = {
        "missing.mp4": "missing.mp4",
        "empty.mp4": "empty.mp4",
        "text.mp4": "text.mp4",
        "truncated.mp4": "truncated.mp4",
        "zero.png": "zero.png",
        "no-pictures": "no-pictures",
        f"rtsp://dancer:{PASSWORD}@127.0.0.1:{closed_port}/live": f"127.0.0.1:{closed_port}",
        guarded.url("good.mp4", login=f"dancer:{PASSWORD}"): f"127.0.0.1:{guarded.port}",
        "gopher://example.org/dance": "gopher://",
        "97": "camera",
        "/dev/video97": "/dev/video97",
    }
    result = run("classify", *broken, "good.mp4", "--json", "result.json", folder=folder)
    assert result.returncode == 1
    sentences = result.stderr.splitlines()
    assert len(sentences) == len(broken), result.stderr
    for sentence, named in zip(sentences, broken.values(), strict=True):
        assert named in sentence
        assert sentence.endswith(".")
        assert PASSWORD not in sentence
    assert "good.mp4" in result.stdout
    written = (folder / "result.json").read_text("utf-8")
    assert written.count('"error"') == len(broken)
    assert PASSWORD not in written + result.stdout


def test_outputs_that_cannot_be_written_are_refused_before_the_work(folder: Path) -> None:
    (folder / "kept.json").write_text("kept")
    outputs = ("--json", "kept.json", "--csv", "missing/result.csv")
    result = run("classify", "good.mp4", *outputs, folder=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert "missing/result.csv cannot be written (No such file or directory)" in result.stderr
    assert result.stderr.count("\n") == 1
    assert (folder / "kept.json").read_text() == "kept"
    assert not list(folder.glob(".*"))


def test_a_style_model_of_the_wrong_kind(folder: Path) -> None:
    result = run("classify", "good.mp4", "--style-model", "text.mp4", folder=folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert "text.mp4 cannot be loaded as an ONNX model" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_unknown_provider(folder: Path) -> None:
    result = run("classify", "good.mp4", "--provider", "abacus", folder=folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert "Unknown execution provider 'abacus'" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_shipped_model_that_was_changed(folder: Path, tmp_path: Path, project_root: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("choreai_live", "ui"):
        shutil.copytree(project_root / package, tmp_path / package, ignore=ignored)
    shutil.copytree(project_root / "models", tmp_path / "models", ignore=ignored)
    model = tmp_path / "models" / "movenet_multipose.onnx"
    damaged = bytearray(model.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    model.write_bytes(damaged)

    refused = run("classify", str(folder / "good.mp4"), folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "movenet_multipose.onnx was changed" in refused.stderr
    assert refused.stderr.count("\n") == 1
