"""SimplePose: a ResNet, three transposed convolutions, heatmaps.

Xiao et al., "Simple Baselines for Human Pose Estimation and Tracking", ECCV
2018, section 2.
"""

from torch import Tensor, nn

from choreai_live.alphapose.resnet import OUT_CHANNELS, ResNet

_CHANNELS = 256


class SimplePose(nn.Module):
    """ResNet, then three times twice the size, 1x1 convolution to heatmaps.

    Parameters
    ----------
    depth
        Of the ResNet: 50, 101 or 152.
    joints
        Heatmaps to return for each person.
    """

    def __init__(self, depth: int, joints: int) -> None:
        super().__init__()
        self.preact = ResNet(depth)
        layers: list[nn.Module] = []
        for channels in (OUT_CHANNELS, _CHANNELS, _CHANNELS):
            layers += [
                nn.ConvTranspose2d(channels, _CHANNELS, 4, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(_CHANNELS),
                nn.ReLU(),
            ]
        self.deconv_layers = nn.Sequential(*layers)
        self.final_layer = nn.Conv2d(_CHANNELS, joints, 1)

    def forward(self, crops: Tensor) -> Tensor:
        """Map crops (people, 3, height, width) to heatmaps (people, joints, height/4, width/4)."""
        heatmaps: Tensor = self.final_layer(self.deconv_layers(self.preact(crops)))
        return heatmaps
