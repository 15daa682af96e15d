"""A merged network says the mean of what its parts say, step by step."""

import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.training.merging import merged  # noqa: E402
from choreai_live.training.network import (  # noqa: E402
    CONTEXT,
    NetworkSettings,
    StyleNetwork,
)

SETTINGS = NetworkSettings(hidden_size=8, dropout=0.0)


def parts(count: int) -> list[StyleNetwork]:
    torch.manual_seed(0)
    return [StyleNetwork(3, SETTINGS).eval() for _ in range(count)]


def test_logits_are_the_mean_and_states_lie_side_by_side() -> None:
    networks = parts(3)
    whole = merged(networks, SETTINGS)
    keypoints = torch.rand(2, CONTEXT + 30, 17, 3) * 100
    with torch.no_grad():
        logits, hidden, cell = whole(keypoints, *whole.initial_state(2))
        alone = [n(keypoints, *n.initial_state(2)) for n in networks]
    torch.testing.assert_close(logits, torch.stack([a[0] for a in alone]).mean(dim=0))
    torch.testing.assert_close(hidden, torch.cat([a[1] for a in alone], dim=-1))
    torch.testing.assert_close(cell, torch.cat([a[2] for a in alone], dim=-1))
    assert (alone[0][0] - alone[1][0]).abs().max() > 1e-3


def test_a_carried_state_goes_on_where_each_part_would() -> None:
    networks = parts(2)
    whole = merged(networks, SETTINGS)
    keypoints = torch.rand(1, CONTEXT + 20, 17, 3) * 100
    with torch.no_grad():
        at_once, _, _ = whole(keypoints, *whole.initial_state(1))
        first, *state = whole(keypoints[:, : CONTEXT + 12], *whole.initial_state(1))
        second, _, _ = whole(keypoints[:, 12:], *state)
    torch.testing.assert_close(torch.cat([first, second], dim=1), at_once)


def test_one_network_alone_stays_itself() -> None:
    (network,) = parts(1)
    whole = merged([network], SETTINGS)
    for name, value in network.state_dict().items():
        torch.testing.assert_close(whole.state_dict()[name], value)
