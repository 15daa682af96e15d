"""Pictures fitted into the detector's input, and the way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreai_live.pose.letterbox import STRIDE, fit


@pytest.mark.parametrize(
    ("width", "height", "long_side", "shape"),
    [
        (640, 480, 256, (192, 256)),
        (480, 854, 256, (256, 160)),
        (480, 640, 384, (384, 288)),
        (100, 100, 256, (256, 256)),
        (1920, 1080, 256, (160, 256)),
        (3000, 20, 256, (32, 256)),
        (1, 1, 256, (256, 256)),
    ],
)
def test_both_sides_are_multiples_of_32(
    width: int, height: int, long_side: int, shape: tuple[int, int]
) -> None:
    fitted, letterbox = fit(np.zeros((height, width, 3), np.uint8), long_side)
    assert fitted.shape == (1, *shape, 3)
    assert (letterbox.height, letterbox.width) == shape


def test_the_input_is_rgb_and_padded_with_black_on_the_right_and_below() -> None:
    blue = np.zeros((480, 270, 3), np.uint8)
    blue[..., 0] = 255  # BGR
    fitted, _ = fit(blue, 256)  # 144 x 256 of picture in 160 x 256
    assert (fitted[0, :, :144] == [0, 0, 255]).all()
    assert (fitted[0, :, 144:] == 0).all()


def test_corners_come_back_as_corners() -> None:
    _, letterbox = fit(np.zeros((480, 270, 3), np.uint8), 256)
    corner = letterbox.to_picture(np.array([[144 / 160, 1.0]], np.float32))
    assert np.allclose(corner, [[270, 480]], atol=0.5)


@given(
    st.integers(20, 2000),
    st.integers(20, 2000),
    st.sampled_from([256, 384]),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_there_and_back(width: int, height: int, long_side: int, x: float, y: float) -> None:
    fitted, letterbox = fit(np.zeros((height, width, 3), np.uint8), long_side)
    assert fitted.shape[1] % STRIDE == fitted.shape[2] % STRIDE == 0
    point = np.float32([x * width, y * height])
    there = point * letterbox.scale / np.float32([letterbox.width, letterbox.height])
    assert ((there >= 0) & (there <= 1.01)).all()
    assert np.allclose(letterbox.to_picture(there), point, rtol=1e-4, atol=1e-2)
