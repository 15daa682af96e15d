"""Configurations: what they may say, and one sentence for what they may not."""

import tomllib
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.configuration.checking import ConfigurationError
from choreai_live.configuration.tables import flattened
from choreai_live.training.configuration import read_configuration
from choreai_live.training.configuration_text import as_toml, example
from choreai_live.training.limits import LIMITS

MINIMAL = 'data = ["data"]\nout = "run"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_left_out_has_its_default_and_paths_start_at_the_file(tmp_path: Path) -> None:
    found = read_configuration(write(tmp_path, MINIMAL))
    assert found.data == (tmp_path / "data",)
    assert found.out == tmp_path / "run"
    assert found.seeds == (0,)
    assert found.training.updates == 1500


def test_every_key_reaches_its_field(tmp_path: Path) -> None:
    found = read_configuration(
        write(
            tmp_path,
            MINIMAL
            + """
            seeds = [3, 4]
            [labels]
            rename = { locking = "hiphop", crowd = "" }
            [training]
            learning_rate = 1
            [training.streams]
            segment = [2, 8.5]
            style_weights = { "gwara gwara" = 2 }
            [training.augmentation]
            rates = [15]
            """,
        )
    )
    assert found.seeds == (3, 4)
    assert found.labels.rename == {"locking": "hiphop", "crowd": ""}
    assert found.training.learning_rate == 1.0
    assert found.training.streams.segment == (2.0, 8.5)
    assert found.training.streams.style_weights == {"gwara gwara": 2.0}
    assert found.training.augmentation.rates == (15.0,)


def test_the_example_says_the_defaults_and_explains_every_key(tmp_path: Path) -> None:
    text = example()
    found = read_configuration(write(tmp_path, text))
    minimal = 'data = ["data"]\nout = "runs/my-dances"\n'
    assert found == read_configuration(write(tmp_path, minimal))
    lines = text.splitlines()
    for key, _, _ in flattened(found):
        name = key.rpartition(".")[2]
        number = next(
            i for i, line in enumerate(lines) if line.removeprefix("# ").startswith(f"{name} = ")
        )
        assert lines[number - 1].startswith("# "), f"{key} is not explained"
    assert max(map(len, lines)) <= 100


def test_what_was_used_reads_back_as_the_same(tmp_path: Path) -> None:
    text = MINIMAL + '[training.streams]\nidle_style = "other"\nsource_weights = { "a b" = 2.5 }\n'
    found = read_configuration(write(tmp_path, text))
    assert read_configuration(write(tmp_path, as_toml(found))) == found
    assert "labels" not in tomllib.loads(as_toml(found))["training"]


def test_every_limit_is_on_a_key_that_exists(tmp_path: Path) -> None:
    keys = {key for key, _, _ in flattened(read_configuration(write(tmp_path, MINIMAL)))}
    assert set(LIMITS) <= keys


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('out = "run"', "data is missing"),
        ("data = []\nout = 'run'", "data must name at least one folder"),
        ("data = 'data'\nout = 'run'", 'data is "data" and must be a list in [ ]'),
        (MINIMAL + "epochs = 3", "there is no key epochs; allowed are data, out"),
        (MINIMAL + "seeds = [1.5]", "seeds is [1.5] and each of its values must be a whole"),
        (MINIMAL + "seeds = [1, 1]", "seeds must hold at least one number, and none twice"),
        (MINIMAL + 'device = "gpu"', "must be one of 'auto', 'cpu' or 'cuda'"),
        (MINIMAL + "labels = 3", "labels is 3 and must be a table"),
        (MINIMAL + "training = 3", "training is 3 and must be a table"),
        (MINIMAL + "[training]\nupdate = 3", "no key training.update; did you mean updates?"),
        (MINIMAL + "[training]\nseed = 3", "there is no key training.seed"),
        (MINIMAL + "[training]\nupdates = 2.5", "training.updates is 2.5 and must be a whole"),
        (MINIMAL + "[training]\nupdates = true", "training.updates is true and must be a whole"),
        (MINIMAL + '[training]\nupdates = "9"', 'training.updates is "9" and must be a whole'),
        (MINIMAL + "[training]\nupdates = 0", "training.updates is 0 and must be at least 1"),
        (MINIMAL + "[training]\nlearning_rate = nan", "learning_rate is NaN and must be"),
        (MINIMAL + "[training]\nlearning_rate = -1", "more than 0 and at most 1"),
        (MINIMAL + "[training.network]\ndropout = 1", "at least 0 and less than 1"),
        (MINIMAL + "[training.streams]\nlost = 3", "training.streams.lost is 3.0 and must be"),
        (MINIMAL + "[training.streams]\nsegment = [3]", "segment is [3] and must be a list of 2"),
        (MINIMAL + "[training.streams]\nsegment = [1, 2, 3]", "must be a list of 2 values"),
        (MINIMAL + "[training.streams]\nsegment = [9, 3]", "a pair of numbers, the smaller first"),
        (MINIMAL + "[training.streams]\nstyle_weights = { a = 0 }", "in each of its values"),
        (MINIMAL + "[training.streams]\nfoo = 3", "there is no key training.streams.foo"),
        (MINIMAL + "[split]\nvalidation = 0.6\ntest = 0.6", "leave at least 0.1 for training"),
        (MINIMAL + "[split]\nvalidation_groups = ['a']\ntest_groups = ['a']", "'a' stands in"),
        ("data = [", "is not valid TOML"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(path)
    message = str(caught.value)
    assert says in message
    assert message.startswith(str(path))
    assert "\n" not in message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="--example"):
        read_configuration(tmp_path / "none.toml")
