"""Études are bodies that could be: the right size, on the floor, no faster than people are."""

import numpy as np
import pytest

from choreai_live.skeleton import (
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    LIMBS,
    NOSE,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from choreai_live.training.etudes import KINDS, etude

#: Bones whose ends are joints of one rigid part: shoulders ride on collar bones and do not count.
BONES = [
    (LEFT_SHOULDER, LEFT_ELBOW),
    (LEFT_ELBOW, LEFT_WRIST),
    (RIGHT_SHOULDER, RIGHT_ELBOW),
    (RIGHT_ELBOW, RIGHT_WRIST),
    (LEFT_HIP, RIGHT_HIP),
    (LEFT_HIP, LEFT_KNEE),
    (LEFT_KNEE, LEFT_ANKLE),
    (RIGHT_HIP, RIGHT_KNEE),
    (RIGHT_KNEE, RIGHT_ANKLE),
    (0, 1),
    (0, 2),
    (1, 3),
    (2, 4),
]


def a_generator(kind: str, number: int = 0) -> np.random.Generator:
    return np.random.default_rng((sorted(KINDS).index(kind), number))


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_that_could_be(kind: str) -> None:
    for number in range(3):
        sequence = etude(kind, a_generator(kind, number), 8.0)
        assert sequence.points.shape == (240, 17, 4)
        assert sequence.points.dtype == np.float32
        assert (sequence.style, sequence.substyle) == (KINDS[kind].style, kind)
        assert np.isfinite(sequence.points).all()
        assert (sequence.points[..., 3] == 1.0).all()
        xyz = sequence.points[..., :3]
        for first, second in BONES:
            length = np.linalg.norm(xyz[:, first] - xyz[:, second], axis=1)
            assert np.ptp(length) < 1e-4, (first, second)
            assert 0.01 < length[0] < 0.6
        assert (xyz[..., 1] < 0.05).all()  # y points down, the floor is 0; soles are soft
        assert (xyz[:, NOSE, 1] > -3.2).all()
        speed = np.linalg.norm(np.diff(xyz, axis=0), axis=2) * sequence.rate
        assert speed[:, [LEFT_HIP, RIGHT_HIP]].max() < 9.0
        assert speed.max() < 22.0
        # A body that is suddenly elsewhere would need hundreds of g; hard landings take tens.
        acceleration = np.abs(np.diff(xyz, 2, axis=0)) * sequence.rate**2
        assert acceleration[:, [LEFT_HIP, RIGHT_HIP]].max() < 400.0


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_is_the_same_etude(kind: str) -> None:
    first, second, third = (etude(kind, a_generator(kind, n), 3.0).points for n in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert np.abs(first - third).max() > 0.05


def test_a_longer_etude_is_no_other_kind_of_body() -> None:
    sequence = etude("ballet_adagio", np.random.default_rng(5), 60.0)
    assert sequence.seconds == pytest.approx(60.0)
    assert len(sequence.points) == 1800


def test_dancers_face_the_camera_at_first() -> None:
    for seed in range(5):
        first = etude("bharatanatyam_adavus", np.random.default_rng(seed), 2.0).points[..., :3]
        # In Bharatanatyam turns are rare: most dancers still face the camera two seconds in.
        assert first.shape[0] == 60
    facing = [
        etude("bharatanatyam_adavus", np.random.default_rng(seed), 2.0).points for seed in range(20)
    ]
    left_is_right = [
        float(np.median(p[:, LEFT_SHOULDER, 0] - p[:, RIGHT_SHOULDER, 0]) > 0) for p in facing
    ]
    nose_is_near = [
        float(np.median(p[:, NOSE, 2] - p[:, [LEFT_SHOULDER, RIGHT_SHOULDER], 2].mean(1)) < 0)
        for p in facing
    ]
    assert np.mean(left_is_right) > 0.7
    assert np.mean(nose_is_near) > 0.7


@pytest.mark.parametrize("kind", KINDS)
def test_dancers_move_and_differ(kind: str) -> None:
    many = [etude(kind, a_generator(kind, number), 6.0).points[..., :3] for number in range(4)]
    moved = [
        np.quantile(np.ptp(p - p[:, [LEFT_HIP, RIGHT_HIP]].mean(1, keepdims=True), axis=0), 0.9)
        for p in many
    ]
    # Some dances keep the arms still, some the feet; none all of them.
    assert np.median(moved) > 0.1
    lengths = {
        round(float(np.linalg.norm(p[0, a] - p[0, b])), 4) for p in many for a, b in LIMBS[:1]
    }
    assert len(lengths) == len(many)
