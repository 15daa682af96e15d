"""Streams are stitched as promised, and measured by what a viewer would see of them."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.style.smoothing import ReadoutSettings  # noqa: E402
from choreai_live.training.datasets import DatasetError  # noqa: E402
from choreai_live.training.network import NetworkSettings, StyleNetwork, with_context  # noqa: E402
from choreai_live.training.rehearsal import (  # noqa: E402
    STRETCH,
    Rehearsal,
    drift,
    evidence_of,
    logits_of,
    rehearse,
    what_is_seen,
)
from tests.made_dances import LABELS, made_dances  # noqa: E402

RATE = 15.0


@pytest.fixture(scope="module")
def stream() -> Rehearsal:
    return rehearse(made_dances(2), LABELS, RATE, 80.0, 1)[0]


@pytest.fixture(scope="module")
def network() -> StyleNetwork:
    torch.manual_seed(0)
    return StyleNetwork(2, NetworkSettings(hidden_size=8)).eval()


def test_stretches_follow_one_another_and_change_style(stream: Rehearsal) -> None:
    assert stream.stretches[0][0] == 0
    assert stream.stretches[-1][1] == len(stream.keypoints) >= 80 * RATE
    for (_, end, style), (first, _, following) in zip(
        stream.stretches, stream.stretches[1:], strict=False
    ):
        assert end == first
        assert style != following
    for first, end, _ in stream.stretches:
        assert STRETCH[0] <= (end - first) / RATE <= STRETCH[1] + 1


def test_the_dancer_does_not_jump_where_sequences_meet(stream: Rehearsal) -> None:
    hips = stream.keypoints[:, 11:13, :2].mean(axis=1)
    joins = [first for first, _, _ in stream.stretches[1:]]
    np.testing.assert_allclose(hips[joins], hips[np.array(joins) - 1], atol=1e-3)


def test_one_style_alone_cannot_change() -> None:
    alone = [s for s in made_dances(1) if s.style == "waving"]
    with pytest.raises(DatasetError, match="two styles"):
        rehearse(alone, LABELS, RATE, 10.0, 1)


def test_the_state_is_carried_through_a_stream(stream: Rehearsal, network: StyleNetwork) -> None:
    long = Rehearsal(np.concatenate([stream.keypoints] * 2), stream.stretches)
    assert len(long.keypoints) > 2000
    with torch.no_grad():
        keypoints = with_context(torch.from_numpy(long.keypoints[None]))
        whole, _, _ = network(keypoints, *network.initial_state(1))
    np.testing.assert_allclose(logits_of(network, long), whole[0].numpy(), atol=1e-4)


def test_drift_is_the_difference_of_the_ends(stream: Rehearsal, network: StyleNetwork) -> None:
    # Shorter than ten minutes: every frame is in the first and in the last window alike.
    found = drift(network, [stream], LABELS, RATE)
    assert 0.0 <= found["accuracy, first 10 minutes"] <= 1.0
    assert found["last minus first"] == pytest.approx(
        found["accuracy, last 10 minutes"] - found["accuracy, first 10 minutes"]
    )


def test_a_perfect_and_a_blind_model_are_told_apart(
    stream: Rehearsal, network: StyleNetwork
) -> None:
    blind = evidence_of(network, stream, RATE)
    perfect = []
    for first, end, style in stream.stretches:
        sure = np.full(2, 0.02, np.float32)
        sure[LABELS.index(style)] = 0.98
        perfect += [(sure, 1.0, 1.0) for _ in range(end - first)]
    settings = ReadoutSettings()
    good = what_is_seen([(stream, perfect)], LABELS, (), RATE, settings)
    poor = what_is_seen([(stream, blind)], LABELS, (), RATE, settings)
    assert good["seconds to the first right label, median"] <= 1.1
    assert good["seconds until a change of style shows, median"] <= 2.5
    assert good["wrong flips per minute within a style"] == 0
    assert good["share of decided time right"] == 1.0
    # Untrained, it wavers between two labels and is hardly ever sure.
    assert poor["share of dance time decided"] < good["share of dance time decided"]
