"""Following the dancers of a recording: by the ids it carries, or by tracking."""

from collections.abc import Iterator
from dataclasses import dataclass

from choreai_live.messages import Track
from choreai_live.recorded.poses import RecordedPoses
from choreai_live.tracking import KnownTracks, Tracker


@dataclass(frozen=True, slots=True)
class Followed:
    """The dancers in one picture.

    Parameters
    ----------
    number
        Of the picture in its video.
    time
        Seconds into the video.
    tracks
        The dancers, those out of sight for a moment (``missed > 0``) included.
    """

    number: int
    time: float
    tracks: list[Track]


def follow(recording: RecordedPoses, fps: float, tracker: Tracker) -> Iterator[Followed]:
    """Yield the dancers of every picture, from the first with people to the last.

    Pictures without people are among them: time goes on there, as it does in
    the video.

    Parameters
    ----------
    recording
        Who was seen.
    fps
        Pictures per second, counted as the recording numbers them.
    tracker
        Says who is who where the recording does not.
    """
    known = KnownTracks(tracker.settings.lost_after) if recording.tracked else None
    for picture in recording.pictures():
        time = (picture.number - recording.origin) / fps
        if known is None or picture.dancers is None:
            tracks = tracker.update(picture.poses, time)
        else:
            tracks = known.update(picture.poses, picture.dancers, time)
        yield Followed(picture.number, time, tracks)
