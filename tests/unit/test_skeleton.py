"""The body layout is consistent with itself."""

from choreai_live import skeleton


def test_mirroring_swaps_left_and_right_and_nothing_else():
    for index, name in enumerate(skeleton.KEYPOINT_NAMES):
        swapped = name
        if name.startswith("left_"):
            swapped = name.replace("left_", "right_")
        elif name.startswith("right_"):
            swapped = name.replace("right_", "left_")
        assert skeleton.KEYPOINT_NAMES[skeleton.MIRROR[index]] == swapped


def test_every_keypoint_is_drawn_by_some_limb():
    drawn = {index for limb in skeleton.LIMBS for index in limb}
    assert drawn == set(range(skeleton.KEYPOINT_COUNT))


def test_named_indices_agree_with_the_names():
    for index, name in enumerate(skeleton.KEYPOINT_NAMES):
        assert getattr(skeleton, name.upper()) == index


def test_every_joint_of_openpose_but_the_neck_is_a_keypoint() -> None:
    joints = {*range(skeleton.OPENPOSE_COUNT)} - {skeleton.OPENPOSE_NECK}
    assert sorted(skeleton.FROM_OPENPOSE) == sorted(joints)
