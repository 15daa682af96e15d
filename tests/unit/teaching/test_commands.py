"""``choreai-live teach`` and ``choreai-live styles``, with real videos of the demo dancer."""

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest
from clips import write_clip
from taught_dances import model_without_embedding, take_of, track_of
from typer.testing import CliRunner, Result

from choreai_live.cli import app
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.errors import ChoreaiError
from choreai_live.messages import Frame, Snapshot
from choreai_live.outputs import SeenPoses, alphapose_json
from choreai_live.style.model import StyleModel
from choreai_live.teaching import Library

SECONDS, RATE = 8, 15


def filmed(path: Path, dance: str, seconds: float = SECONDS) -> Path:
    """Write a video of the demo dancer."""
    scene = DemoScene(SceneSettings(width=240, height=180, dance=dance, seed=3))

    def paint(number: int, width: int, height: int) -> np.ndarray:
        return scene.render(20.0 + number / RATE)

    count = round(seconds * RATE)
    return write_clip(path, count=count, width=240, height=180, rate=RATE, paint=paint)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of videos: two dances, one of a moment, an empty room, and no video."""
    folder = tmp_path_factory.mktemp("clips")
    filmed(folder / "afro.mp4", "afrobeat")
    filmed(folder / "bow.mp4", "classical")
    filmed(folder / "moment.mp4", "afrobeat", 3)
    write_clip(folder / "empty.mp4", width=240, height=180)
    (folder / "broken.mp4").write_bytes(b"no video")
    return folder


def poses(path: Path, dance: str) -> Path:
    """Write results of AlphaPose of a dance, 15 pictures a second."""
    seen = SeenPoses()
    image = np.zeros((0, 0, 3), np.uint8)
    for i, body in enumerate(take_of(dance).keypoints):
        seen.note(Snapshot(Frame(image, i / RATE, i, 0.0), (track_of(body),), {}))
    path.write_text("".join(alphapose_json(seen)))
    return path


@pytest.fixture
def styles(two: Library) -> Library:
    """Return a library with two styles, that commands find."""
    return two


def run(*arguments: object, folder: Path | None = None) -> Result:
    """Run a command, on the styles of a folder if it is given."""
    told = [] if folder is None else ["--styles-folder", str(folder)]
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, [*map(str, arguments), *told])


def refused(*arguments: object, folder: Path | None = None) -> str:
    """Return the sentence with which a command is refused."""
    result = run(*arguments, folder=folder)
    assert isinstance(result.exception, ChoreaiError), result.output
    sentence = str(result.exception)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def words(text: str) -> str:
    return " ".join(text.split())


def test_teach_from_videos_then_classify_reads_it(
    clips: Path, tmp_path: Path, model: StyleModel
) -> None:
    folder = tmp_path / "styles"
    files = [clips / name for name in ("afro.mp4", "moment.mp4", "empty.mp4", "broken.mp4")]
    result = run("teach", "my own", *files, "--provenance", "the demo", folder=folder)
    assert result.exit_code == 1, "one file is no video"
    lines = result.stdout.splitlines()
    assert re.fullmatch(rf"{clips / 'afro.mp4'}: [78] s of dancer 1\.", lines[0])
    assert re.match(rf"{clips / 'moment.mp4'}: [23] s of dancer 1; too short", lines[1])
    assert lines[1].endswith("nothing is learnt from it.")
    assert lines[2] == f"{clips / 'empty.mp4'}: nobody is seen."
    assert re.match(r"'my own' is learnt from [78] s of dancing, in \d+\.\d s\. See it", lines[3])
    assert "broken.mp4" in result.stderr

    library = Library(model, folder, ready_made=False)
    (taught,) = library.taught
    assert (taught.name, taught.family, taught.takes) == ("my own", None, 1)
    _, (lesson,) = library.details("my own")
    assert lesson.provenance == "the demo"

    result = run("teach", "bow", clips / "bow.mp4", "--family", "classical", folder=folder)
    assert result.exit_code == 0, result.output
    table = tmp_path / "table.csv"
    both = [clips / "afro.mp4", clips / "bow.mp4"]
    result = run("classify", *both, "--csv", table, "--no-ready-made", folder=folder)
    assert result.exit_code == 0, result.output
    assert "my own" in result.stdout
    assert "classical · bow" in words(result.stdout)
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(Path(r["source"]).name, r["label"], r["finer"]) for r in rows if r["label"]} >= {
        ("afro.mp4", "my own", ""),
        ("bow.mp4", "classical", "bow"),
    }


def test_patterns_are_expanded_where_no_shell_does(clips: Path, tmp_path: Path) -> None:
    result = run("teach", "bow", clips / "b*.mp4", folder=tmp_path)
    assert result.exit_code == 1, "broken.mp4 is among them"
    assert f"{clips / 'bow.mp4'}: " in result.stdout
    assert "'bow' is learnt" in result.stdout


def test_teach_from_results_of_alphapose_then_read_them(tmp_path: Path) -> None:
    file = poses(tmp_path / "bow.json", "classical")
    folder = tmp_path / "styles"
    result = run("teach", "bow", file, "--fps", 15, folder=folder)
    assert result.exit_code == 0, result.output
    assert re.search(r"bow\.json: 1[12] s of dancer 1\.", result.stdout)
    told = ["classify", "--poses", file, "--fps", 15, "--no-ready-made", "--json"]
    labels = {}
    for name, where in (("with", folder), ("without", tmp_path / "none")):
        assert run(*told, tmp_path / name, folder=where).exit_code == 0
        (source,) = json.loads((tmp_path / name).read_text())["sources"]
        labels[name] = {s["label"] for s in source["dancers"][0]["segments"]}
    assert "bow" in labels["with"]
    assert "bow" not in labels["without"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["x", "empty.mp4"], "Nothing shows enough to learn 'x' from: film one dancer"),
        (["x", "moment.mp4"], "Nothing shows enough to learn 'x' from"),
        (["x", "afro.mp4", "--dancer", "7"], "Nothing shows enough to learn 'x' from"),
        (["x", "afro.mp4", "--family", "tango"], "'x' cannot be a move of 'tango': choose"),
        (["other", "afro.mp4"], "'other' means that no style is danced"),
        (["hiphop", "afro.mp4"], "'hiphop' is known already"),
        (["  ", "afro.mp4"], "A style needs a name of 1 to 40 letters"),
    ],
)
def test_what_cannot_be_taught_is_one_sentence_and_leaves_nothing(
    clips: Path, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    told = [str(clips / a) if a.endswith(".mp4") else a for a in arguments]
    folder = tmp_path / "styles"
    assert refused("teach", *told, folder=folder).startswith(sentence)
    assert not folder.exists()


def test_who_is_not_there_is_said_with_those_who_are(clips: Path, tmp_path: Path) -> None:
    result = run("teach", "x", clips / "afro.mp4", "--dancer", 7, folder=tmp_path)
    assert "there is no dancer 7, but 1." in words(result.stdout)


def test_a_name_that_cannot_be_is_refused_before_the_work(tmp_path: Path) -> None:
    # The file does not exist: nobody has looked.
    assert "known already" in refused("teach", "hiphop", tmp_path / "no.mp4", folder=tmp_path)


def test_a_model_that_cannot_be_taught_says_so(clips: Path, tmp_path: Path) -> None:
    old = model_without_embedding(tmp_path / "old.onnx").path
    told = ("--style-model", old)
    sentence = refused("teach", "x", clips / "afro.mp4", *told, folder=tmp_path / "styles")
    assert sentence.startswith("old.onnx cannot be taught")
    result = run("styles", "list", *told, folder=tmp_path / "styles")
    assert result.exit_code == 0
    assert "old.onnx cannot be taught" in result.stderr


def test_the_list_says_what_is_recognised(styles: Library) -> None:
    styles.mute("hiphop")
    styles.activate("gwara", active=False)
    result = run("styles", "list", "--no-ready-made", folder=styles.folder)
    assert result.exit_code == 0, result.output
    rows = {
        cells[0]: cells[1:]
        for line in result.stdout.splitlines()
        if len(cells := [cell.strip() for cell in line.strip("│").split("│")]) == 6
    }
    assert rows["afrobeat"] == ["", "", "", "the model", "yes"]
    assert rows["hiphop"][-1] == "muted"
    assert rows["gwara"] == ["afrobeat", "24 s", "gwara", "yours", "off"]
    assert rows["Shuffle"] == ["", "12 s", "shuffle", "yours", "yes"]
    assert len(rows) == 5
    with_them = run("styles", "list", folder=styles.folder)
    assert "ready-made" in with_them.stdout


def test_show_says_where_a_style_comes_from(styles: Library) -> None:
    result = run("styles", "show", "gwara", folder=styles.folder)
    assert result.stdout.startswith("gwara, a kind of afrobeat: yours, in gwara\n")
    result = run("styles", "show", "Shuffle", folder=styles.folder)
    assert "mine" in result.stdout
    assert "12 s" in result.stdout


def test_every_change_is_made_and_said(styles: Library, model: StyleModel, tmp_path: Path) -> None:
    folder, pack = styles.folder, tmp_path / "both.stylepack"
    for arguments, sentence in (
        (("mute", "hiphop"), "'hiphop' is shown as not sure from now on."),
        (("unmute", "hiphop"), "'hiphop' is shown as itself from now on."),
        (("off", "gwara"), "Off: gwara."),
        (("on", "gwara"), "On: gwara."),
        (("rename", "gwara", "gwara  two"), "'gwara' is 'gwara two' from now on."),
        (("off", "gwara two"), "Off: gwara two."),
        (("export", "Shuffle", "gwara two", "--out", pack), f"{pack} holds Shuffle, gwara two: "),
        (("merge", "gwara two", "Shuffle"), "'gwara two' is part of 'Shuffle' now: 36 s in all."),
        (("remove", "Shuffle"), "'Shuffle' is forgotten."),
        (("import", pack), f"Imported from {pack}: gwara two, Shuffle."),
    ):
        result = run("styles", *arguments, folder=folder)
        assert result.exit_code == 0, (arguments, result.output)
        assert words(result.stdout).startswith(sentence), result.stdout
    found = Library(model, folder, ready_made=False)
    assert [(t.name, t.seconds, t.active) for t in found.taught] == [
        ("gwara two", 24, True),
        ("Shuffle", 12, True),
    ]
    assert found.muted == set()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "x"], "There is no taught style 'x'"),
        (["remove", "x"], "There is no taught style 'x'"),
        (["rename", "gwara", "Shuffle"], "There is a style 'Shuffle' already"),
        (["merge", "gwara", "gwara"], "'gwara' cannot be merged with itself"),
        (["mute", "gwara"], "There is no shipped style 'gwara'"),
        (["on", "x"], "There is no style or pack 'x'"),
        (["export", "x", "--out", "x.stylepack"], "There is no taught style 'x'"),
        (["import", "nothing.stylepack"], "nothing.stylepack cannot be read"),
        (["import", __file__], f"{__file__} is no style pack of this program"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(
    styles: Library, arguments: list[str], sentence: str, model: StyleModel
) -> None:
    assert refused("styles", *arguments, folder=styles.folder).startswith(sentence)
    assert Library(model, styles.folder, ready_made=False).taught == styles.taught


def test_the_settings_file_names_the_folder_and_the_command_line_wins(
    styles: Library, tmp_path: Path
) -> None:
    settings = tmp_path / "my.toml"
    settings.write_text('[teaching]\nfolder = "mine/styles"\nready_made = false\n')
    result = run("styles", "list", "--settings", settings)
    assert "Shuffle" in result.stdout
    assert "ready-made" not in result.stdout
    result = run("styles", "list", "--settings", settings, "--ready-made", folder=tmp_path / "x")
    assert "Shuffle" not in result.stdout
    assert "ready-made" in result.stdout


def test_a_broken_file_in_the_folder_is_said_and_the_rest_is_there(styles: Library) -> None:
    (styles.folder / "broken.stylepack").write_bytes(b"x" * 100)
    result = run("styles", "list", folder=styles.folder)
    assert result.exit_code == 0
    assert "broken.stylepack is no style pack" in words(result.stderr)
    assert "Shuffle" in result.stdout
