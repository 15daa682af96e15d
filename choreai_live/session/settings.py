"""What the user chooses of a recording, and what a recording tells of itself."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from choreai_live.capture import Source
    from choreai_live.configuration.sections import RecordingSection
    from choreai_live.pipeline import Engine

#: Bytes that stay free on the disk unless the user says otherwise.
FLOOR_BYTES: Final = 500_000_000
#: Seconds after which a new part begins unless the user says otherwise.
SPLIT_SECONDS: Final = 15 * 60.0
#: No part is longer, seconds: the index of a video is kept in memory until its end.
LONGEST_PART: Final = 60 * 60.0


@dataclass(frozen=True, slots=True)
class RecordingSettings:
    """What is kept, and how it is cut up.

    Parameters
    ----------
    video
        Whether pictures are kept beside the skeletons.
    overlay
        Whether skeletons and styles are drawn into the pictures.
    privacy
        Whether the pictures are dark ones that show skeletons only; what the camera
        saw is never written then.
    split_seconds
        A new part begins after so long; None for after :data:`LONGEST_PART`.
    split_bytes
        A new part begins once the present one is so large; None for any size.
    floor_bytes
        Recording stops once less than this is free on the disk.

    Raises
    ------
    ValueError
        If a part would have no length, or the floor is below 0.
    """

    video: bool = True
    overlay: bool = False
    privacy: bool = False
    split_seconds: float | None = SPLIT_SECONDS
    split_bytes: int | None = None
    floor_bytes: int = FLOOR_BYTES

    def __post_init__(self) -> None:
        """Check what would make the recording nonsense."""
        if self.split_seconds is not None and self.split_seconds <= 0:
            raise ValueError(f"split_seconds must be above 0, got {self.split_seconds}")
        if self.split_bytes is not None and self.split_bytes <= 0:
            raise ValueError(f"split_bytes must be above 0, got {self.split_bytes}")
        if self.floor_bytes < 0:
            raise ValueError(f"floor_bytes must not be negative, got {self.floor_bytes}")

    @classmethod
    def configured(cls, section: "RecordingSection", *, privacy: bool = False) -> Self:
        """Return what the settings file says, with pictures of skeletons only if asked."""
        return cls(
            video=section.video,
            overlay=section.overlay,
            privacy=privacy,
            split_seconds=section.split_seconds,
            split_bytes=section.split_bytes,
            floor_bytes=section.floor_bytes,
        )

    @property
    def longest_part(self) -> float:
        """Seconds after which a new part begins."""
        return min(self.split_seconds or LONGEST_PART, LONGEST_PART)


@dataclass(frozen=True, slots=True)
class SessionAbout:
    """Where a session came from and what read it.

    Parameters
    ----------
    source
        What was watched; credentials in it are masked before they are written.
    labels, unsure_labels
        The classes of the style model, in the order of the probabilities, and those
        of them that are shown as *not sure*.
    style_version, style_sha256
        What the style model says of itself, and the sum of its file.
    pose
        Name of the pose pipeline.
    rate
        Nominal frames per second of the source, if known.
    """

    source: str
    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...] = ()
    style_version: str = ""
    style_sha256: str = ""
    pose: str = ""
    rate: float | None = None

    @classmethod
    def of(cls, engine: "Engine", source: "Source") -> "SessionAbout":
        """Return what is to be told of a source read with these models."""
        model = engine.style_model
        return cls(
            source=source.name,
            labels=tuple(model.labels),
            unsure_labels=tuple(label for label in model.labels if label in model.unsure_labels),
            style_version=model.version,
            style_sha256=sha256_of(model.path),
            pose=engine.pose_models.name,
            rate=source.rate,
        )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
