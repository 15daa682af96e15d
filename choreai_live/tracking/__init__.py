"""Tracking: who is who across frames."""

from choreai_live.tracking.known import KnownTracks
from choreai_live.tracking.tracker import Tracker, TrackerSettings

__all__ = ["KnownTracks", "Tracker", "TrackerSettings"]
