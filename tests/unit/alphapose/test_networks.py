"""The networks against AlphaPose's own: names, shapes, and what they compute."""

import json
import zlib

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from alphapose_weights import weights  # noqa: E402

from choreai_live.alphapose.adding import load_network  # noqa: E402
from choreai_live.alphapose.architectures import named  # noqa: E402
from choreai_live.alphapose.export import export  # noqa: E402
from choreai_live.alphapose.hrnet import ExchangeUnit  # noqa: E402
from choreai_live.alphapose.resnet import SqueezeExcitation  # noqa: E402

#: What each published state dict is called, its network, and its joints.
PUBLISHED = {
    "fast_res50": ("fast_res50", 17),
    "halpe26_fast_res50": ("fast_res50", 26),
    "fast_duc_res152": ("fast_duc_res152", 17),
    "simple_res50": ("simple_res50", 17),
    "hrnet_w32": ("hrnet_w32", 17),
}

#: CRC-32 of the published keys and shapes, one a line, in their order.
KEYS = {
    "fast_res50": 3670660790,
    "halpe26_fast_res50": 2462740678,
    "fast_duc_res152": 20467689,
    "simple_res50": 3718188435,
    "hrnet_w32": 846974114,
}

#: With deterministic weights, for noise: mean and standard deviation of all heatmap values,
#: and three of them. Of fast_res50 and simple_res50 the same code meets AlphaPose's own output.
COMPUTED = {
    "fast_res50": (0.009466585, 0.110728905, 0.09118123, 0.008161278, -0.011326183),
    "halpe26_fast_res50": (0.008487647, 0.1056173, 0.09118123, 0.07145056, -0.011326183),
    "fast_duc_res152": (0.00022862588, 0.08226897, -0.014426064, 0.0029810555, -0.028149823),
    "simple_res50": (-0.016732588, 0.07616557, -0.024574667, -0.19393966, -0.037087053),
    "hrnet_w32": (3.954775, 8.49413, 5.817561, -2.9012718, -4.7913623),
}


def heatmaps_of(name, crop):
    architecture, joints = PUBLISHED[name]
    shapes = named(architecture).shapes(joints)
    network = load_network(named(architecture), joints, weights(shapes))
    with torch.no_grad():
        return network(torch.from_numpy(crop)[None])[0].numpy()


@pytest.mark.shared
@pytest.mark.parametrize("name", PUBLISHED)
def test_names_shapes_and_their_order_are_the_published_ones(name, alphapose_folder):
    published = json.loads((alphapose_folder / f"{name}.keys.json").read_text())
    architecture, joints = PUBLISHED[name]
    own = named(architecture).shapes(joints)
    assert list(own.items()) == [(key, tuple(shape)) for key, shape in published.items()]


@pytest.mark.parametrize("name", PUBLISHED)
def test_names_and_shapes_are_what_they_were(name):
    architecture, joints = PUBLISHED[name]
    shapes = named(architecture).shapes(joints).items()
    text = "".join(f"{key} {list(shape)}\n" for key, shape in shapes)
    assert zlib.crc32(text.encode()) == KEYS[name]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "golden"),
    [
        ("fast_res50", "fast_res50"),
        ("simple_res50", "simple_res50"),
        # The weights of its last layer begin with the very numbers drawn for 17 joints.
        ("halpe26_fast_res50", "fast_res50"),
    ],
)
def test_heatmaps_are_those_of_alphapose(name, golden, alphapose_folder):
    with np.load(alphapose_folder / f"{golden}.npz") as arrays:
        crop, expected = arrays["crop"], arrays["heatmaps"]
    found = heatmaps_of(name, crop)[:17]
    assert found.shape == expected.shape == (17, 64, 48)
    assert np.abs(found - expected).max() <= 1e-4 * np.abs(expected).max()


@pytest.mark.parametrize("name", PUBLISHED)
def test_heatmaps_are_what_they_were(name):
    crop = np.random.default_rng(0).random((1, 3, 256, 192), dtype=np.float32)[0] - 0.45
    found = heatmaps_of(name, crop)
    assert found.shape == (PUBLISHED[name][1], 64, 48)
    picked = (found.mean(), found.std(), found[0, 0, 0], found[-1, 40, 20], found[5, 63, 47])
    np.testing.assert_allclose(picked, COMPUTED[name], atol=1e-4 * np.abs(found).max())


@pytest.mark.parametrize(
    ("architecture", "joints"), [("fast_duc_res50", 17), ("simple_res50", 26), ("hrnet_w32", 17)]
)
def test_onnx_runtime_computes_what_torch_does(architecture, joints, tmp_path):
    shapes = named(architecture).shapes(joints)
    network = load_network(named(architecture), joints, weights(shapes))
    # Small crops, for speed; the networks do not depend on the size.
    assert export(network, tmp_path / "network.onnx", {}, input_size=(96, 64)) < 1e-5


def test_a_branch_takes_its_own_value_and_the_resampled_others():
    unit = ExchangeUnit([2, 4], returned=2).eval()
    for name, parameter in unit.named_parameters():
        parameter.data.fill_(0.0 if "branches" in name else 1.0)
    fine, coarse = torch.full((1, 2, 4, 4), 3.0), torch.full((1, 4, 2, 2), 5.0)
    with torch.no_grad():
        seen_fine, seen_coarse = unit([fine, coarse])
    # Up: the sum over four channels, normalised by the initial statistics, plus the shift of 1.
    assert torch.allclose(seen_fine, torch.full_like(fine, 3.0 + 4 * 5.0 + 1.0), rtol=1e-4)
    # Down: 3x3 of two channels; at the border only four of the nine are inside the padding.
    assert seen_coarse[0, 0, 0, 0].item() == pytest.approx(5.0 + 2 * 4 * 3.0 + 1.0, rel=1e-4)
    assert seen_coarse[0, 0, 1, 1].item() == pytest.approx(5.0 + 2 * 9 * 3.0 + 1.0, rel=1e-4)


def test_squeeze_excitation_scales_whole_channels():
    layer = SqueezeExcitation(3).eval()
    features = torch.rand(2, 3, 4, 5)
    with torch.no_grad():
        ratio = layer(features) / features
    assert torch.allclose(ratio, ratio[:, :, :1, :1].expand_as(ratio), rtol=1e-5)
    assert bool(((ratio > 0) & (ratio < 1)).all())
