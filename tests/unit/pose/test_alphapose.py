"""AlphaPose: crops, heatmaps and keypoints, by hand and against the official results."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from made_networks import colour_finder, figure, paint, same_heatmaps, write_network
from onnx import helper

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.pose.alphapose import AlphaPose
from choreai_live.pose.alphapose_crops import aligned_boxes, network_input
from choreai_live.pose.heatmaps import peaks, to_picture

NETWORKS = ("fast_res50", "simple_res50")


@pytest.fixture
def reference_folder(shared_folder: Path) -> Path:
    folder = shared_folder / "alphapose"
    if not folder.is_dir():
        pytest.skip("needs ../shared/alphapose, which a plain clone does not have")
    return folder


@pytest.fixture
def picture(reference_folder: Path) -> np.ndarray:
    return cv2.imread(str(reference_folder / "input.png"))


@pytest.mark.shared
@pytest.mark.parametrize("name", NETWORKS)
def test_the_crop_is_the_official_one(
    reference_folder: Path, picture: np.ndarray, name: str
) -> None:
    with np.load(reference_folder / f"{name}.npz") as reference:
        aligned = aligned_boxes(reference["bbox"][None])
        assert np.abs(aligned[0] - reference["bbox_aligned"]).max() < 1e-4
        crop = network_input(picture, aligned)[0]
        off = np.abs(crop - reference["crop"])
    # The same to the last bit here; other builds of OpenCV interpolate with
    # other fixed points, which is one grey level in a pixel here and there.
    assert off.max() <= 1.01 / 255
    assert off.mean() < 0.01 / 255


@pytest.mark.shared
@pytest.mark.parametrize("name", NETWORKS)
def test_keypoints_and_scores_are_the_official_ones(
    reference_folder: Path, picture: np.ndarray, name: str, tmp_path: Path
) -> None:
    with np.load(reference_folder / f"{name}.npz") as reference:
        path = same_heatmaps(tmp_path / "net.onnx", reference["heatmaps"])
        keypoints, scores = AlphaPose(Session(path, "cpu")).read(picture, reference["bbox"][None])
        assert np.abs(keypoints[0] - reference["keypoints"]).max() < 0.01
        assert np.abs(scores[0] - reference["scores"][:, 0]).max() < 1e-6


def test_boxes_are_made_longer_until_they_are_3_to_4_then_larger_by_a_quarter() -> None:
    boxes = np.float32([[230, 70, 420, 460], [0, 0, 300, 100], [10, 10, 10, 10]])
    assert aligned_boxes(boxes) == pytest.approx(
        np.array(
            [
                [142.1875, 21.25, 507.8125, 508.75],  # 190 x 390: made wider, 292.5 x 390
                [-37.5, -200, 337.5, 300],  # 300 x 100: made higher, 300 x 400
                [10 - 0.625, 10 - 2.5 / 3, 10 + 0.625, 10 + 2.5 / 3],  # a point: one pixel wide
            ]
        )
    )
    assert aligned_boxes(np.zeros((0, 4), np.float32)).shape == (0, 4)


def test_the_input_is_rgb_less_the_mean_colour_and_black_outside() -> None:
    image = np.full((100, 100, 3), (10, 20, 30), np.uint8)
    (crop,) = network_input(image, np.array([[-96.0, 0.0, 96.0, 256.0]]))
    assert crop.shape == (3, 256, 192)
    mean = np.array([0.406, 0.457, 0.480])
    assert crop[:, 50, 150] == pytest.approx(np.array([30, 20, 10]) / 255 - mean)
    assert crop[:, 50, 50] == pytest.approx(-mean)


def _heatmap(**values: float) -> np.ndarray:
    """Return float32 (1, 1, 64, 48) with a value at ``x<X>y<Y>``."""
    heatmap = np.zeros((1, 1, 64, 48), np.float32)
    for place, value in values.items():
        x, y = place[1:].split("y")
        heatmap[0, 0, int(y), int(x)] = value
    return heatmap


@pytest.mark.parametrize(
    ("case", "heatmap", "position", "score"),
    [
        ("towards the higher", _heatmap(x20y30=0.8, x21y30=0.4, x20y29=0.2), (20.25, 29.75), 0.8),
        ("neighbours alike", _heatmap(x20y30=0.8, x21y30=0.4, x19y30=0.4), (20, 30), 0.8),
        ("second from the left", _heatmap(x1y30=0.8, x2y30=0.4), (1, 30), 0.8),
        ("third from the left", _heatmap(x2y30=0.8, x3y30=0.4), (2.25, 30), 0.8),
        ("in the corner", _heatmap(x47y63=0.5, x46y63=0.4), (47, 63), 0.5),
        ("at the border in one direction", _heatmap(x20y63=0.5, x21y63=0.4), (20, 63), 0.5),
        ("nothing at all", _heatmap() - 0.25, (0, 0), -0.25),
    ],
)
def test_a_maximum_moves_a_quarter_pixel(
    case: str, heatmap: np.ndarray, position: tuple[float, float], score: float
) -> None:
    positions, scores = peaks(heatmap)
    assert positions[0, 0] == pytest.approx(position), case
    assert scores[0, 0] == pytest.approx(score), case


def test_heatmaps_are_mapped_back_by_the_inverse_of_the_crop() -> None:
    aligned = np.array([[100.0, 50, 148, 114], [0, 0, 96, 128]])
    positions = np.float32([[[0, 0], [24, 32]], [[1, 1], [47.5, 2]]])
    expected = [[[100, 50], [124, 82]], [[2, 2], [95, 4]]]
    assert to_picture(positions, aligned, 48, 64) == pytest.approx(np.array(expected))


@pytest.mark.parametrize("joints", [17, 26])
def test_everybody_is_read_in_one_batch_at_any_place_and_size(joints: int, tmp_path: Path) -> None:
    """Halpe-26 begins with the 17 joints of COCO."""
    alphapose = AlphaPose(Session(colour_finder(tmp_path / "net.onnx", joints), "cpu"))
    boxes = np.float32([[60, 40, 180, 200], [260, 100, 420, 340], [530, 20, 610, 240]])
    image = np.zeros((360, 640, 3), np.uint8)
    for box in boxes:
        paint(image, figure(box))
    keypoints, scores = alphapose.read(image, boxes)
    assert keypoints.shape == (3, 17, 2)
    assert scores.shape == (3, 17)
    assert scores.min() > 0.6
    for box, found in zip(boxes, keypoints, strict=True):
        pixel = (aligned_boxes(box)[0, 3] - aligned_boxes(box)[0, 1]) / 64
        # A cell of the heatmap averages four pixels of the crop, whose middle
        # is one and a half to the right of and below the first.
        off = found + 1.5 / 4 * pixel - figure(box)
        assert np.abs(off).max() < 0.75 * pixel
    alone = [alphapose.read(image, box[None])[0][0] for box in boxes]
    assert np.array_equal(np.stack(alone), keypoints)


def test_nobody_is_nobody(tmp_path: Path) -> None:
    alphapose = AlphaPose(Session(colour_finder(tmp_path / "net.onnx"), "cpu"))
    keypoints, scores = alphapose.read(np.zeros((9, 9, 3), np.uint8), np.zeros((0, 4), np.float32))
    assert keypoints.shape == (0, 17, 2)
    assert scores.shape == (0, 17)


@pytest.mark.parametrize(
    ("metadata", "side"), [({}, 256), ({"choreai.pose": "alphapose"}, 384), ({"x": "y"}, 256)]
)
def test_another_network_is_refused(tmp_path: Path, metadata: dict[str, str], side: int) -> None:
    path = write_network(
        tmp_path / "other.onnx",
        [helper.make_node("Relu", ["input"], ["heatmaps"])],
        {},
        {"input": ["people", 3, side, 192]},
        {"heatmaps": ["people", 3, side, 192]},
        metadata,
    )
    with pytest.raises(ModelError, match=r"not AlphaPose .* models add alphapose FILE\.pth"):
        AlphaPose(Session(path, "cpu"))
