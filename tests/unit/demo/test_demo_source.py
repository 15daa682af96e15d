"""The demo as a source."""

import threading

import numpy as np
import pytest

from choreai_live.capture.demo_source import DemoSource
from choreai_live.demo import SceneSettings

SETTINGS = SceneSettings(width=160, height=120, rate=10.0, seed=4)


def test_hands_out_every_frame_once_and_ends() -> None:
    with DemoSource(SETTINGS, seconds=0.5) as source:
        frames = []
        while (frame := source.read()) is not None:
            frames.append(frame)
        assert source.read() is None
    assert (source.frame_count, source.duration, source.rate) == (5, 0.5, 10.0)
    assert source.size == (160, 120)
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])
    assert source.dropped == 0


def test_frames_are_the_scene_at_their_time() -> None:
    with DemoSource(SETTINGS) as source:
        source.read()
        frame = source.read()
    assert frame is not None
    np.testing.assert_array_equal(frame.image, source.scene.render(frame.time))


def test_is_endless_unless_told_otherwise() -> None:
    with DemoSource(SETTINGS) as source:
        assert source.duration is None
        assert source.frame_count is None


def test_closing_ends_it_for_a_reader_in_another_thread() -> None:
    source = DemoSource(SETTINGS)
    seen: list[int] = []

    def watch() -> None:
        while (frame := source.read()) is not None:
            seen.append(frame.index)

    reader = threading.Thread(target=watch)
    reader.start()
    while len(seen) < 2:
        pass
    source.close()
    source.close()
    reader.join(timeout=10)
    assert not reader.is_alive()
    assert source.read() is None
