"""Style packs: what was learnt comes back, and nothing else is taken for one."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors
import safetensors.numpy
from taught_dances import model_with_another_background, model_without_embedding, take_of

from choreai_live.style.background import Spread
from choreai_live.style.model import StyleModel
from choreai_live.style.taught import Head
from choreai_live.teaching import TeachingError
from choreai_live.teaching.learning import Learner, Lesson
from choreai_live.teaching.packs import (
    PackedStyle,
    _digest,
    _Header,
    _Tensors,
    read_pack,
    write_pack,
)


@pytest.fixture(scope="module")
def styles(model: StyleModel) -> list[PackedStyle]:
    """Return two styles, one of them shown twice."""
    learner = Learner(model)
    one = learner.lesson(take_of("hiphop"), taught="2026-11-26T10:00:00+00:00", provenance="me")
    two = learner.lesson(take_of("afrobeat", 20.0))
    return [
        PackedStyle("shuffle · été", None, (one, two)),
        PackedStyle("gwara", "afrobeat", (two,), 2.5, refines=True),
    ]


@pytest.fixture
def pack(styles: list[PackedStyle], model: StyleModel, tmp_path: Path) -> Path:
    path = tmp_path / "my.stylepack"
    write_pack(path, styles, model)
    return path


def parts_of(pack: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return header and tensors of a pack."""
    with safetensors.safe_open(str(pack), framework="numpy") as file:
        header = json.loads(file.metadata()["choreai"])
    return header, safetensors.numpy.load(pack.read_bytes())


def forge(pack: Path, header: dict[str, Any], tensors: dict[str, np.ndarray]) -> Path:
    """Write a pack whose sum is right, whatever it says."""
    import msgspec

    known = msgspec.convert(header, _Header)
    known.sha256 = _digest(known, _Tensors(**tensors))
    metadata = {"choreai": msgspec.json.encode(known).decode()}
    pack.write_bytes(safetensors.numpy.save(tensors, metadata=metadata))
    return pack


def test_a_pack_gives_back_what_was_learnt(
    pack: Path, styles: list[PackedStyle], model: StyleModel
) -> None:
    found = read_pack(pack, model)
    assert [(s.name, s.family, s.strictness, s.refines) for s in found] == [
        (s.name, s.family, s.strictness, s.refines) for s in styles
    ]
    for style, kept in zip(styles, found, strict=True):
        for one, other in zip(style.lessons, kept.lessons, strict=True):
            assert (one.seconds, one.taught, one.provenance) == (
                other.seconds,
                other.taught,
                other.provenance,
            )
            for part in ("mean", "factor", "rest"):
                was, came = getattr(one.spread, part), getattr(other.spread, part)
                np.testing.assert_allclose(was, came, rtol=1e-3, atol=1e-4)


def test_what_was_read_and_written_again_is_the_same_file(pack: Path, model: StyleModel) -> None:
    before = pack.read_bytes()
    write_pack(pack, read_pack(pack, model), model)
    assert pack.read_bytes() == before
    assert len(before) < 200_000
    assert [file.name for file in pack.parent.iterdir()] == ["my.stylepack"]


def test_numbers_that_do_not_lie_in_order_are_written_as_they_are(
    styles: list[PackedStyle], model: StyleModel, tmp_path: Path
) -> None:
    lesson = styles[0].lessons[0]
    spread = lesson.spread
    strewn = Spread(
        np.repeat(spread.mean, 2)[::2],
        np.asfortranarray(spread.factor)[::-1][::-1],
        np.repeat(spread.rest, 3)[::3],
    )
    assert not strewn.mean.flags.c_contiguous
    assert not strewn.factor.flags.c_contiguous
    for name, each in (("plain", spread), ("strewn", strewn)):
        style = replace(styles[0], lessons=(replace(lesson, spread=each),))
        write_pack(tmp_path / name, [style], model)
    assert (tmp_path / "plain").read_bytes() == (tmp_path / "strewn").read_bytes()


def test_a_pack_cut_off_anywhere_is_refused(pack: Path, model: StyleModel) -> None:
    whole = pack.read_bytes()
    step = max(10, len(whole) // 400 // 10 * 10)
    for length in {*range(0, 600, 10), *range(0, len(whole), step), len(whole) - 1}:
        pack.write_bytes(whole[:length])
        with pytest.raises(TeachingError, match=r"is no style pack|is damaged"):
            read_pack(pack, model)


def test_flipped_bytes_are_refused(pack: Path, model: StyleModel) -> None:
    whole = pack.read_bytes()
    chance = np.random.default_rng(5)
    places = [*range(0, 1200, 7), *chance.integers(0, len(whole), 150)]
    for place in places:
        data = bytearray(whole)
        data[place] ^= int(chance.integers(1, 256))
        pack.write_bytes(data)
        try:
            found = read_pack(pack, model)
        except TeachingError as error:
            assert str(pack) in str(error)  # noqa: PT017 - one of two outcomes
            continue
        # White space in the head of the file, which says nothing.
        pack.write_bytes(whole)
        assert [s.name for s in found] == [s.name for s in read_pack(pack, model)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5000,
        b"PK\x03\x04" + b"\0" * 2000,
        b'{"name": "gwara"}',
        b"\xff" * 8 + b"{}",
        (8).to_bytes(8, "little") + b'{"a":{}}',
        safetensors.numpy.save({"means": np.zeros((1, 3), np.float16)}),
        safetensors.numpy.save(
            {"means": np.zeros((1, 3), np.float16), "factors": np.zeros((1, 1, 3), np.float16)},
            metadata={"choreai": "{}"},
        ),
        safetensors.numpy.save(
            {"means": np.zeros((1, 3), np.float16)}, metadata={"choreai": "[" * 100_000}
        ),
    ],
    ids=["empty", "zeros", "zip", "json", "huge head", "odd head", "tensors", "header", "nested"],
)
def test_a_file_of_another_kind_is_refused(
    content: bytes, model: StyleModel, tmp_path: Path
) -> None:
    path = tmp_path / "some.stylepack"
    path.write_bytes(content)
    with pytest.raises(TeachingError, match=r"some\.stylepack is no style pack of this program"):
        read_pack(path, model)


