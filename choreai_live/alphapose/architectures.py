"""Which networks there are, and which of them a checkpoint's names and shapes belong to."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import torch
from torch import nn

from choreai_live.alphapose.fastpose import FastPose, FastPoseDUC
from choreai_live.alphapose.hrnet import HRNet
from choreai_live.alphapose.refusals import UnsuitableError
from choreai_live.alphapose.resnet import BLOCKS
from choreai_live.alphapose.simplepose import SimplePose
from choreai_live.errors import ModelError

#: Shapes of the tensors of a state dict, by key.
Shapes = Mapping[str, tuple[int, ...]]

#: What the numbers of heatmaps stand for; the first 17 of Halpe-26 are those of COCO.
JOINTS: Final[Mapping[int, str]] = {17: "COCO-17", 26: "Halpe-26"}


@dataclass(frozen=True)
class Architecture:
    """One network that can be built.

    Attributes
    ----------
    name
        As on the command line: ``fast_res50``, ``hrnet_w32``.
    build
        Makes the network for a number of joints.
    last_layer
        Name of the layer that returns the heatmaps.
    """

    name: str
    build: Callable[[int], nn.Module]
    last_layer: str

    def shapes(self, joints: int) -> dict[str, tuple[int, ...]]:
        """Return the shape of every parameter and buffer, without memory for one."""
        with torch.device("meta"):
            network = self.build(joints)
        return {key: tuple(tensor.shape) for key, tensor in network.state_dict().items()}


def _all() -> Iterable[Architecture]:
    for depth in BLOCKS:
        yield Architecture(f"fast_res{depth}", partial(FastPose, depth), "conv_out")
        yield Architecture(f"fast_duc_res{depth}", partial(FastPoseDUC, depth), "conv_out")
        yield Architecture(f"simple_res{depth}", partial(SimplePose, depth), "final_layer")
    yield Architecture("hrnet_w32", partial(HRNet, 32), "final_layer")


#: Every network, by name.
ARCHITECTURES: Final[Mapping[str, Architecture]] = {each.name: each for each in _all()}

#: A key that only one family of networks has, and the beginning of the family's names.
_FAMILIES: Final[Mapping[str, str]] = {
    "duc1.conv.weight": "fast_res",
    "duc1.1.weight": "fast_duc_res",
    "deconv_layers.0.weight": "simple_res",
    "stage4.0.branches.3.0.conv1.weight": "hrnet_w",
}


def named(name: str) -> Architecture:
    """Return the architecture of that name.

    Raises
    ------
    ModelError
        If there is none.
    """
    if name not in ARCHITECTURES:
        raise ModelError(
            f"There is no AlphaPose architecture '{name}': choose one of "
            f"{', '.join(sorted(ARCHITECTURES))}."
        )
    return ARCHITECTURES[name]


def recognise(shapes: Shapes) -> Architecture:
    """Tell the architecture from the keys, its depth from the number of blocks.

    Raises
    ------
    UnsuitableError
        If there is none.
    """
    if any("_offset." in key for key in shapes):
        raise UnsuitableError(
            "uses deformable convolutions (DCN), which ONNX cannot express at opset 17; "
            "take the same network without them"
        )
    family = next((name for key, name in _FAMILIES.items() if key in shapes), None)
    if family is None:
        raise UnsuitableError(
            "has the keys of no network known here (FastPose, FastPose-DUC, SimplePose, HRNet)"
        )
    if family == "hrnet_w":
        variant = str(_first(shapes["stage4.0.branches.3.0.conv1.weight"]) // 8)
        described = f"is an HRNet of width {variant}"
    else:
        blocks = tuple(_count(shapes, rf"preact\.layer{stage}\.(\d+)\.") for stage in range(1, 5))
        variant = next((str(depth) for depth, each in BLOCKS.items() if each == blocks), "")
        described = f"has a ResNet of {', '.join(map(str, blocks))} blocks"
    if family + variant not in ARCHITECTURES:
        known = ", ".join(name for name in ARCHITECTURES if name.startswith(family))
        raise UnsuitableError(f"{described}, which is none of the networks known here ({known})")
    return ARCHITECTURES[family + variant]


def joints_of(architecture: Architecture, shapes: Shapes) -> int:
    """Read the number of heatmaps off the last layer.

    Raises
    ------
    UnsuitableError
        If it is not one of :data:`JOINTS`.
    """
    key = f"{architecture.last_layer}.weight"
    if key not in shapes:
        raise UnsuitableError(f"lacks the key {key!r} of {architecture.name}")
    joints = _first(shapes[key])
    if joints not in JOINTS:
        known = " or ".join(f"{number} ({name})" for number, name in JOINTS.items())
        raise UnsuitableError(
            f"returns {joints} heatmaps by its key {key!r}, where {known} can be used"
        )
    return joints


def difference(shapes: Shapes, architecture: Architecture, joints: int) -> str | None:
    """Say how keys and shapes differ from an architecture's, as part of a sentence.

    The first key that differs is named, in the order of the architecture;
    None when all are as they should be.
    """
    expected = architecture.shapes(joints)
    missing = [key for key in expected if key not in shapes]
    for key, shape in expected.items():
        if key in shapes and shapes[key] != shape:
            return f"has the shape {shapes[key]} in {key!r}, where {architecture.name} has {shape}"
        if key in missing:
            return f"lacks {_keys(missing)} of {architecture.name}"
    unexpected = [key for key in shapes if key not in expected]
    if unexpected:
        return f"has {_keys(unexpected)} unknown to {architecture.name}"
    return None


def _count(shapes: Shapes, pattern: str) -> int:
    return len({match[1] for match in map(re.compile(pattern).match, shapes) if match})


def _first(shape: tuple[int, ...]) -> int:
    return shape[0] if shape else 0


def _keys(keys: list[str]) -> str:
    more = len(keys) - 1
    return f"the key {keys[0]!r:.80}" + (f" and {more} more" if more else "")
