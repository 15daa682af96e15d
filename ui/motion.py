"""Dancers between two snapshots, so that skeletons glide instead of hopping.

A screen draws 60 times a second, most sources come 30 times or fewer. Over the
picture a skeleton must lie where the picture shows the body, so there it only takes
the hop's edge off: it starts half-way and has arrived two drawings later, never
farther from the body than a limb is thick. Without a picture there is nothing to
come apart from, and figures move through the whole time between two snapshots.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp
from typing import Final

import numpy as np

from choreai_live.messages import Floats, Pose, Track

#: Faster sources than this, frames a second, need no help.
_FAST_ENOUGH: Final = 45.0
#: After a longer pause, seconds, nobody knows what was in between.
_LONGEST: Final = 0.25
#: Over the picture: the share of the way that is left at once, seconds for the rest,
#: as a share of the time between snapshots and at most, and how far a joint may be from
#: the body, as a share of the dancer's height.
_AT_ONCE: Final = 0.5
_CATCH_UP: Final = 0.5
_CATCH_UP_SECONDS: Final = 0.04
_APART: Final = 0.03
#: A dancer who is farther off than this share of the height jumped in the data, not in life.
_JUMP: Final = 0.5
#: Seconds before and after its time in which a snapshot is to be expected.
_PUNCTUAL: Final = 0.008
#: Seconds in which a changed score has mostly shown: joints fade, they do not flicker.
_SETTLING: Final = 0.1


class Motion:
    """What to draw of the dancers at any moment between the last two snapshots.

    A dancer who is not in both snapshots, or was not seen in the newer one, is drawn as
    the newer one says: nobody is moved to where nobody was seen.

    Parameters
    ----------
    over_picture
        Whether the dancers are drawn over the picture they were seen in.
    """

    def __init__(self, *, over_picture: bool = True) -> None:
        self._over_picture = over_picture
        self._newest: tuple[Track, ...] = ()
        self._from: dict[int, Track] = {}
        self._time: float | None = None
        self._connection = 0
        self._begun = 0.0
        self._lasts = 0.0
        self._next = 0.0

    def forget(self) -> None:
        """Start anew, as with another source."""
        self._newest, self._from, self._time = (), {}, None

    def arrive(self) -> None:
        """Draw the newest snapshot as it is: nothing is drawn on the way to it."""
        self._from = {}

    def show(
        self, tracks: Sequence[Track], time: float, now: float, *, connection: int = 0
    ) -> None:
        """Take the dancers of the next snapshot.

        Parameters
        ----------
        tracks
            Everyone in it.
        time
            Of its frame, seconds on the source's clock.
        now
            Seconds on the clock that drawing goes by.
        connection
            Of its frame.
        """
        passed = 0.0 if self._time is None else time - self._time
        follows = 0.0 < passed <= _LONGEST and connection == self._connection
        before = {track.id: track for track in self.tracks(now)} if follows else {}
        self._time, self._connection, self._begun = time, connection, now
        self._next = now + passed
        if not follows:
            self._newest, self._from = tuple(tracks), {}
            return
        settled = 1.0 - exp(-passed / _SETTLING)
        self._newest = tuple(_eased(track, before.get(track.id), settled) for track in tracks)
        self._from = {}
        if passed > 1.0 / _FAST_ENOUGH:
            self._from = {
                track.id: before[track.id]
                for track in self._newest
                if track.id in before and _same_motion(before[track.id], track)
            }
        catch_up = min(_CATCH_UP * passed, _CATCH_UP_SECONDS)
        self._lasts = catch_up if self._over_picture else passed

    def moving(self, now: float) -> bool:
        """Return whether there is still a way to go at `now` seconds."""
        return bool(self._from) and now < self._begun + self._lasts

    def awaits(self, now: float) -> bool:
        """Return whether the next snapshot is due about now, so that drawing may wait for it."""
        return -_PUNCTUAL <= now - self._next <= _PUNCTUAL

    def tracks(self, now: float) -> tuple[Track, ...]:
        """Return the dancers as they are to be drawn at `now` seconds."""
        if not self.moving(now):
            return self._newest
        share = min(max((now - self._begun) / self._lasts, 0.0), 1.0)
        if self._over_picture:
            share = _AT_ONCE + (1.0 - _AT_ONCE) * share
        return tuple(
            self._between(self._from[track.id], track, share) if track.id in self._from else track
            for track in self._newest
        )

    def _between(self, before: Track, after: Track, share: float) -> Track:
        new, left = after.pose, np.float32(1.0 - share)
        behind = (before.pose.keypoints - new.keypoints) * left
        if self._over_picture:
            far = _APART * max(float(new.box[3] - new.box[1]), 1.0)
            away = np.hypot(behind[:, 0], behind[:, 1])
            behind *= (far / np.maximum(away, far)).astype(np.float32)[:, None]
        return replace(
            after,
            pose=Pose(
                new.keypoints + behind,
                _mixed(new.scores, before.pose.scores, left),
                _mixed(new.box, before.pose.box, left),
                new.score,
            ),
        )


def _mixed(new: Floats, old: Floats, left: np.float32) -> Floats:
    return np.asarray(new + (old - new) * left, np.float32)


def _eased(track: Track, before: Track | None, settled: float) -> Track:
    """Return the dancer with scores on their way from what was drawn before."""
    if before is None or track.missed or before.missed:
        return track
    pose = track.pose
    scores = _mixed(pose.scores, before.pose.scores, np.float32(1.0 - settled))
    return replace(track, pose=replace(pose, scores=scores))


def _same_motion(before: Track, after: Track) -> bool:
    """Return whether a dancer was seen both times, near enough to have moved in between."""
    if before.missed or after.missed:
        return False
    away = after.pose.keypoints - before.pose.keypoints
    height = float(after.pose.box[3] - after.pose.box[1])
    return float(np.median(np.hypot(away[:, 0], away[:, 1]))) < _JUMP * max(height, 1.0)
