"""Makes small videos whose frames can be told apart by eye and by machine."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from choreai_live.demo import DemoScene, SceneSettings


def picture(number: int, width: int, height: int) -> np.ndarray:
    """Return uint8 (height, width, 3), BGR: grey that brightens with each number.

    The upper left quarter is red, so that up and left can be found again.
    """
    image = np.full((height, width, 3), 30 + 8 * (number % 25), np.uint8)
    image[: height // 2, : width // 2] = (20, 20, 230)
    return image


def number_of(image: np.ndarray) -> int:
    """Return the number (modulo 25) of a picture, upright or not, after any codec."""
    height, width = image.shape[:2]
    quarters = [
        image[y : y + height // 4, x : x + width // 4].astype(float)
        for y in (height // 8, height * 5 // 8)
        for x in (width // 8, width * 5 // 8)
    ]
    level = np.median([quarter[..., 1].mean() for quarter in quarters])
    return round((level - 30) / 8)


def red_quarter(image: np.ndarray) -> str:
    """Return where the red quarter of a picture is, as ``"upper left"``."""
    height, width = image.shape[:2]
    redness = image[..., 2].astype(int) - image[..., 0]
    y, x = (half.mean() for half in np.nonzero(redness > 100))
    return f"{'upper' if y < height / 2 else 'lower'} {'left' if x < width / 2 else 'right'}"


def dancer(number: int, width: int, height: int) -> np.ndarray:
    """Return uint8 (height, width, 3), BGR: the demo dancer, 25 pictures a second."""
    return DemoScene(SceneSettings(width=width, height=height)).render(number / 25)


def write_clip(
    path: Path,
    *,
    count: int = 20,
    width: int = 64,
    height: int = 48,
    rate: int = 25,
    times: Sequence[float] | None = None,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    pixel_shape: Fraction = Fraction(1),
    paint: Callable[[int, int, int], np.ndarray] = picture,
) -> Path:
    """Write numbered pictures as a video and return its path.

    Parameters
    ----------
    path
        Its suffix decides the container.
    times
        Presentation time of each picture, seconds, for a variable frame rate.
    codec, pixels, options, container_options
        As FFmpeg calls them. H.264 is written as baseline, which any RTSP
        server can serve, with a key frame every ten pictures.
    pixel_shape
        Width of a pixel over its height.
    paint
        From number, width and height to a picture, when another is wanted.
    """
    if options is None and codec == "libx264" and pixels == "yuv420p":
        options = {"profile": "baseline", "preset": "ultrafast"}
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=rate, options=options or {})
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        stream.gop_size = 10
        stream.codec_context.sample_aspect_ratio = pixel_shape
        tick = Fraction(1, 1000 if times else rate)
        stream.codec_context.time_base = tick
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(paint(number, width, height), "bgr24")
            frame = frame.reformat(format=pixels)
            time = times[number] if times else number / rate
            frame.pts, frame.time_base = round(time / tick), tick
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
