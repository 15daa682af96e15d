"""Telling networks apart by names and shapes, and saying what does not fit."""

import pytest

pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.alphapose.architectures import (
    ARCHITECTURES,
    difference,
    joints_of,
    named,
    recognise,
)
from choreai_live.alphapose.refusals import UnsuitableError
from choreai_live.errors import ModelError


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("joints", [17, 26])
def test_every_network_is_recognised(name, joints):
    shapes = named(name).shapes(joints)
    assert recognise(shapes).name == name
    assert joints_of(named(name), shapes) == joints
    assert difference(shapes, named(name), joints) is None


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ({"fc.weight": (1000, 2048)}, "keys of no network known here"),
        ({"duc1.conv.weight": (1024, 512, 3, 3)}, "a ResNet of 0, 0, 0, 0 blocks, which is none"),
        ({"preact.layer3.0.conv2_offset.weight": (27, 256, 3, 3)}, "deformable convolutions"),
        ({"stage4.0.branches.3.0.conv1.weight": (384, 384, 3, 3)}, "is an HRNet of width 48"),
        ({"stage4.0.branches.3.0.conv1.weight": ()}, "is an HRNet of width 0"),
    ],
)
def test_other_networks_are_refused_with_a_reason(added, reason):
    with pytest.raises(UnsuitableError, match=reason):
        recognise(added)


def test_other_numbers_of_joints_are_refused():
    shapes = named("fast_res50").shapes(136)
    with pytest.raises(UnsuitableError, match=r"returns 136 heatmaps .* 17 \(COCO-17\) or 26"):
        joints_of(named("fast_res50"), shapes)
    del shapes["conv_out.weight"]
    with pytest.raises(UnsuitableError, match=r"lacks the key 'conv_out\.weight' of fast_res50"):
        joints_of(named("fast_res50"), shapes)


def test_the_first_difference_is_named():
    network = named("simple_res50")
    shapes = network.shapes(17)
    wrong = {**shapes, "preact.layer2.0.conv2.weight": (128, 128, 1, 1), "final_layer.bias": (3,)}
    assert difference(wrong, network, 17) == (
        "has the shape (128, 128, 1, 1) in 'preact.layer2.0.conv2.weight', "
        "where simple_res50 has (128, 128, 3, 3)"
    )
    lacking = {key: shape for key, shape in shapes.items() if not key.startswith("final")}
    assert difference(lacking, network, 17) == (
        "lacks the key 'final_layer.weight' and 1 more of simple_res50"
    )
    more = {**shapes, "extra\nkey": (1,)}
    assert difference(more, network, 17) == r"has the key 'extra\nkey' unknown to simple_res50"


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ModelError, match=r"no AlphaPose architecture 'fast_res18': choose one of"):
        named("fast_res18")
