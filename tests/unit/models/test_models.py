"""The catalogue, the shipped files, and what is said when one of them is not right."""

import hashlib
import os
from pathlib import Path

import pytest

from choreai_live import models
from choreai_live.errors import ModelError

TABLE = """
[tiny]
file = "tiny.onnx"
sha256 = "{sha256}"
licence = "CC0-1.0"
source = "made for this test"
purpose = "to be looked after"
input = "nothing"
output = "nothing"
providers = "any"
{more}
"""
CONTENT = b"the bytes of a model"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one intact model, as it lies in an installed package."""
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "tiny.onnx").write_bytes(CONTENT)
    (folder / "catalog.toml").write_text(TABLE.format(sha256=SHA256, more=""))
    return folder


def test_every_shipped_model_is_in_the_catalogue_with_a_card():
    entries = models.catalog()
    assert {entry.file for entry in entries} == {p.name for p in models.FOLDER.glob("*.onnx")}
    for entry in entries:
        card = entry.path.with_suffix(".md")
        assert card.is_file(), f"{entry.name} has no card"
        assert entry.sha256[:12] in card.read_text(encoding="utf-8"), f"{card} is out of date"


def test_every_shipped_model_is_intact():
    checked = models.verify()
    assert {"movenet_multipose", "blazepose_full"} <= {result.entry.name for result in checked}
    assert [result.message for result in checked if not result.ok] == []


def test_locate_returns_the_file(folder):
    assert models.locate("tiny", folder) == folder / "tiny.onnx"
    (result,) = models.verify(folder)
    assert result.ok
    assert "tiny.onnx is intact" in result.message


def test_a_file_is_hashed_once_until_it_changes(folder, monkeypatch):
    hashed = []

    def counting(stream, name):
        hashed.append(name)
        return original(stream, name)

    original = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", counting)
    for _ in range(3):
        models.locate("tiny", folder)
    assert len(hashed) == 1
    state = (folder / "tiny.onnx").stat()
    os.utime(folder / "tiny.onnx", ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    models.locate("tiny", folder)
    assert len(hashed) == 2


def test_a_changed_file_is_refused_with_both_hashes_and_the_way_out(folder):
    models.locate("tiny", folder)
    changed = CONTENT[:-1] + b"?"
    path = folder / "tiny.onnx"
    state = path.stat()
    path.write_bytes(changed)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    with pytest.raises(ModelError) as caught:
        models.locate("tiny", folder)
    sentence = str(caught.value)
    for part in (path, f"expected sha256 {SHA256}", hashlib.sha256(changed).hexdigest()):
        assert str(part) in sentence
    assert "pip install --force-reinstall" in sentence
    assert "\n" not in sentence
    (result,) = models.verify(folder)
    assert not result.ok
    assert result.message == sentence


def test_a_missing_file_is_named(folder):
    (folder / "tiny.onnx").unlink()
    with pytest.raises(ModelError, match=rf"tiny\.onnx is missing .*{SHA256}.*reinstall"):
        models.locate("tiny", folder)


def test_a_folder_in_place_of_the_file_is_refused(folder):
    (folder / "tiny.onnx").unlink()
    (folder / "tiny.onnx").mkdir()
    with pytest.raises(ModelError, match=r"tiny\.onnx cannot be read \(Is a directory"):
        models.locate("tiny", folder)


@pytest.mark.parametrize(
    ("more", "command"),
    [
        ("", "run `git checkout -- models/tiny.onnx`"),
        ('rebuild = "make tiny"', "run `git checkout -- models/tiny.onnx` or `make tiny`"),
    ],
)
def test_in_a_checkout_the_command_is_the_checkouts(folder, more, command):
    (folder.parent / "pyproject.toml").touch()
    (folder / "catalog.toml").write_text(TABLE.format(sha256="0" * 64, more=more))
    with pytest.raises(ModelError) as caught:
        models.locate("tiny", folder)
    assert str(caught.value).endswith(f": {command}.")


def test_the_command_for_the_pose_models_exists(project_root):
    for entry in models.catalog():
        if entry.name != "style":
            assert entry.rebuild == "python scripts/rebuild_models.py"
    assert (project_root / "scripts" / "rebuild_models.py").is_file()


def test_an_unknown_name_lists_the_known_ones(folder):
    with pytest.raises(ModelError, match=r"no model 'huge' in .*: choose one of tiny\."):
        models.locate("huge", folder)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[tiny", "cannot be read"),
        ("[tiny]\nfile = 'a.onnx'", r"\[tiny\] of .* lacks input, licence"),
        (TABLE.format(sha256=SHA256, more="size = 3"), "has a wrong size"),
        (TABLE.format(sha256=SHA256, more="name = 'other'"), "has a wrong name"),
        ("tiny = 3", r"\[tiny\] of .* lacks file"),
    ],
)
def test_a_broken_catalogue_is_one_sentence(folder, content, complaint):
    (folder / "catalog.toml").write_text(content)
    with pytest.raises(ModelError, match=complaint) as caught:
        models.catalog(folder)
    assert "\n" not in str(caught.value)


def test_a_missing_catalogue_is_one_sentence(tmp_path):
    with pytest.raises(ModelError, match=r"catalog\.toml cannot be read"):
        models.locate("tiny", tmp_path)
