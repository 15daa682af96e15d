"""Pictures through memory that two processes have mapped."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from choreai_live.isolation.channel import MessageError
from choreai_live.isolation.pictures import (
    SLOTS,
    PictureReader,
    PictureWriter,
    create_memory,
    create_nameless_file,
)
from choreai_live.isolation.wire import Place


@pytest.fixture(params=[create_memory, create_nameless_file])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[PictureWriter, PictureReader]]:
    """Return the writer and the reader of one memory."""
    create: Callable[[], int] = request.param
    memory = create()
    theirs = os.dup(memory)
    reader = PictureReader(memory)
    yield PictureWriter(theirs), reader
    reader.close()
    os.close(theirs)


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def test_pictures_of_any_size_come_whole(both: tuple[PictureWriter, PictureReader]) -> None:
    writer, reader = both
    for seed, (height, width) in enumerate([(4, 3), (480, 640), (9, 7), (720, 1280), (1, 1)]):
        image = noise(height, width, seed)
        place = writer.write(image)
        assert place is not None
        come = reader.read(place)
        assert np.array_equal(come, image)
        writer.free(place.slot)
        place = writer.write(noise(height, width, 99))
        assert np.array_equal(come, image), "what was taken out is the reader's own"
        assert place is not None
        writer.free(place.slot)


def test_a_picture_seen_through_a_window_comes_whole(
    both: tuple[PictureWriter, PictureReader],
) -> None:
    writer, reader = both
    image = noise(40, 60)[5:30:2, ::-1]
    place = writer.write(image)
    assert place is not None
    assert np.array_equal(reader.read(place), image)


def test_no_slot_is_written_before_it_is_handed_back(
    both: tuple[PictureWriter, PictureReader],
) -> None:
    writer, reader = both
    images = [noise(20, 30, seed) for seed in range(SLOTS)]
    places = [writer.write(image) for image in images]
    assert writer.write(noise(20, 30, 9)) is None
    for place, image in zip(places, images, strict=True):
        assert place is not None
        assert np.array_equal(reader.read(place), image)
    assert places[1] is not None
    writer.free(places[1].slot)
    again = writer.write(images[0])
    assert again is not None
    assert again.slot == places[1].slot


def test_a_larger_picture_waits_for_all_slots(
    both: tuple[PictureWriter, PictureReader],
) -> None:
    writer, reader = both
    small, large = noise(20, 30), noise(400, 300)
    place = writer.write(small)
    assert place is not None
    assert writer.write(large) is None
    assert np.array_equal(reader.read(place), small)
    writer.free(place.slot)
    place = writer.write(large)
    assert place is not None
    assert np.array_equal(reader.read(place), large)


def test_slots_not_in_use_cannot_be_handed_back(
    both: tuple[PictureWriter, PictureReader],
) -> None:
    writer, _ = both
    for slot in (0, SLOTS, -1):
        with pytest.raises(MessageError, match=f"Slot {slot}"):
            writer.free(slot)


@pytest.mark.parametrize(
    "place",
    [
        Place(0, 0, 4000, 4000),
        Place(0, 2**40, 1, 1),
        Place(0, -1, 1, 1),
        Place(0, 0, 0, 5),
        Place(0, 0, 5, -5),
        Place(0, 0, 2**31, 2**31),
    ],
)
def test_places_beyond_the_memory_are_refused(
    both: tuple[PictureWriter, PictureReader], place: Place
) -> None:
    writer, reader = both
    writer.write(noise(20, 30))
    with pytest.raises(MessageError, match=r"picture was announced"):
        reader.read(place)


def test_memory_cannot_be_cut_off_below_its_reader() -> None:
    memory = create_memory()
    try:
        os.ftruncate(memory, 8192)
        with pytest.raises(PermissionError):
            os.ftruncate(memory, 4096)
    finally:
        os.close(memory)


def test_memory_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for create in (create_memory, create_nameless_file):
        memory = create()
        try:
            os.ftruncate(memory, 4096)
            assert os.fstat(memory).st_nlink == 0
        finally:
            os.close(memory)
    assert not list(tmp_path.iterdir())
