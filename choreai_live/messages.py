"""What crosses the walls between the rooms.

Small frozen dataclasses around numpy arrays, checked once, where they are
made; nobody downstream checks again. Arrays are shared, not copied: treat
them as read-only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from choreai_live.skeleton import KEYPOINT_COUNT

Image = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


def _require_shape(
    what: str, array: npt.NDArray[Any], shape: tuple[int | None, ...], dtype: type
) -> None:
    fits = len(array.shape) == len(shape) and all(
        want is None or have == want for have, want in zip(array.shape, shape, strict=True)
    )
    if not fits or array.dtype != dtype:
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise ValueError(
            f"{what} must be {np.dtype(dtype).name} ({wanted}), "
            f"got {array.dtype.name} {array.shape}"
        )


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """One picture of a source.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR; 0 by 0 where poses were recorded without it.
    time
        Seconds on the source's own clock: capture time since opening for live
        sources, presentation time for files.
    index
        Number of the frame in the source, counting dropped ones.
    captured
        ``time.monotonic()`` at which the picture became available, seconds;
        latency is measured from here.
    connection
        Number of the connection it came over, 0 for the first: what was known of the
        dancers does not hold for the frames of another one.
    tracks
        Who was seen in it, where that was recorded with it; None where it is to be found out.
    memory
        What the style classifier remembered once it had seen it, where recording began
        with it; see :meth:`choreai_live.style.StyleClassifier.memory`.

    Raises
    ------
    ValueError
        If ``image`` has another shape or type.
    """

    image: Image
    time: float
    index: int
    captured: float
    connection: int = 0
    tracks: "tuple[Track, ...] | None" = None
    memory: bytes | None = None

    def __post_init__(self) -> None:
        """Check the picture once."""
        _require_shape("Frame.image", self.image, (None, None, 3), np.uint8)


@dataclass(frozen=True, eq=False, slots=True)
class Pose:
    """One person as the pose estimator sees them in one frame.

    Parameters
    ----------
    keypoints
        float32 (keypoints=17, space=2): x, y in pixels of the frame, COCO-17 order.
    scores
        float32 (keypoints=17,), 0 to 1: how likely each keypoint is visible and right.
    box
        float32 (4,): x1, y1, x2, y2 in pixels of the frame.
    score
        0 to 1: how likely this is a person at all.

    Raises
    ------
    ValueError
        If an array has another shape or type.
    """

    keypoints: Floats
    scores: Floats
    box: Floats
    score: float

    def __post_init__(self) -> None:
        """Check the arrays once."""
        _require_shape("Pose.keypoints", self.keypoints, (KEYPOINT_COUNT, 2), np.float32)
        _require_shape("Pose.scores", self.scores, (KEYPOINT_COUNT,), np.float32)
        _require_shape("Pose.box", self.box, (4,), np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class Track:
    """One dancer followed across frames.

    Parameters
    ----------
    id
        Starts at 1; never reused in a session.
    pose
        The last pose that was really seen; never an invented one.
    age
        Frames since the track began.
    missed
        Frames since the pose was seen; 0 means seen in this very frame.
    """

    id: int
    pose: Pose
    age: int
    missed: int


@dataclass(frozen=True, eq=False, slots=True)
class Readout:
    """What one dancer is dancing, as shown to people.

    Parameters
    ----------
    probabilities
        float32 (classes,), smoothed and calibrated, summing to 1, in the
        order of the style model's labels.
    label
        The style, or None for *not sure*.
    confidence
        0 to 1: the probability of ``label``, or of the likeliest class when
        not sure.
    since
        Seconds on the source's clock since which ``label`` has stood.
    finer
        A taught move or sub-style of ``label``, where one is recognised.
    taught
        The likeliest taught styles with their probabilities, 0 to 1, likeliest first;
        empty where nothing was taught. ``label`` may be one of them.
    """

    probabilities: Floats
    label: str | None
    confidence: float
    since: float
    finer: str | None = None
    taught: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        """Check the probabilities once."""
        _require_shape("Readout.probabilities", self.probabilities, (None,), np.float32)

    @property
    def words(self) -> str | None:
        """The style with its finer name: ``"afrobeat · gwara"``; None for *not sure*."""
        return style_words(self.label, self.finer)


def style_words(label: str | None, finer: str | None) -> str | None:
    """Return a label with the finer name within it, where there is one."""
    return f"{label} · {finer}" if label is not None and finer else label


@dataclass(frozen=True, eq=False, slots=True)
class Snapshot:
    """Everything known about one frame: the one object that sinks receive.

    Parameters
    ----------
    frame
        The picture it is about.
    tracks
        The dancers, those out of sight for a moment (``missed > 0``) included.
    readouts
        Track id to readout, for tracks the style model has an opinion on.
    timings
        Stage name to milliseconds: ``pose``, ``tracking``, ``style`` and
        ``latency`` (from the moment of capture to this snapshot).
    """

    frame: Frame
    tracks: tuple[Track, ...] = ()
    readouts: Mapping[int, Readout] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
