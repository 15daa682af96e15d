"""HRNet for poses: branches of four resolutions side by side, exchanging what they see.

Sun et al., "Deep High-Resolution Representation Learning for Human Pose
Estimation", CVPR 2019, section 3, for 17 or 26 heatmaps read off the finest branch.
"""

from collections.abc import Sequence
from typing import Final, cast

from torch import Tensor, nn

from choreai_live.alphapose.resnet import Bottleneck

#: Exchange units of the stages with two, three and four branches (section 3.3).
UNITS: Final = (1, 4, 3)

#: Residual blocks of a branch within one unit.
_BLOCKS: Final = 4


class BasicBlock(nn.Module):
    """Residual block of two 3x3 convolutions that keeps channels and size.

    He et al., "Deep Residual Learning for Image Recognition", CVPR 2016.

    Parameters
    ----------
    channels
        Of input and output.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU()

    def forward(self, features: Tensor) -> Tensor:
        """Map (people, channels, height, width) to the same shape."""
        residual = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(features)))))
        added: Tensor = self.relu(residual + features)
        return added


class ExchangeUnit(nn.Module):
    """Blocks on every branch, then a sum over all branches for each that is returned.

    Parameters
    ----------
    channels
        Of each branch, finest first; each has half the size of the one before.
    returned
        How many branches to return, finest first.
    """

    def __init__(self, channels: Sequence[int], returned: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList(
            nn.Sequential(*(BasicBlock(width) for _ in range(_BLOCKS))) for width in channels
        )
        # Keyed by target, then by source; a branch reaches itself unchanged and has no key.
        self.fuse_layers = nn.ModuleList(
            nn.ModuleDict(
                {
                    str(source): _resampling(channels, source, target)
                    for source in range(len(channels))
                    if source != target
                }
            )
            for target in range(returned)
        )
        self.relu = nn.ReLU()

    def forward(self, features: list[Tensor]) -> list[Tensor]:
        """Map the branches, each (people, channels, height, width), to those returned."""
        seen = [branch(each) for branch, each in zip(self.branches, features, strict=True)]
        fused = []
        for target, layers in enumerate(self.fuse_layers):
            resampled = cast(nn.ModuleDict, layers)
            terms = [
                each if source == target else resampled[str(source)](each)
                for source, each in enumerate(seen)
            ]
            fused.append(self.relu(sum(terms[1:], start=terms[0])))
        return fused


class HRNet(nn.Module):
    """Stem, one stage of bottlenecks, three of exchange units, 1x1 convolution to heatmaps.

    Parameters
    ----------
    width
        Channels of the finest branch; 32 for W32. Each branch has twice those
        of the one before.
    joints
        Heatmaps to return for each person.
    """

    def __init__(self, width: int, joints: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.conv2 = nn.Conv2d(64, 64, 3, stride=2, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU()
        stem_channels = 64 * Bottleneck.expansion
        self.layer1 = nn.Sequential(
            Bottleneck(64, 64), *(Bottleneck(stem_channels, 64) for _ in range(_BLOCKS - 1))
        )
        channels = [width * 2**branch for branch in range(4)]
        # Transitions are keyed by the branch they lead to; those without a key go on as they are.
        self.transition1 = nn.ModuleDict(
            {
                "0": _convolution(stem_channels, channels[0], stride=1),
                "1": nn.Sequential(_convolution(stem_channels, channels[1], stride=2)),
            }
        )
        self.stage2 = _stage(channels[:2], UNITS[0])
        self.transition2 = nn.ModuleDict(
            {"2": nn.Sequential(_convolution(channels[1], channels[2], stride=2))}
        )
        self.stage3 = _stage(channels[:3], UNITS[1])
        self.transition3 = nn.ModuleDict(
            {"3": nn.Sequential(_convolution(channels[2], channels[3], stride=2))}
        )
        self.stage4 = _stage(channels, UNITS[2], last_returned=1)
        self.final_layer = nn.Conv2d(width, joints, 1)

    def forward(self, crops: Tensor) -> Tensor:
        """Map crops (people, 3, height, width) to heatmaps (people, joints, height/4, width/4)."""
        features = self.relu(self.bn1(self.conv1(crops)))
        features = self.layer1(self.relu(self.bn2(self.conv2(features))))
        branches = [self.transition1["0"](features), self.transition1["1"](features)]
        branches = self.stage2(branches)
        branches = self.stage3([*branches, self.transition2["2"](branches[-1])])
        branches = self.stage4([*branches, self.transition3["3"](branches[-1])])
        heatmaps: Tensor = self.final_layer(branches[0])
        return heatmaps


def _stage(channels: Sequence[int], units: int, last_returned: int | None = None) -> nn.Sequential:
    """Chain exchange units; only the last of them may return fewer branches than it is given."""
    returned = [len(channels)] * (units - 1) + [last_returned or len(channels)]
    return nn.Sequential(*(ExchangeUnit(channels, each) for each in returned))


def _resampling(channels: Sequence[int], source: int, target: int) -> nn.Sequential:
    """Bring one branch to the channels and the size of another.

    Up: a 1x1 convolution, batch norm, nearest neighbour. Down: a 3x3
    convolution of stride 2 per halving, of which only the last changes the
    channels and has no ReLU, because the sum over branches follows.
    """
    if source > target:
        return nn.Sequential(
            nn.Conv2d(channels[source], channels[target], 1, bias=False),
            nn.BatchNorm2d(channels[target]),
            nn.Upsample(scale_factor=2 ** (source - target), mode="nearest"),
        )
    halvings = target - source
    kept = [_convolution(channels[source], channels[source], stride=2) for _ in range(halvings - 1)]
    last = _convolution(channels[source], channels[target], stride=2, relu=False)
    return nn.Sequential(*kept, last)


def _convolution(
    in_channels: int, out_channels: int, stride: int, *, relu: bool = True
) -> nn.Sequential:
    """Make a 3x3 convolution with batch norm, and ReLU unless a sum follows."""
    layers: list[nn.Module] = [
        nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False),
        nn.BatchNorm2d(out_channels),
    ]
    return nn.Sequential(*layers, nn.ReLU()) if relu else nn.Sequential(*layers)
