"""What was danced in a session, as the program said while it was recorded."""

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic
from typing import Final

import numpy as np

from choreai_live.classification import ClassificationReport, Seen, source_report
from choreai_live.messages import Frame, Snapshot
from choreai_live.outputs import SeenPoses
from choreai_live.session.reading import RecordedSession
from choreai_live.style import StyleTimeline

_NO_PICTURE: Final = np.empty((0, 0, 3), np.uint8)


def recorded_snapshots(session: RecordedSession) -> Iterator[Snapshot]:
    """Yield the snapshots of a session as they were recorded, their pictures left out.

    Raises
    ------
    SourceError
        If what is there is damaged.
    """
    for part in session.parts:
        for row, tracks, readouts in session.frames_of(part):
            frame = Frame(_NO_PICTURE, row.time, row.source_index, monotonic(), row.connection)
            yield Snapshot(frame, tracks, readouts)


def session_report(session: RecordedSession, poses: SeenPoses) -> ClassificationReport:
    """Return the report of a session; its times begin with the first frame.

    Parameters
    ----------
    session
        An opened session.
    poses
        Takes in who was seen.

    Raises
    ------
    SourceError
        If what is there is damaged.
    """
    about = session.about
    timeline = StyleTimeline(about.labels)
    seen = Seen()
    for snapshot in recorded_snapshots(session):
        poses.note(snapshot)
        time = snapshot.frame.time - session.begin
        seen.note(replace(snapshot, frame=replace(snapshot.frame, time=time)))
        timeline.record(snapshot.readouts, time)
    return ClassificationReport(
        pose=about.pose,
        style_version=about.style_version,
        labels=about.labels,
        unsure_labels=about.unsure_labels,
        sources=(source_report(about.source, session, timeline, seen),),
    )
