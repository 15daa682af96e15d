"""What a dance was made of: shares, the longest streak, how often the style changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from choreai_live.style.timeline import Segment, StyleTimeline

#: Seconds between two segments that still touch: times are sums of floats.
_TOUCHING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Streak:
    """Seconds of the source's clock through which one style stood without a break."""

    label: str
    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it was."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Dance:
    """What one dancer danced.

    Parameters
    ----------
    id
        The dancer's number in the source.
    segments
        In order of time, without overlap; gaps are absences.
    seconds
        Label (None: not sure) to the time danced, most first.
    longest
        The longest time one style stood; None where none ever did.
    changes
        How often a style gave way to another one. A while of *not sure* or out
        of sight between two stretches of one style is no change.
    """

    id: int
    segments: tuple[Segment, ...]
    seconds: Mapping[str | None, float]
    longest: Streak | None
    changes: int

    @property
    def total(self) -> float:
        """Seconds the dancer was read, absences left out."""
        return sum(self.seconds.values())

    @property
    def shares(self) -> dict[str | None, float]:
        """Label (None: not sure) to its part of the time, 0 to 1, most first; empty for no time."""
        total = self.total
        return {label: part / total for label, part in self.seconds.items()} if total else {}

    @property
    def mostly(self) -> str | None:
        """The style danced longest; None where none ever stood."""
        return next((label for label in self.seconds if label is not None), None)


@dataclass(frozen=True, slots=True)
class Choreography:
    """What everybody danced.

    Parameters
    ----------
    start, end
        Of the whole, seconds on the source's own clock.
    dances
        One per dancer there is something to tell of, who was seen longest first.
    """

    start: float = 0.0
    end: float = 0.0
    dances: tuple[Dance, ...] = ()

    @property
    def duration(self) -> float:
        """Seconds from the first segment's start to the last one's end."""
        return self.end - self.start


def choreography(timeline: StyleTimeline, since: float | None = None) -> Choreography:
    """Return what was danced, as far as a timeline remembers it.

    Parameters
    ----------
    timeline
        Of the source.
    since
        What was danced before, seconds on the source's clock, is left out; None for all.
    """
    return choreography_of({id_: timeline.segments(id_) for id_ in timeline.dancers}, since)


def choreography_of(
    segments: Mapping[int, Sequence[Segment]], since: float | None = None
) -> Choreography:
    """Return what was danced in these segments.

    Parameters
    ----------
    segments
        Dancer to segments in order of time, without overlap.
    since
        What was danced before, in seconds, is left out; None for all.
    """
    dances = []
    for id_, all_of_them in segments.items():
        kept = tuple(_after(all_of_them, since))
        if kept:
            dances.append(_dance(id_, kept))
    if not dances:
        return Choreography()
    return Choreography(
        start=min(dance.segments[0].start for dance in dances),
        end=max(dance.segments[-1].end for dance in dances),
        dances=tuple(sorted(dances, key=lambda dance: (-dance.total, dance.id))),
    )


def _after(segments: Sequence[Segment], since: float | None) -> list[Segment]:
    kept = [segment for segment in segments if segment.end > segment.start]
    if since is None:
        return kept
    return [
        replace(segment, start=max(segment.start, since)) for segment in kept if segment.end > since
    ]


def _dance(id_: int, segments: tuple[Segment, ...]) -> Dance:
    seconds: dict[str | None, float] = {}
    for segment in segments:
        seconds[segment.label] = seconds.get(segment.label, 0.0) + segment.end - segment.start
    sure = [segment.label for segment in segments if segment.label is not None]
    return Dance(
        id=id_,
        segments=segments,
        seconds=dict(sorted(seconds.items(), key=lambda item: -item[1])),
        longest=max(_streaks(segments), key=lambda streak: streak.seconds, default=None),
        changes=sum(before != after for before, after in pairwise(sure)),
    )


def _streaks(segments: Sequence[Segment]) -> list[Streak]:
    """Return the stretches of every style, joined where they touch."""
    streaks: list[Streak] = []
    for segment in segments:
        if segment.label is None:
            continue
        last = streaks[-1] if streaks else None
        if last and last.label == segment.label and segment.start - last.end <= _TOUCHING:
            streaks[-1] = replace(last, end=segment.end)
        else:
            streaks.append(Streak(segment.label, segment.start, segment.end))
    return streaks
