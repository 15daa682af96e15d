"""The library: every change is on disk, whole or not at all, and can be undone."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from small_disk import small_disk
from taught_dances import model_with_another_background, model_without_embedding, steps_of, take_of

from choreai_live.errors import ChoreaiError, OutputError
from choreai_live.style.model import StyleModel
from choreai_live.teaching import Library, Take, TeachingError
from choreai_live.teaching.packs import read_pack, write_pack

Change = Callable[[Library], object]


def names(library: Library) -> list[str]:
    return [taught.name for taught in library.taught]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def state(library: Library) -> tuple[object, ...]:
    """Return everything there is to see of a library."""
    head = library.head
    return (library.taught, library.muted, None if head is None else (head.names, head.families))


def test_an_empty_library_has_made_nothing(library: Library, folder: Path) -> None:
    assert (library.taught, library.head, library.muted, library.undoable) == ((), None, set(), 0)
    assert library.undo() is None
    assert library.families == ("afrobeat", "classical", "hiphop")
    assert not folder.exists()


def test_what_is_taught_is_recognised_at_once_and_after_a_restart(
    two: Library, model: StyleModel, folder: Path
) -> None:
    gwara, shuffle = two.taught
    assert (gwara.name, gwara.family, gwara.takes, gwara.seconds) == ("gwara", "afrobeat", 2, 24)
    assert (shuffle.name, shuffle.family, shuffle.pack) == ("Shuffle", None, "shuffle")
    assert two.head is not None
    assert sorted(two.head.names) == ["Shuffle", "gwara"]
    assert sorted(files(folder)) == ["gwara.stylepack", "shuffle.stylepack"]
    again = Library(model, folder, ready_made=False)
    assert state(again) == state(two)
    assert not again.undoable
    assert again.head is not None
    asked = np.zeros((1, again.head.background.numbers), np.float32)
    np.testing.assert_array_equal(two.head.scores(asked), again.head.scores(asked))
    _, (lesson,) = again.details("Shuffle")
    assert (lesson.provenance, lesson.seconds) == ("mine", 12)
    assert lesson.taught.endswith("+00:00")


def test_a_name_that_was_taught_learns_more_and_keeps_its_family(two: Library) -> None:
    taught = two.teach("gwara", [take_of("afrobeat", seed=7)])
    assert (taught.takes, taught.family) == (3, "afrobeat")
    assert len(two.taught) == 2


def test_a_correction_of_the_model_is_a_style_of_its_name(two: Library) -> None:
    taught = two.correct("hiphop", take_of("hiphop", 6.0))
    assert (taught.name, taught.family) == ("hiphop", "hiphop")
    assert two.correct("gwara", take_of("afrobeat", 6.0)).takes == 3
    with pytest.raises(TeachingError, match="There is no style 'tango'"):
        two.correct("tango", take_of("hiphop"))
    with pytest.raises(TeachingError, match="too short"):
        two.correct("hiphop", Take(steps_of("hiphop")[:20], 15.0))


@pytest.mark.parametrize("move", ["into Shuffle", "away"])
def test_merging(two: Library, move: str) -> None:
    name, into = ("gwara", "Shuffle") if move == "into Shuffle" else ("Shuffle", "gwara")
    two.merge(name, into)
    (left,) = two.taught
    assert (left.name, left.takes, left.seconds) == (into, 3, 36)
    assert left.family == (None if into == "Shuffle" else "afrobeat")


CHANGES: dict[str, Change] = {
    "teach": lambda library: library.teach("new", [take_of("classical")]),
    "teach more": lambda library: library.teach("gwara", [take_of("classical")]),
    "correct": lambda library: library.correct("hiphop", take_of("hiphop")),
    "rename": lambda library: library.rename("gwara", "gwara gwara"),
    "merge": lambda library: library.merge("gwara", "Shuffle"),
    "remove": lambda library: library.remove("Shuffle"),
    "mute": lambda library: library.mute("hiphop"),
    "activate": lambda library: library.activate("gwara", active=False),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_can_be_undone(
    two: Library, what: str, folder: Path, model: StyleModel
) -> None:
    before, on_disk, changed = state(two), files(folder), two.changed
    assert not two.undoable
    CHANGES[what](two)
    after, after_on_disk = state(two), files(folder)
    assert after != before
    assert after_on_disk != on_disk
    assert two.changed > changed
    assert state(Library(model, folder, ready_made=False)) == after, "it was on disk"
    assert two.undo() == what.split()[0]
    assert (state(two), files(folder)) == (before, on_disk)
    assert two.undo() is None


def test_changes_are_undone_one_after_the_other(library: Library, folder: Path) -> None:
    library.teach("one", [take_of("hiphop")])
    library.teach("one", [take_of("afrobeat")])
    library.mute("hiphop")
    assert [library.undo() for _ in range(4)] == ["mute", "teach", "teach", None]
    assert files(folder) == {}
    assert library.head is None


def test_renaming_keeps_what_was_chosen_and_frees_the_name(two: Library, folder: Path) -> None:
    two.activate("gwara", active=False)
    two.rename("gwara", "dance 2")
    assert {t.name: t.active for t in two.taught} == {"Shuffle": True, "dance 2": False}
    assert sorted(files(folder)) == ["dance-2.stylepack", "library.json", "shuffle.stylepack"]
    # Whoever comes to have the old name begins anew.
    assert two.teach("gwara", [take_of("afrobeat")]).active
    two.activate("dance-2")
    assert all(t.active for t in two.taught)
    two.rename("gwara", "gwara")
    with pytest.raises(TeachingError, match="There is a style 'Shuffle' already: merge the two"):
        two.rename("gwara", "Shuffle")
    with pytest.raises(TeachingError, match="'hiphop' is known already"):
        two.rename("gwara", "hiphop")


def test_what_was_removed_while_off_is_on_when_it_is_taught_again(two: Library) -> None:
    two.activate("gwara", active=False)
    assert two.head is not None
    assert two.head.names == ("Shuffle",)
    two.remove("gwara")
    assert two.teach("gwara", [take_of("afrobeat")]).active


def test_muting(two: Library, model: StyleModel, folder: Path) -> None:
    two.mute("hiphop")
    two.mute("classical")
    two.mute("hiphop")
    assert two.muted == {"hiphop", "classical"}
    assert Library(model, folder, ready_made=False).muted == two.muted
    two.mute("hiphop", muted=False)
    assert two.muted == {"classical"}
    with pytest.raises(TeachingError, match="There is no shipped style 'other'"):
        two.mute("other")


@pytest.mark.parametrize(
    ("name", "family", "sentence"),
    [
        ("", None, "a name of 1 to 40 letters"),
        (" \t ", None, "a name of 1 to 40 letters"),
        ("a" * 41, None, "a name of 1 to 40 letters"),
        ("a\x07b", None, "a name of 1 to 40 letters"),
        ("other", None, "'other' means that no style is danced"),
        ("hiphop", None, "'hiphop' is known already"),
        ("hiphop", "afrobeat", "'hiphop' is known already"),
        ("gwara", "tango", "'gwara' cannot be a move of 'tango': choose afrobeat, classical"),
        ("gwara", "other", "'gwara' cannot be a move of 'other'"),
    ],
)
def test_names_that_cannot_be(
    library: Library, name: str, family: str | None, sentence: str, folder: Path
) -> None:
    with pytest.raises(TeachingError, match=sentence):
        library.teach(name, [take_of("hiphop")], family)
    assert not folder.exists()


def test_names_keep_their_letters_and_get_files_of_their_own(
    library: Library, folder: Path
) -> None:
    for name in ("  Coupé  décalé ", "coupé décalé", "../../x", "舞踊", "???"):
        library.teach(name, [take_of("hiphop")])
    assert {t.name for t in library.taught} == {
        "Coupé décalé",
        "coupé décalé",
        "../../x",
        "舞踊",
        "???",
    }
    assert len(files(folder)) == 5
    assert sorted(path.name for path in folder.parent.iterdir()) == ["styles"]


def test_what_is_not_there_cannot_be_changed(two: Library) -> None:
    for change in (
        lambda: two.remove("x"),
        lambda: two.rename("x", "y"),
        lambda: two.merge("x", "gwara"),
        lambda: two.merge("gwara", "x"),
        lambda: two.export(["gwara", "x"], Path("x")),
        lambda: two.details("x"),
    ):
        with pytest.raises(TeachingError, match="There is no taught style 'x'"):
            change()
    for sentence, change in (
        ("There is no style pack 'x'", lambda: two.activate("x")),
        ("cannot be merged with itself", lambda: two.merge("gwara", "gwara")),
        ("There is no take of 'x'", lambda: two.teach("x", [])),
        ("No style was named", lambda: two.export([], Path("x"))),
    ):
        with pytest.raises(TeachingError, match=sentence):
            change()
    assert len(two.taught) == 2


def test_styles_travel_in_a_pack(two: Library, model: StyleModel, tmp_path: Path) -> None:
    pack = tmp_path / "for you.stylepack"
    two.export(["gwara", "Shuffle"], pack)
    theirs = Library(model, tmp_path / "theirs", ready_made=False)
    assert {t.name for t in theirs.bring_in(pack)} == {"gwara", "Shuffle"}
    assert state(theirs) == state(two)
    # Who has the style already learns what the pack knows of it.
    assert {t.name: t.takes for t in theirs.bring_in(pack)} == {"gwara": 4, "Shuffle": 2}
    assert theirs.undo() == "import"
    assert {t.name: t.takes for t in theirs.taught} == {"gwara": 2, "Shuffle": 1}


def test_an_imported_style_is_as_strict_as_it_was(
    two: Library, model: StyleModel, tmp_path: Path
) -> None:
    from dataclasses import replace

    pack = tmp_path / "strict.stylepack"
    (style,) = read_pack(two.folder / "gwara.stylepack", model)
    write_pack(pack, [replace(style, name="strict", strictness=3.0, refines=True)], model)
    two.bring_in(pack)
    (kept,) = read_pack(two.folder / "strict.stylepack", model)
    assert (kept.strictness, kept.refines) == (3.0, True)


def test_a_pack_with_one_name_that_cannot_be_changes_nothing(
    two: Library, model: StyleModel, tmp_path: Path
) -> None:
    from dataclasses import replace

    (style,) = read_pack(two.folder / "gwara.stylepack", model)
    before, on_disk = state(two), files(two.folder)
    for name in ("other", "hiphop", "x" * 60, "a\nb\x00"):
        pack = tmp_path / "odd.stylepack"
        write_pack(pack, [style, replace(style, name="fine"), replace(style, name=name)], model)
        with pytest.raises(TeachingError):
            two.bring_in(pack)
        assert (state(two), files(two.folder)) == (before, on_disk)


def test_several_styles_in_one_file_are_changed_one_by_one(
    two: Library, model: StyleModel, folder: Path
) -> None:
    two.export(["gwara", "Shuffle"], folder / "both.stylepack")
    for name in ("gwara", "Shuffle"):
        (folder / f"{name.lower()}.stylepack").unlink()
    library = Library(model, folder, ready_made=False)
    assert names(library) == ["gwara", "Shuffle"]
    library.teach("gwara", [take_of("afrobeat", seed=9)])
    assert {t.name: (t.takes, t.pack) for t in library.taught} == {
        "gwara": (3, "both"),
        "Shuffle": (1, "both"),
    }
    library.rename("gwara", "g")
    assert {t.name: t.takes for t in library.taught} == {"g": 3, "Shuffle": 1}
    library.merge("Shuffle", "g")
    assert {t.name: t.takes for t in library.taught} == {"g": 4}
    library.undo()
    library.remove("g")
    assert names(library) == ["Shuffle"]
    library.remove("Shuffle")
    assert files(folder) == {}
    while library.undoable:
        library.undo()
    assert {t.name: t.takes for t in library.taught} == {"gwara": 2, "Shuffle": 1}


def test_two_styles_of_one_file_can_be_merged(
    two: Library, model: StyleModel, folder: Path
) -> None:
    two.export(["gwara", "Shuffle"], folder / "both.stylepack")
    for name in ("gwara", "shuffle"):
        (folder / f"{name}.stylepack").unlink()
    library = Library(model, folder, ready_made=False)
    library.merge("gwara", "Shuffle")
    assert {t.name: t.takes for t in library.taught} == {"Shuffle": 3}


def test_a_broken_file_is_a_notice_and_nothing_is_lost(
    two: Library, model: StyleModel, folder: Path
) -> None:
    broken = folder / "broken.stylepack"
    broken.write_bytes((folder / "gwara.stylepack").read_bytes()[:-9])
    (folder / "folder.stylepack").mkdir()
    library = Library(model, folder, ready_made=False)
    assert names(library) == ["gwara", "Shuffle"]
    assert len(library.notices) == 2
    assert "broken.stylepack is no style pack" in library.notices[0]
    before = broken.read_bytes()
    assert library.teach("broken", [take_of("hiphop")]).pack == "broken-2"
    library.remove("gwara")
    assert broken.read_bytes() == before
    assert names(library) == ["broken", "Shuffle"]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"muted": 1}', b"\xff", b"{" * 9999])
def test_choices_that_cannot_be_read_are_a_notice(
    two: Library, content: bytes, model: StyleModel, folder: Path
) -> None:
    two.activate("gwara", active=False)
    (folder / "library.json").write_bytes(content)
    library = Library(model, folder, ready_made=False)
    assert [t.active for t in library.taught] == [True, True]
    assert "library.json cannot be read" in library.notices[0]
    library.mute("hiphop")
    assert library.notices == ()


def test_what_another_program_changes_meanwhile_is_not_lost(
    two: Library, model: StyleModel, folder: Path
) -> None:
    other = Library(model, folder, ready_made=False)
    two.mute("hiphop")
    two.teach("new", [take_of("classical")])
    other.mute("classical")
    assert other.muted == {"hiphop", "classical"}
    assert "new" in names(other)


def test_packs_of_another_model_wait_for_theirs(
    two: Library, model: StyleModel, folder: Path, tmp_path: Path
) -> None:
    before = files(folder)
    other = model_with_another_background(tmp_path / "other.onnx", model)
    library = Library(other, folder, ready_made=False)
    assert library.taught == ()
    assert ["teach it again" in notice for notice in library.notices] == [True, True]
    library.teach("gwara", [take_of("afrobeat")])
    assert before.items() <= files(folder).items()


def test_a_model_that_cannot_be_taught_has_an_empty_library(
    two: Library, folder: Path, tmp_path: Path
) -> None:
    library = Library(model_without_embedding(tmp_path / "old.onnx"), folder)
    assert (library.can_teach, library.taught, library.head, library.notices) == (
        False,
        (),
        None,
        (),
    )
    with pytest.raises(TeachingError, match=r"old\.onnx cannot be taught"):
        library.teach("x", [take_of("hiphop")])
    with pytest.raises(TeachingError, match=r"old\.onnx cannot be taught"):
        library.bring_in(folder / "gwara.stylepack")
    library.mute("hiphop")
    assert library.muted == {"hiphop"}


def test_ready_made_styles_stay_as_they_are_and_can_be_switched_off(
    model: StyleModel, folder: Path
) -> None:
    library = Library(model, folder)
    ready = [t for t in library.taught if t.ready_made]
    assert ready, "the program comes with packs"
    assert library.notices == ()
    one = ready[0]
    for change in (
        lambda: library.remove(one.name),
        lambda: library.rename(one.name, "x"),
        lambda: library.merge(one.name, ready[1].name),
    ):
        with pytest.raises(TeachingError, match="came with the program and stays as it is"):
            change()
    assert library.head is not None
    # Corrected, it is what came along and what was shown, in one.
    corrected = library.correct(one.name, take_of("afrobeat"))
    assert (corrected.takes, corrected.family, corrected.ready_made) == (1, one.family, False)
    assert library.head.names.count(one.name) == 1
    (both,) = (c for c in library.head.classes if c.name == one.name)
    assert sum(both.weights) == pytest.approx(1)
    assert (len(both.weights), both.weights[0]) == (1 + one.takes, 0.5)
    library.activate(one.pack, active=False)
    off = {t.name for t in ready if t.pack == one.pack}
    assert library.head is not None
    assert not (off - {one.name}) & set(library.head.names)
    assert one.name in library.head.names, "the user's own part of it stays"


@pytest.mark.parametrize("what", CHANGES)
def test_on_a_full_disk_nothing_is_lost(what: str, model: StyleModel, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        library = Library(model, disk / "styles", ready_made=False)
        library.teach("Shuffle", [take_of("hiphop")])
        library.teach("gwara", [take_of("afrobeat")], "afrobeat")
        before, on_disk = state(library), files(disk / "styles")
        ballast = disk / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        if what == "remove":
            CHANGES[what](library)  # needs no room, and makes some
            assert names(library) == ["gwara"]
            return
        with pytest.raises(ChoreaiError, match=r"No space left on device|cannot be written"):
            CHANGES[what](library)
        assert (state(library), files(disk / "styles")) == (before, on_disk)
        ballast.unlink()
        CHANGES[what](library)
        assert state(library) != before


@pytest.mark.parametrize("fails", [1, 2])
def test_an_import_that_fails_half_way_changes_nothing(
    two: Library, model: StyleModel, tmp_path: Path, fails: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "x.stylepack"
    two.export(["gwara", "Shuffle"], pack)
    two.rename("Shuffle", "mine")
    before, on_disk = state(two), files(two.folder)
    count = 0

    def write(*arguments: object) -> None:
        nonlocal count
        count += 1
        if count == fails:
            raise OutputError("no room")
        write_pack(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("choreai_live.teaching.shelf.write_pack", write)
        with pytest.raises(OutputError):
            two.bring_in(pack)
    assert count == fails
    assert (state(two), files(two.folder)) == (before, on_disk)


def test_a_folder_that_cannot_be_made_is_said(model: StyleModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    library = Library(model, tmp_path / "file" / "styles", ready_made=False)
    with pytest.raises(TeachingError, match=r"cannot be made .*choose another folder"):
        library.teach("x", [take_of("hiphop")])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_said(two: Library, folder: Path) -> None:
    folder.chmod(0o500)
    try:
        for change in CHANGES.values():
            with pytest.raises(ChoreaiError, match=str(folder)):
                change(two)
    finally:
        folder.chmod(0o700)
