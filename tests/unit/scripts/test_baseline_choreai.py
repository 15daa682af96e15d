"""The ancestor is cut, split, trained and asked as the report says it is."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

import baseline_choreai as baseline  # noqa: E402
import choreai_ancestor as ancestor  # noqa: E402

from choreai_live.training.datasets import PoseSequence  # noqa: E402
from choreai_live.training.idling import idle_sequence  # noqa: E402
from choreai_live.training.protocols import Split  # noqa: E402

STYLES = ancestor.STYLES


def flat(name: str, frames: int, style: str = STYLES[0], group: str = "g") -> PoseSequence:
    """Return a 2D sequence whose every number is the number of its frame."""
    numbers = np.arange(frames, dtype=np.float32)[:, None, None]
    points = np.broadcast_to(numbers, (frames, 17, 3)).copy()
    return PoseSequence(points, 30.0, name, "street", group, style)


def test_two_dancers_take_turns_until_both_have_ended() -> None:
    long, short = flat("a_t0", 5).points, -flat("a_t1", 3).points
    rows = ancestor.interleaved([long, short])
    assert rows[:, 0, 0].tolist() == [0, 0, 1, -1, 2, -2, 3, 4]


def test_tracks_of_one_clip_share_its_name_and_nothing_else_does() -> None:
    names = ["street_0001_79_10_t0", "street_0001_79_10_t1", "street_0001_89_10_t0", "world_1"]
    clips = [ancestor.clip_name(flat(name, 2)) for name in names]
    assert clips[0] == clips[1]
    assert len(set(clips)) == 3
    assert clips[3] == "world_1"
    assert ancestor.clip_name(flat("a_turn", 2)) == "a_turn"


def test_windows_are_whole_and_every_clip_has_one() -> None:
    sequences = [flat("a_t0", 120), flat("a_t1", 130), flat("b_t0", 40, STYLES[2])]
    shared = ancestor.windows_of(sequences, interleave=True)
    assert shared.clips == ["a", "a", "b"]
    assert shared.rows.shape == (3, 100, 51)
    assert shared.rows[1, :4, 0].tolist() == [50, 50, 51, 51]
    assert shared.rows[2, 38:, 0].tolist() == [38] + [39] * 61
    assert shared.styles.tolist() == [0, 0, 2]
    alone = ancestor.windows_of(sequences, interleave=False)
    assert alone.clips == ["a_t0", "a_t1", "b_t0"]
    assert alone.rows[1, :, 50].tolist() == list(range(100))


def test_a_3d_dancer_stands_in_the_picture_the_same_every_time() -> None:
    for seed in range(5):
        dancer = idle_sequence(np.random.default_rng(seed), STYLES[0], 4.0)
        dancer = replace(dancer, name=f"dancer {seed}")
        seen = ancestor.in_pixels(dancer)
        assert seen.shape == (len(dancer.points), 17, 3)
        np.testing.assert_array_equal(seen, ancestor.in_pixels(dancer))
        middle = np.median(seen[..., :2].reshape(-1, 2), axis=0)
        assert (middle > (100, 80)).all()
        assert (middle < (540, 400)).all()
        height = np.ptp(np.median(seen[..., 1], axis=0))
        assert 120 < height < 480


def test_a_2d_dancer_stays_in_the_pixels_it_was_read_in() -> None:
    sequence = flat("a_t0", 7)
    np.testing.assert_array_equal(ancestor.in_pixels(sequence), sequence.points)


def test_batches_hold_every_style_alike_and_every_window_comes() -> None:
    styles = np.array([0] * 50 + [1] * 5 + [2] * 20)
    batches = list(islice(ancestor._balanced(styles, 30, np.random.default_rng(0)), 5))
    for batch in batches:
        assert np.bincount(styles[batch]).tolist() == [10, 10, 10]
    assert set(np.concatenate(batches).tolist()) == set(range(75))


def test_the_random_split_deals_every_window_once() -> None:
    rows = np.arange(40, dtype=np.float32)[:, None, None] * np.ones((1, 100, 51), np.float32)
    windows = ancestor.Windows(rows, np.zeros(40, np.int64), [str(i) for i in range(40)])
    learnt, asked = baseline.randomly_split(windows, 0)
    assert len(asked.clips) == 11
    assert sorted(learnt.clips + asked.clips, key=int) == windows.clips
    assert asked.rows[:, 0, 0].tolist() == [float(clip) for clip in asked.clips]
    assert baseline.randomly_split(windows, 1)[1].clips != asked.clips


def test_the_network_has_choreais_shape_and_begins_by_remembering() -> None:
    network = ancestor.ChoreaiNetwork(3, 60)
    # 51 x 60 + 60, two cells of 4 x (60 + 60 + 1) x 60 and torch's second bias, 60 x 3 + 3.
    assert sum(p.numel() for p in network.parameters()) == 3120 + 2 * (29040 + 240) + 183
    for bias in (network.lstm.bias_ih_l0, network.lstm.bias_ih_l1):
        assert bias.view(4, 60).sum(dim=1).tolist() == [0.0, 60.0, 0.0, 0.0]


def test_it_learns_what_is_easy() -> None:
    rng = np.random.default_rng(0)
    styles = np.arange(60) % 3
    rows = rng.normal(0.0, 0.3, (60, 100, 51)).astype(np.float32)
    rows[:, :, 0] += styles[:, None]
    windows = ancestor.Windows(rows, styles, [str(i) for i in range(60)])
    settings = ancestor.BaselineSettings(hidden_size=12, learning_rate=2e-2, batch=30, updates=60)
    network, losses = ancestor.train(windows, settings)
    assert np.mean(losses[-5:]) < 0.4 * np.mean(losses[:5])
    assert np.mean(ancestor.answers(network, windows) == styles) > 0.9


def test_a_clip_is_what_most_of_its_windows_are() -> None:
    clips = ["a", "a", "a", "b"]
    truth = ["hiphop"] * 3 + ["classical"]
    guesses = ["hiphop", "classical", "hiphop", "hiphop"]
    assert baseline.per_clip(clips, truth, guesses) == (
        ["hiphop", "classical"],
        ["hiphop", "hiphop"],
    )
    assert baseline.recalls(truth, guesses) == {"classical": 0.0, "hiphop": pytest.approx(2 / 3)}


def test_both_protocols_run_and_are_not_run_twice(tmp_path: Path) -> None:
    sequences = [
        flat(f"{style} {group} {i}", 110, style, f"{style} {group}")
        for style in (*STYLES, "other")
        for group in range(2)
        for i in range(2)
    ]
    settings = ancestor.BaselineSettings(hidden_size=8, batch=6, updates=2)
    first = baseline.run(sequences, 2, 1, settings, tmp_path)
    assert [(r["protocol"], r["windows"]) for r in first] == [
        (baseline.PUBLISHED, 3),
        (baseline.HONEST, 12),
    ]
    assert first[1]["sequences"] == 12
    assert set(first[1]["per sequence"]) == set(STYLES)
    written = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(written) == 3
    assert baseline.run(sequences, 2, 1, settings, tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == written
    baseline.show(first)
    apart = Split("without a source", sequences[:-6], sequences[4:6])
    more = baseline.run(sequences, 2, 1, settings, tmp_path, [apart])
    assert more[:-1] == first
    assert (more[-1]["protocol"], more[-1]["sequences"]) == ("without a source", 2)
    with pytest.raises(SystemExit, match="other settings"):
        baseline.run(sequences, 2, 1, replace(settings, updates=3), tmp_path)
