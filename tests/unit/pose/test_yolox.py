"""YOLOX: decoding by hand, and a real session on a network that sees red."""

from pathlib import Path

import numpy as np
import pytest
from made_networks import red_finder, write_network
from onnx import helper

from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.pose.people import PersonBoxes
from choreai_live.pose.yolox import YoloxDetector, decode, fit, without_overlaps

#: Predictions of a 64 x 32 input: 8 x 4, 4 x 2 and 2 x 1 cells.
_COUNTS = (32, 8, 2)


def _rows(**predictions: tuple[float, ...]) -> np.ndarray:
    """Return float32 (42, 85) with predictions x, y, log w, log h, objectness, person, cat."""
    rows = np.zeros((sum(_COUNTS), 85), np.float32)
    for number, values in predictions.items():
        rows[int(number.removeprefix("n")), : len(values)] = values
    return rows


def test_predictions_are_decoded_cell_by_cell_and_grid_by_grid() -> None:
    found = decode(
        _rows(
            # The second row of the first grid, third cell: stride 8.
            n10=(0.5, 0.25, np.log(2), np.log(3), 0.8, 0.5),
            # The second row of the second grid, first cell: stride 16.
            n36=(0, 0, 0, np.log(0.5), 0.9, 1),
            # The second cell of the third grid: stride 32.
            n41=(-0.5, 0.5, 0, 0, 1, 0.6),
        ),
        width=64,
        height=32,
    )
    assert found.scores == pytest.approx([0.9, 0.6, 0.4])
    assert found.boxes == pytest.approx(
        np.array(
            [
                # Centre (0, 16), 16 x 8.
                [-8, 12, 8, 20],
                # Centre (0.5 x 32, 16), 32 x 32.
                [0, 0, 32, 32],
                # Centre (2.5 x 8, 1.25 x 8), 16 x 24.
                [12, -2, 28, 22],
            ]
        ),
        abs=1e-4,
    )


def test_cats_and_what_is_hardly_there_are_no_people() -> None:
    rows = _rows(n0=(0, 0, 0, 0, 0.9, 0.1, 0.9), n1=(0, 0, 0, 0, 0.4, 0.7), n2=(0, 0, 999, 999))
    assert len(decode(rows, 64, 32).boxes) == 0


def test_a_size_beyond_all_reason_is_no_overflow() -> None:
    found = decode(_rows(n0=(0, 0, 999, 0, 1, 1)), 64, 32)
    assert np.isfinite(found.boxes).all()


def test_of_boxes_that_overlap_the_surest_stays() -> None:
    boxes = np.float32([[0, 0, 10, 10], [1, 0, 11, 10], [5, 0, 15, 10], [40, 0, 50, 10]])
    found = without_overlaps(PersonBoxes(boxes, np.float32([0.9, 0.8, 0.7, 0.6])))
    # The second shares 90 of 110 with the first, the third 50 of 150.
    assert found.boxes.tolist() == boxes[[0, 2, 3]].tolist()
    assert found.scores == pytest.approx([0.9, 0.7, 0.6])


def test_a_picture_is_fitted_into_the_upper_left() -> None:
    image = np.full((100, 50, 3), (1, 2, 3), np.uint8)
    fitted, scale = fit(image, width=64, height=32)
    assert scale == 0.32
    assert (fitted.shape, fitted.dtype) == ((1, 3, 32, 64), np.float32)
    assert fitted[0, :, 31, 15].tolist() == [1, 2, 3]
    assert fitted[0, :, 0, 16].tolist() == [114, 114, 114]


@pytest.mark.parametrize("size", [(416, 416), (384, 640), (640, 384), (96, 32)])
@pytest.mark.parametrize("picture", [(640, 480), (480, 640)])
def test_people_are_found_where_they_are(
    tmp_path: Path, size: tuple[int, int], picture: tuple[int, int]
) -> None:
    width, height = picture
    detector = YoloxDetector(Session(red_finder(tmp_path / "yolox.onnx", *size), "cpu"))
    assert (detector.height, detector.width) == size
    image = np.zeros((height, width, 3), np.uint8)
    scale = min(size[0] / height, size[1] / width)
    # One red cell, in the third row and second column of the finest grid.
    x1, y1, x2, y2 = (round(edge / scale) for edge in (8, 16, 16, 24))
    image[y1:y2, x1:x2, 2] = 255
    found = detector.find(image, [])
    assert len(found.boxes) == 1
    expected = np.clip(np.array([-4, 4, 28, 36]) / scale, 0, [width, height, width, height])
    assert found.boxes[0] == pytest.approx(expected, abs=1e-3)
    assert found.scores[0] > 0.8
    assert not len(detector.find(np.zeros_like(image), []).boxes)
    detector.reset()
    assert np.array_equal(detector.find(image, []).boxes, found.boxes)


def test_blue_is_not_taken_for_red(tmp_path: Path) -> None:
    detector = YoloxDetector(Session(red_finder(tmp_path / "yolox.onnx", 64, 64), "cpu"))
    assert not len(detector.find(np.full((64, 64, 3), (255, 0, 0), np.uint8), []).boxes)


def test_where_the_model_leaves_its_size_open_it_is_640(tmp_path: Path) -> None:
    path = red_finder(tmp_path / "yolox.onnx", 640, 640, open_size=True)
    detector = YoloxDetector(Session(path, "cpu"))
    assert (detector.height, detector.width) == (640, 640)
    assert not len(detector.find(np.zeros((48, 64, 3), np.uint8), []).boxes)


@pytest.mark.parametrize(
    ("given", "returned"),
    [
        ([1, 3, 64, 64], [1, 85, 84]),  # YOLOX has 84 predictions there, each a row
        ([1, 3, 60, 60], [1, 3, 85]),  # no multiple of 32
        ([1, 3, 64, 64], [1, 3, 64, 64]),
        ([1, 1, 64, 64], [1, 84, 85]),
        ([4, 3, 64, 64], [4, 84, 85]),  # four pictures at a time
    ],
)
def test_another_network_is_refused(tmp_path: Path, given: list[int], returned: list[int]) -> None:
    nodes = [
        helper.make_node("ReduceMax", ["images"], ["level"], keepdims=0),
        helper.make_node("Expand", ["level", "shape"], ["output"]),
    ]
    path = write_network(
        tmp_path / "other.onnx",
        nodes,
        {"shape": np.array(returned, np.int64)},
        {"images": given},
        {"output": returned},
    )
    with pytest.raises(ModelError, match=r"other\.onnx is an ONNX model, but not YOLOX"):
        YoloxDetector(Session(path, "cpu"))
