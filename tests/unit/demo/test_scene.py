"""Pictures and what is true about them."""

import hashlib

import numpy as np
import pytest

from choreai_live.demo import DemoScene, SceneSettings, Truth
from choreai_live.skeleton import (
    LEFT_ANKLE,
    LEFT_EAR,
    LEFT_EYE,
    LEFT_HIP,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    TORSO,
)

FRAMES = np.arange(0, 16, 1 / 10)


def small(**settings: object) -> DemoScene:
    """Return a scene that renders quickly."""
    return DemoScene(SceneSettings(**{"width": 320, "height": 240, **settings}))


def digest(scene: DemoScene, time: float) -> str:
    return hashlib.sha256(scene.render(time).tobytes()).hexdigest()


def test_the_same_time_gives_the_same_bytes_in_any_order() -> None:
    settings = {"dancers": 2, "crossing": True, "seed": 5}
    first, second = small(**settings), small(**settings)
    times = [0.0, 7.3, 2.1]
    forwards = [digest(first, time) for time in times]
    backwards = [digest(second, time) for time in reversed(times)]
    assert forwards == backwards[::-1]
    assert len(set(forwards)) == 3
    for before, after in zip(first.truth(7.3), second.truth(7.3), strict=True):
        np.testing.assert_array_equal(before.keypoints, after.keypoints)


def test_seeds_differ() -> None:
    assert digest(small(seed=1), 1.0) != digest(small(seed=2), 1.0)


@pytest.mark.parametrize("size", [(320, 240), (241, 427), (640, 200)])
@pytest.mark.parametrize("dancers", [1, 4])
def test_pictures_have_the_size_asked_for(size: tuple[int, int], dancers: int) -> None:
    scene = DemoScene(
        SceneSettings(width=size[0], height=size[1], dancers=dancers, occluder=True, roll=10)
    )
    image = scene.render(1.0)
    assert image.shape == (size[1], size[0], 3)
    assert image.dtype == np.uint8
    assert [truth.id for truth in scene.truth(1.0)] == list(range(1, dancers + 1))


def test_truth_is_what_is_drawn() -> None:
    """The box surrounds what differs from the empty studio, the joints lie on the figure."""
    scene = DemoScene(SceneSettings(seed=3, dance="hiphop"))
    empty = DemoScene(SceneSettings(seed=3, exits=True)).render(4.5).astype(int)
    for time in (0.4, 3.3, 9.1):
        truth = scene.truth(time)[0]
        change = np.abs(scene.render(time).astype(int) - empty).max(axis=2)
        x1, y1, x2, _ = truth.box
        # Above the knees, where no shadow falls.
        rows, columns = np.nonzero(change[: int(truth.keypoints[LEFT_HIP, 1]) + 20] > 30)
        assert x1 - 1 <= columns.min()
        assert columns.max() <= x2 + 1
        assert y1 - 1 <= rows.min() < y1 + 12
        x, y = np.rint(truth.keypoints).astype(int).T
        assert (change[y, x] > 12).sum() >= 16


def test_facing_the_camera_the_dancers_left_is_on_the_right_of_the_picture() -> None:
    truth = small(dance="idle").truth(0.0)[0]
    x, y = truth.keypoints.T
    for left in (LEFT_EYE, LEFT_EAR, LEFT_SHOULDER, LEFT_WRIST, LEFT_HIP, LEFT_ANKLE):
        assert x[left] > x[left + 1]
    assert y[NOSE] < y[LEFT_SHOULDER] < y[LEFT_HIP] < y[LEFT_ANKLE]
    assert truth.visible.all()


def test_the_body_hides_its_own_face_and_far_arm() -> None:
    """A pirouette shows the back of the head once."""
    scene = small(dance="classical", tempo=120, seed=1)
    turning = [scene.truth(time)[0] for time in np.arange(12, 16, 0.05)]
    backs = [
        truth
        for truth in turning
        if truth.keypoints[LEFT_SHOULDER, 0] < truth.keypoints[RIGHT_SHOULDER, 0] - 8
    ]
    assert backs
    middle = backs[len(backs) // 2]
    assert not middle.visible[[NOSE, LEFT_EYE]].any()
    assert middle.visible[[LEFT_SHOULDER, RIGHT_SHOULDER]].all()


def test_a_medley_goes_through_the_dances() -> None:
    scene = small(tempo=120)
    danced = [scene.truth(time)[0].dance for time in (1.0, 13.0, 25.0, 37.0)]
    assert set(danced[:3]) == {"afrobeat", "classical", "hiphop"}
    assert danced[3] == danced[0]
    both = small(dancers=2).truth(1.0)
    assert both[0].dance != both[1].dance


def middle(truth: Truth) -> float:
    return float(truth.keypoints[list(TORSO), 0].mean())


def test_crossing_dancers_pass_and_hide_each_other() -> None:
    scene = small(dancers=2, crossing=True)
    truths = [scene.truth(time) for time in FRAMES]
    order = np.array([middle(first) < middle(second) for first, second in truths])
    assert np.abs(np.diff(order.astype(int))).sum() >= 4
    hidden = [second.visible[list(TORSO)].sum() for _, second in truths]
    assert min(hidden) == 0
    # The one in front stays in view.
    front = [first.visible[[LEFT_HIP, RIGHT_HIP]].any() for first, _ in truths]
    assert np.mean(front) > 0.95


def longest(flags: list[bool]) -> float:
    """Return the seconds of the longest run of true."""
    best = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    return best / 10


@pytest.mark.parametrize("dancers", [1, 3])
def test_who_leaves_is_back_within_two_seconds(dancers: int) -> None:
    scene = small(exits=True, dancers=dancers)
    truths = [scene.truth(time) for time in FRAMES]
    gone = [bool(truth[0].box[2] <= truth[0].box[0]) for truth in truths]
    assert 0.5 < longest(gone) < 2.0
    assert longest([int(truth[0].visible.sum()) < 5 for truth in truths]) < 2.0
    assert not gone[0]
    assert all(truth[-1].visible.sum() > 5 for truth in truths if dancers > 1)


def test_the_loudspeaker_hides_for_up_to_a_second() -> None:
    scene = small(occluder=True)
    visible = [int(scene.truth(time)[0].visible.sum()) for time in FRAMES]
    assert 0.1 < longest([count == 0 for count in visible]) < 1.0
    assert max(visible) >= 15
    plain = small()
    assert digest(scene, 0.0) != digest(plain, 0.0)


def test_a_dancer_outside_the_picture_has_an_empty_box() -> None:
    scene = small(exits=True)
    gone = next(truth for time in FRAMES if (truth := scene.truth(time)[0]).box[2] <= truth.box[0])
    assert not gone.visible.any()
    assert gone.box[0] == gone.box[2]


def test_the_skin_asked_for_is_the_skin_shown() -> None:
    def brightness(skin: int) -> float:
        scene = DemoScene(SceneSettings(skin=skin, dance="idle"))
        x, y = np.rint(scene.truth(0.0)[0].keypoints[NOSE]).astype(int)
        return float(scene.render(0.0)[y : y + 4, x - 3 : x + 4].mean())

    assert brightness(1) > brightness(5) > brightness(10)
