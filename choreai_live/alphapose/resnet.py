"""ResNet and SE-ResNet without their classifiers: pictures in, features at a 32nd in size.

He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, with the
stride on the 3x3 convolution of a block, as has become usual; Hu et al.,
"Squeeze-and-Excitation Networks", CVPR 2018.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from torch import Tensor, nn

#: Blocks in each of the four stages, by depth (He et al., table 1).
BLOCKS: Final[Mapping[int, tuple[int, int, int, int]]] = {
    50: (3, 4, 6, 3),
    101: (3, 4, 23, 3),
    152: (3, 8, 36, 3),
}

#: Channels of what a ResNet returns.
OUT_CHANNELS: Final = 2048


class SqueezeExcitation(nn.Module):
    """Channels weighed by what all of the picture says of them.

    Hu et al., section 3, with a reduction ratio of 1: both layers are as wide
    as the input.

    Parameters
    ----------
    channels
        Of input and output.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(
            nn.Linear(channels, channels), nn.ReLU(), nn.Linear(channels, channels), nn.Sigmoid()
        )

    def forward(self, features: Tensor) -> Tensor:
        """Scale (people, channels, height, width), channel by channel."""
        weights: Tensor = self.fc(self.pool(features).flatten(1))
        return features * weights[:, :, None, None]


class Bottleneck(nn.Module):
    """Residual block: 1x1, 3x3 and 1x1 convolutions, the last to four times the width.

    Parameters
    ----------
    in_channels
        Of the input.
    width
        Channels inside the block; it returns ``4 * width``.
    stride
        Of the 3x3 convolution and of the shortcut.
    squeeze_excitation
        Whether the residual is weighed by channel before it is added.
    """

    expansion: Final = 4

    def __init__(
        self, in_channels: int, width: int, stride: int = 1, *, squeeze_excitation: bool = False
    ) -> None:
        super().__init__()
        out_channels = width * self.expansion
        self.conv1 = nn.Conv2d(in_channels, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, out_channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU()
        self.se = SqueezeExcitation(out_channels) if squeeze_excitation else None
        self.downsample = _shortcut(in_channels, out_channels, stride)

    def forward(self, features: Tensor) -> Tensor:
        """Map (people, in_channels, height, width) to (people, 4 width, height / stride, ...)."""
        residual = self.relu(self.bn1(self.conv1(features)))
        residual = self.relu(self.bn2(self.conv2(residual)))
        residual = self.bn3(self.conv3(residual))
        if self.se is not None:
            residual = self.se(residual)
        if self.downsample is not None:
            features = self.downsample(features)
        added: Tensor = self.relu(residual + features)
        return added


class ResNet(nn.Module):
    """Four stages of bottlenecks behind a 7x7 convolution and a maximum.

    Parameters
    ----------
    depth
        50, 101 or 152.
    squeeze_excitation
        Whether the first block of each stage has it (the SE-ResNet of FastPose).
    """

    def __init__(self, depth: int, *, squeeze_excitation: bool = False) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        blocks = BLOCKS[depth]
        stage = partial(_stage, squeeze_excitation=squeeze_excitation)
        self.layer1 = stage(64, 64, blocks[0], stride=1)
        self.layer2 = stage(256, 128, blocks[1], stride=2)
        self.layer3 = stage(512, 256, blocks[2], stride=2)
        self.layer4 = stage(1024, 512, blocks[3], stride=2)

    def forward(self, pictures: Tensor) -> Tensor:
        """Map (people, 3, height, width) to (people, 2048, height / 32, width / 32)."""
        coarse = self.maxpool(self.relu(self.bn1(self.conv1(pictures))))
        features: Tensor = self.layer4(self.layer3(self.layer2(self.layer1(coarse))))
        return features


def _stage(
    in_channels: int, width: int, blocks: int, stride: int, *, squeeze_excitation: bool
) -> nn.Sequential:
    """Chain bottlenecks; the first changes size and channels, and may weigh its residual."""
    first = Bottleneck(in_channels, width, stride, squeeze_excitation=squeeze_excitation)
    rest = [Bottleneck(width * Bottleneck.expansion, width) for _ in range(blocks - 1)]
    return nn.Sequential(first, *rest)


def _shortcut(in_channels: int, out_channels: int, stride: int) -> nn.Sequential | None:
    """Make what fits a block's input to its output; None where the input fits as it is."""
    if stride == 1 and in_channels == out_channels:
        return None
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels)
    )
