"""What is drawn into recorded pictures."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from made_snapshots import LABELS, readout, track
from recordings import noisy_snapshots, record_session

from choreai_live.messages import Pose, Track
from choreai_live.session import RecordingSettings
from choreai_live.session.annotated import write_annotated
from choreai_live.session.overlay import DARK, dark_picture, drawn_over
from choreai_live.session.reading import RecordedSession

HIPHOP = (110, 94, 255)


def has(image: np.ndarray, colour: tuple[int, int, int]) -> bool:
    """Return whether a colour is anywhere in a picture."""
    return bool((np.abs(image.astype(int) - colour).max(axis=2) <= 8).any())


def test_a_dancer_is_drawn_in_the_colour_of_the_style() -> None:
    picture = dark_picture(320, 240)
    drawn = drawn_over(picture, [track(1, 100, 40, 70)], {1: readout("hiphop")}, LABELS)
    assert has(drawn, HIPHOP)
    assert not has(drawn_over(picture, [track(1, 100, 40, 70)], {1: readout(None)}, LABELS), HIPHOP)
    assert (picture == DARK).all()


def test_who_is_long_out_of_sight_is_not_drawn() -> None:
    picture = dark_picture(320, 240)
    gone = [track(1, 100, 40, 70, missed=30)]
    assert (drawn_over(picture, gone, {1: readout("hiphop")}, LABELS) == picture).all()
    assert (drawn_over(picture, [], {}, LABELS) == picture).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30, -1e30, 0.0])
@pytest.mark.parametrize("size", [(1, 1), (3, 200), (320, 240)])
def test_nothing_a_tracker_may_say_breaks_it(value: float, size: tuple[int, int]) -> None:
    one = track(1, 0, 0, 70)
    keypoints = one.pose.keypoints.copy()
    keypoints[::2] = value
    box = np.array([value, 10, value, 80], np.float32)
    strange = Track(1, Pose(keypoints, one.pose.scores, box, 0.9), 1, 0)
    everywhere = replace(one, pose=replace(one.pose, box=np.full(4, value, np.float32)))
    drawn = drawn_over(dark_picture(*size), [strange, everywhere], {}, ("a", "b"))
    assert drawn.shape == (size[1], size[0], 3)


def test_labels_of_other_models_have_colours_of_their_own() -> None:
    labels = ("waltz", "tango", "hiphop")
    colours = set()
    for label in (*labels, "unheard of"):
        shown = replace(readout("hiphop"), label=label)
        drawn = drawn_over(dark_picture(320, 240), [track(1, 100, 40, 70)], {1: shown}, labels)
        saturated = drawn[(np.ptp(drawn, axis=2) > 20)]
        colours.add(tuple(np.median(saturated, axis=0).astype(int)))
    assert len(colours) >= 3


def frames_of(video: Path) -> list[np.ndarray]:
    with av.open(str(video)) as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]


def test_pictures_of_another_size_are_fitted_into_the_first(tmp_path: Path) -> None:
    snapshots = [
        *noisy_snapshots(3, size=(160, 120)),
        *noisy_snapshots(3, size=(60, 120), begin=1.0, connection=1),
    ]
    session = record_session(tmp_path / "sessions", snapshots)
    seconds: list[float] = []
    write_annotated(RecordedSession(session), tmp_path / "all.mp4", seconds.append)
    images = frames_of(tmp_path / "all.mp4")
    assert [image.shape for image in images] == [(120, 160, 3)] * 6
    assert np.abs(images[-1][:, :40].astype(int) - DARK).mean() < 6
    assert images[-1][:, 60:100].std() > 20
    assert seconds == sorted(seconds)


def test_what_is_drawn_already_is_not_drawn_twice(tmp_path: Path) -> None:
    settings = RecordingSettings(overlay=True, floor_bytes=0)
    session = record_session(tmp_path / "sessions", noisy_snapshots(3, size=(320, 240)), settings)
    write_annotated(RecordedSession(session), tmp_path / "all.mp4")
    for once, again in zip(
        frames_of(session / "part-0001.mp4"), frames_of(tmp_path / "all.mp4"), strict=True
    ):
        assert np.abs(once.astype(int) - again).mean() < 6


def test_frames_without_a_picture_are_drawn_on_the_dark(tmp_path: Path) -> None:
    settings = RecordingSettings(video=False, floor_bytes=0)
    session = record_session(tmp_path / "sessions", noisy_snapshots(3, size=(320, 240)), settings)
    write_annotated(RecordedSession(session), tmp_path / "all.mp4")
    assert len(frames_of(tmp_path / "all.mp4")) == 3


def test_a_taught_style_has_its_words_and_a_colour_of_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from choreai_live.session import overlay

    words: list[str] = []
    draw = overlay._draw_tag
    monkeypatch.setattr(overlay, "_draw_tag", lambda *told: (words.append(told[2]), draw(*told))[1])
    picture, dancer = dark_picture(320, 240), [track(1, 100, 40, 70)]
    move = replace(readout("afrobeat"), finer="gwara", confidence=0.87)
    drawn = drawn_over(picture, dancer, {1: move}, LABELS)
    assert words == ["afrobeat · gwara  87%"]
    assert has(drawn, (61, 197, 255)), "the colour of the family"
    pictures = {
        name: drawn_over(picture, dancer, {1: replace(readout("hiphop"), label=name)}, LABELS)
        for name in ("azonto", "舞踊", "Azonto", "shuffle", "voguing", "my own", "salsa", "tango")
    }
    assert words[2] == "舞踊  80%"
    colours = {
        name: [colour for colour in overlay._OWN if has(image, colour)]
        for name, image in pictures.items()
    }
    assert all(len(found) == 1 for found in colours.values()), colours
    assert colours["azonto"] == colours["Azonto"]
    assert len({found[0] for found in colours.values()}) >= 3
