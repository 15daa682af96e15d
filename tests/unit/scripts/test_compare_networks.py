"""Every network of the comparison keeps the contract of the one that is shipped."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

import compare_networks as comparison  # noqa: E402

from choreai_live.training.idling import idle_sequence  # noqa: E402
from choreai_live.training.network import CONTEXT, with_context  # noqa: E402
from choreai_live.training.protocols import Split  # noqa: E402
from choreai_live.training.recipe import SETTINGS  # noqa: E402
from choreai_live.training.streams import StreamSettings  # noqa: E402

STEPS = 160


@pytest.fixture(params=comparison.CONTESTANTS)
def network(request: pytest.FixtureRequest):
    return comparison.contestant(request.param, SETTINGS).eval()


@pytest.fixture
def keypoints():
    rng = np.random.default_rng(0)
    walk = rng.normal(0.0, 4.0, (2, STEPS, 17, 2)).cumsum(axis=1) + rng.uniform(0, 200, (17, 2))
    scores = rng.uniform(0.3, 1.0, (2, STEPS, 17, 1))
    return with_context(torch.from_numpy(np.concatenate([walk, scores], -1).astype(np.float32)))


@torch.no_grad()
def test_steps_and_whole_agree(network, keypoints) -> None:
    whole, *_ = network(keypoints, *network.initial_state(2))
    assert whole.shape == (2, STEPS, len(SETTINGS.labels))
    state = network.initial_state(2)
    parts, start = [], 0
    for steps in (1, 1, 2, 56, 40, 60):
        part, *state = network(keypoints[:, start : start + CONTEXT + steps], *state)
        parts.append(part)
        start += steps
    torch.testing.assert_close(torch.cat(parts, dim=1), whole, rtol=0, atol=1e-4)


@torch.no_grad()
def test_what_is_yet_to_come_changes_nothing(network, keypoints) -> None:
    whole, *_ = network(keypoints, *network.initial_state(2))
    changed = keypoints.clone()
    changed[:, CONTEXT + 100 :, :, :2] *= 1.7
    other, *_ = network(changed, *network.initial_state(2))
    torch.testing.assert_close(other[:, :100], whole[:, :100], rtol=0, atol=1e-5)
    assert (other[:, 100:] - whole[:, 100:]).abs().max() > 1e-4


def test_sizes_are_alike(network) -> None:
    shipped = comparison.parameters(comparison.contestant("LSTM (shipped)", SETTINGS))
    assert comparison.parameters(network) == pytest.approx(shipped, rel=0.05)


def test_a_state_of_zeros_is_a_new_dancer(network) -> None:
    # Training multiplies the state of a dancer who is gone by zero.
    for part in network.initial_state(3):
        assert part.shape[1] == 3
        assert not part.any()


@pytest.mark.parametrize("name", ["GRU", "transformer"])
def test_a_finished_contestant_is_not_trained_again(name: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    sequences = [
        replace(idle_sequence(rng, style, 4.0), name=style, group=style, source="made up")
        for style in SETTINGS.labels
    ]
    split = Split("tiny", sequences, sequences)
    settings = replace(SETTINGS, updates=2, streams=StreamSettings(dancers=2, steps=15))
    network = comparison.trained(name, split, settings, tmp_path)
    untrained = comparison.contestant(name, settings)
    assert any(
        not torch.equal(one, other)
        for one, other in zip(network.parameters(), untrained.parameters(), strict=True)
    )
    (kept,) = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns
    again = comparison.trained(name, split, settings, tmp_path)
    assert kept.stat().st_mtime_ns == written
    for one, other in zip(network.parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=0)
    found = comparison.measures(name, split, settings, again)
    assert set(found["styles only"]) == set(comparison.STYLES)
    assert found["parameters"] == comparison.parameters(again)
    comparison.show([found], {name: comparison.step_time(again, steps=2)})
