"""FastPose and FastPose-DUC: an SE-ResNet, and its features shuffled up to heatmaps.

Fang et al., "AlphaPose: Whole-Body Regional Multi-Person Pose Estimation and
Tracking in Real-Time", TPAMI 2022, section 3.1. Upsampling moves channels to
pixels: Shi et al., "Real-Time Single Image and Video Super-Resolution Using an
Efficient Sub-Pixel Convolutional Neural Network", CVPR 2016; as a block with a
convolution before it, Wang et al., "Understanding Convolution for Semantic
Segmentation", WACV 2018 (dense upsampling convolution, DUC).
"""

from torch import Tensor, nn

from choreai_live.alphapose.resnet import OUT_CHANNELS, ResNet


class DenseUpsampling(nn.Module):
    """One DUC block: 3x3 convolution, batch norm, ReLU, then channels become pixels.

    Parameters
    ----------
    in_channels
        Of the input.
    channels
        Of the convolution; the block returns a quarter of them.
    """

    def __init__(self, in_channels: int, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, channels, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU()
        self.shuffle = nn.PixelShuffle(2)

    def forward(self, features: Tensor) -> Tensor:
        """Map (people, in_channels, height, width) to (people, channels / 4, 2 height, 2 width)."""
        upsampled: Tensor = self.shuffle(self.relu(self.bn(self.conv(features))))
        return upsampled


class FastPose(nn.Module):
    """SE-ResNet, shuffle, two dense upsampling blocks, 3x3 convolution to heatmaps.

    Parameters
    ----------
    depth
        Of the SE-ResNet: 50, 101 or 152.
    joints
        Heatmaps to return for each person.
    """

    def __init__(self, depth: int, joints: int) -> None:
        super().__init__()
        self.preact = ResNet(depth, squeeze_excitation=True)
        self.shuffle = nn.PixelShuffle(2)
        self.duc1 = DenseUpsampling(OUT_CHANNELS // 4, 1024)
        self.duc2 = DenseUpsampling(1024 // 4, 512)
        self.conv_out = nn.Conv2d(512 // 4, joints, 3, padding=1)

    def forward(self, crops: Tensor) -> Tensor:
        """Map crops (people, 3, height, width) to heatmaps (people, joints, height/4, width/4)."""
        features = self.shuffle(self.preact(crops))
        heatmaps: Tensor = self.conv_out(self.duc2(self.duc1(features)))
        return heatmaps


class FastPoseDUC(nn.Module):
    """SE-ResNet, three stages that shuffle first and convolve then, 3x3 convolution to heatmaps.

    The stages have four, two and one convolutions; the last of each widens.

    Parameters
    ----------
    depth
        Of the SE-ResNet: 50, 101 or 152.
    joints
        Heatmaps to return for each person.
    """

    def __init__(self, depth: int, joints: int) -> None:
        super().__init__()
        self.preact = ResNet(depth, squeeze_excitation=True)
        self.duc1 = _upsampling_stage(OUT_CHANNELS, 1024, convolutions=4)
        self.duc2 = _upsampling_stage(1024, 512, convolutions=2)
        self.duc3 = _upsampling_stage(512, 256, convolutions=1)
        self.conv_out = nn.Conv2d(256, joints, 3, padding=1)

    def forward(self, crops: Tensor) -> Tensor:
        """Map crops (people, 3, height, width) to heatmaps (people, joints, height/4, width/4)."""
        features = self.preact(crops)
        heatmaps: Tensor = self.conv_out(self.duc3(self.duc2(self.duc1(features))))
        return heatmaps


def _upsampling_stage(in_channels: int, out_channels: int, convolutions: int) -> nn.Sequential:
    """Channels to pixels, then 3x3 convolutions with batch norm and ReLU.

    The shuffle has number 0 of the stage: the published keys begin with a
    convolution at 1 that has a quarter of the channels of what comes before.
    """
    inside = in_channels // 4
    layers: list[nn.Module] = [nn.PixelShuffle(2)]
    for channels in [inside] * (convolutions - 1) + [out_channels]:
        layers += [
            nn.Conv2d(inside, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
        ]
    return nn.Sequential(*layers)
