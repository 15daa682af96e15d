"""The user's own folder of models: listed, replaced, verified, and never half written."""

import platformdirs
import pytest

from choreai_live.errors import ModelError
from choreai_live.models import added
from choreai_live.models.added import added_models, find_added, record, user_folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the folder that stands in for the user's."""
    monkeypatch.setenv("CHOREAI_MODELS", str(tmp_path / "deep" / "added"))
    return tmp_path / "deep" / "added"


@pytest.fixture
def made(tmp_path):
    """Return a maker of files to add."""

    def make(content):
        path = tmp_path / "made.onnx"
        path.write_bytes(content)
        return path

    return make


def test_the_folder_is_the_users_unless_said_otherwise(folder, monkeypatch):
    assert user_folder() == folder
    monkeypatch.delenv("CHOREAI_MODELS")
    assert user_folder() == platformdirs.user_data_path("choreai-live") / "models"


def test_without_a_folder_there_are_no_models(folder):
    assert added_models() == []
    with pytest.raises(ModelError, match=r"No yolox model .*`choreai-live models add yolox FILE"):
        find_added("yolox")
    assert not folder.exists()


def test_the_newest_or_the_named_one_is_found(folder, made):
    first = record(made(b"1"), name="a.b", kind="yolox", details={"source_name": 'x"\\\n\x7fä'})
    second = record(made(b"2"), name="c", kind="yolox", details={"odd key": "1"})
    record(made(b"3"), name="d", kind="alphapose", details={})
    assert added_models()[:2] == [first, second]
    assert find_added("yolox") == second
    assert find_added("yolox", "a.b") == first
    assert first.path.read_bytes() == b"1"
    assert first.details["source_name"] == 'x"\\\n\x7fä'
    with pytest.raises(ModelError, match=r"No yolox model called 'd' .* choose one of a\.b, c"):
        find_added("yolox", "d")


def test_a_model_of_the_same_name_is_replaced_and_becomes_the_newest(folder, made):
    old = record(made(b"1"), name="a", kind="yolox", details={})
    record(made(b"2"), name="b", kind="yolox", details={})
    new = record(made(b"3"), name="a", kind="yolox", details={})
    assert [model.name for model in added_models()] == ["b", "a"]
    assert find_added("yolox") == new
    assert not old.path.exists()
    assert record(made(b"3"), name="a", kind="yolox", details={}).path.read_bytes() == b"3"
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("name", ["", "a/b", "..", ".a", "a b", "ä", "x" * 65, "a\n"])
def test_names_that_are_no_file_names_are_refused(folder, made, name):
    with pytest.raises(ModelError, match="cannot be the name of a model"):
        record(made(b"1"), name=name, kind="yolox", details={})
    assert not folder.exists()


def test_names_of_other_models_are_refused(folder, made):
    with pytest.raises(ModelError, match="'style' is a shipped model"):
        record(made(b"1"), name="style", kind="yolox", details={})
    record(made(b"1"), name="a", kind="yolox", details={})
    with pytest.raises(ModelError, match="'a' already is an added model of the kind yolox"):
        record(made(b"1"), name="a", kind="alphapose", details={})


def test_changed_and_missing_files_are_refused(folder, made):
    model = record(made(b"1"), name="a", kind="yolox", details={})
    model.path.write_bytes(b"other")
    with pytest.raises(ModelError, match=rf"changed .*{model.sha256}.* yolox FILE.onnx --name a`"):
        find_added("yolox")
    model.path.unlink()
    with pytest.raises(ModelError, match=r"cannot be read \(No such file"):
        find_added("yolox", "a")


def test_a_list_that_cannot_be_written_leaves_the_old_one(folder, made, monkeypatch):
    old = record(made(b"1"), name="a", kind="yolox", details={})

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(added.shutil, "copyfile", fail)
    with pytest.raises(ModelError, match=r"cannot be written to .* \(No space left on device\)"):
        record(made(b"2"), name="a", kind="yolox", details={})
    assert find_added("yolox") == old
    assert sorted(path.name for path in folder.iterdir()) == sorted(["added.toml", old.path.name])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[a", "cannot be read"),
        ("a = 3", r"Table \[a\] of .* needs kind, file, sha256"),
        ("[a]\nkind = 'yolox'\nfile = 'x'", "needs kind, file, sha256"),
        ("[a]\nkind = 'yolox'\nfile = 'x'\nsha256 = 3", "needs kind, file, sha256"),
        ("[a]\nkind = 'zip'\nfile = 'x'\nsha256 = ''", "has the kind 'zip'"),
        ("[a]\nkind = 'yolox'\nfile = '../x'\nsha256 = ''", r"outside its folder, '\.\./x'"),
    ],
)
def test_a_broken_list_is_one_sentence(folder, content, complaint):
    folder.mkdir(parents=True)
    (folder / "added.toml").write_text(content)
    with pytest.raises(ModelError, match=complaint) as caught:
        added_models()
    assert str(folder / "added.toml") in str(caught.value)