def test_a_huge_file_is_not_even_read(model: StyleModel, tmp_path: Path) -> None:
    path = tmp_path / "huge.stylepack"
    with path.open("wb") as file:
        file.truncate(50 * 2**30)  # of holes
    with pytest.raises(TeachingError, match="is no style pack"):
        read_pack(path, model)


def test_what_cannot_be_read_is_said_with_the_reason(model: StyleModel, tmp_path: Path) -> None:
    with pytest.raises(TeachingError, match="No such file"):
        read_pack(tmp_path / "none.stylepack", model)
    (tmp_path / "folder.stylepack").mkdir()
    with pytest.raises(TeachingError, match=r"cannot be read \(Is a directory"):
        read_pack(tmp_path / "folder.stylepack", model)


def test_a_pack_for_another_embedding_is_refused(
    pack: Path, model: StyleModel, tmp_path: Path
) -> None:
    other = model_with_another_background(tmp_path / "other.onnx", model)
    for reader in (other, model_without_embedding(tmp_path / "old.onnx")):
        with pytest.raises(TeachingError, match="sees dances differently: teach it again"):
            read_pack(pack, reader)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("strictness", 1e300),
        ("strictness", -1e5),
        ("name", "  "),
        ("takes", []),
        ("seconds", 0.0),
        ("seconds", -1.0),
        ("seconds", 1e300),
    ],
)
def test_a_pack_that_was_made_up_is_refused(
    key: str, value: object, pack: Path, model: StyleModel
) -> None:
    header, tensors = parts_of(pack)
    style = header["styles"][0]
    (style["takes"][0] if key == "seconds" else style)[key] = value
    with pytest.raises(TeachingError, match="is no style pack"):
        read_pack(forge(pack, header, tensors), model)


@pytest.mark.parametrize(
    ("which", "made"),
    [
        ("means", lambda means: np.full_like(means, np.nan)),
        ("means", lambda means: np.full_like(means, np.inf)),
        ("means", lambda means: np.full(means.shape, 1e30, np.float32)),
        ("means", lambda means: means[:, :-1]),
        ("means", lambda means: means[:-1]),
        ("factors", lambda factors: np.full_like(factors, np.nan)),
        ("factors", lambda factors: np.full(factors.shape, -1e30, np.float64)),
        ("factors", lambda factors: factors[:, :, 1:]),
        ("factors", lambda factors: factors[0]),
        ("rests", lambda rests: np.full_like(rests, np.nan)),
        ("rests", lambda rests: -1 - rests),
        ("rests", lambda rests: rests[:, :-1]),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    which: str, made: Any, pack: Path, model: StyleModel
) -> None:
    header, tensors = parts_of(pack)
    tensors[which] = np.ascontiguousarray(made(tensors[which]))
    with pytest.raises(TeachingError, match="is no style pack"):
        read_pack(forge(pack, header, tensors), model)


def test_a_family_that_the_model_does_not_know_is_refused(pack: Path, model: StyleModel) -> None:
    header, tensors = parts_of(pack)
    for family in ("tango", "other"):
        header["styles"][0]["family"] = family
        with pytest.raises(TeachingError, match=f"as a kind of '{family}'"):
            read_pack(forge(pack, header, tensors), model)


def test_a_changed_word_is_damage(pack: Path, model: StyleModel) -> None:
    data = pack.read_bytes()
    assert data.count(b"gwara") == 1
    pack.write_bytes(data.replace(b"gwara", b"gwaro"))
    with pytest.raises(TeachingError, match="is damaged, its contents are not those"):
        read_pack(pack, model)


def test_a_lesson_of_one_moment_has_no_directions_and_still_comes_back(
    model: StyleModel, tmp_path: Path
) -> None:
    background = model.background
    assert background is not None
    size = background.numbers
    nothing = np.zeros((1, size), np.float32)
    flat = Spread(np.ones(size, np.float32), nothing, nothing[0])
    write_pack(tmp_path / "flat", [PackedStyle("flat", None, (Lesson(flat, 5.0),))], model)
    (style,) = read_pack(tmp_path / "flat", model)
    assert style.lessons[0].spread.factor.shape == (0, background.numbers)
    head = Head(background, (style.as_class,))
    assert np.isfinite(head.scores(np.zeros((3, background.numbers), np.float32))).all()
