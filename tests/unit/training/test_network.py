"""The network is blind to the camera, and streams as it runs whole."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.training.idling import idle_sequence  # noqa: E402
from choreai_live.training.network import (  # noqa: E402
    CONTEXT,
    FEATURE_COUNT,
    BodyFeatures,
    NetworkSettings,
    StyleNetwork,
    with_context,
)


@pytest.fixture
def keypoints():
    figures = [idle_sequence(np.random.default_rng(seed), "other", 2.0).points for seed in (0, 1)]
    points = np.stack([np.delete(f, 2, axis=-1) for f in figures])
    points[..., :2] = points[..., :2] * 160 + 300
    points[..., 2] = 0.7
    return torch.from_numpy(points)


@pytest.fixture
def network():
    torch.manual_seed(0)
    return StyleNetwork(4, NetworkSettings(hidden_size=12)).eval()


def test_feature_shape(keypoints) -> None:
    features = BodyFeatures()(with_context(keypoints))
    assert features.shape == (2, keypoints.shape[1], FEATURE_COUNT)
    assert torch.isfinite(features).all()


@pytest.mark.parametrize(("factor", "offset"), [(0.2, 0.0), (1.0, 900.0), (5.0, -300.0)])
def test_position_and_size_do_not_matter(keypoints, factor: float, offset: float) -> None:
    moved = keypoints.clone()
    moved[..., :2] = moved[..., :2] * factor + offset
    features = BodyFeatures()
    torch.testing.assert_close(
        features(with_context(moved)), features(with_context(keypoints)), atol=5e-3, rtol=0
    )


def test_travel_across_the_picture_does_not_matter(keypoints) -> None:
    walking = keypoints.clone()
    walking[..., 0] += torch.linspace(0, 200, keypoints.shape[1])[None, :, None]
    # The lead-in stands still, so the first frames do differ.
    features = BodyFeatures()
    torch.testing.assert_close(features(walking), features(keypoints), atol=1e-3, rtol=0)


def test_how_sure_an_estimator_is_does_not_matter_as_long_as_it_sees(keypoints) -> None:
    surer = keypoints.clone()
    surer[..., 2] = 0.99
    features = BodyFeatures()
    torch.testing.assert_close(features(surer), features(keypoints))


def test_where_an_unseen_keypoint_lies_hardly_matters(keypoints) -> None:
    keypoints[:, :, 15, 2] = 0.0
    astray = keypoints.clone()
    astray[:, :, 15, :2] += 500.0
    features = BodyFeatures()
    torch.testing.assert_close(features(astray), features(keypoints), atol=0.05, rtol=0)


def test_hidden_legs_leave_the_features_of_the_arms(keypoints) -> None:
    hidden = keypoints.clone()
    hidden[:, :, 11:, 2] = 0.0
    hidden[:, :, 11:, :2] = 0.0
    features = BodyFeatures()
    whole, half = features(with_context(keypoints)), features(with_context(hidden))
    arms = slice(2 * 4, 2 * 8)  # elbows and wrists from their shoulders
    ratio = half[..., arms].norm() / whole[..., arms].norm()
    assert 0.7 < ratio < 1.4
    legs = slice(2 * 8, 2 * 12)
    assert half[..., legs].abs().max() < 0.05


def test_nobody_in_sight_gives_finite_features() -> None:
    nothing = torch.zeros(1, CONTEXT + 3, 17, 3)
    assert torch.isfinite(BodyFeatures()(nothing)).all()


def test_one_step_at_a_time_is_the_whole_at_once(keypoints, network) -> None:
    led = with_context(keypoints)
    with torch.no_grad():
        whole, *_ = network(led, *network.initial_state(2))
        state = network.initial_state(2)
        steps = []
        for t in range(keypoints.shape[1]):
            logits, *state = network(led[:, t : t + CONTEXT + 1], *state)
            steps.append(logits)
    torch.testing.assert_close(torch.cat(steps, dim=1), whole, atol=1e-5, rtol=0)


def test_the_future_does_not_change_the_past(keypoints, network) -> None:
    led = with_context(keypoints)
    changed = led.clone()
    changed[:, CONTEXT + 30 :] = 0.0
    with torch.no_grad():
        before, *_ = network(led, *network.initial_state(2))
        after, *_ = network(changed, *network.initial_state(2))
    torch.testing.assert_close(after[:, :30], before[:, :30])
    assert not torch.allclose(after[:, 31:], before[:, 31:])


def test_temperature_divides_the_logits(keypoints, network) -> None:
    led = with_context(keypoints)
    with torch.no_grad():
        plain, *_ = network(led, *network.initial_state(2))
        network.temperature.fill_(2.0)
        cooled, *_ = network(led, *network.initial_state(2))
    torch.testing.assert_close(cooled * 2, plain)


def test_the_moment_reaches_the_logits_past_the_memory(keypoints, network) -> None:
    led = with_context(keypoints)
    with torch.no_grad():
        logits, at_once, *_ = network.both(led, *network.initial_state(2))
        said, *_ = network(led, *network.initial_state(2))
        network.memory_share = 0.0
        moments, *_ = network(led, *network.initial_state(2))
    torch.testing.assert_close(said, at_once + 0.5 * (logits - at_once))
    torch.testing.assert_close(moments, at_once)
    assert (logits - at_once).abs().max() > 1e-3


def test_the_moment_alone_remembers_nothing(keypoints, network) -> None:
    led = with_context(keypoints)
    late = led[:, 10:]
    with torch.no_grad():
        _, whole, *_ = network.both(led, *network.initial_state(2))
        _, part, *_ = network.both(late, *network.initial_state(2))
    torch.testing.assert_close(part, whole[:, 10:], atol=1e-5, rtol=0)
