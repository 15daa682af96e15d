"""Tracking: who is who across frames."""

from choreai_live.tracking.tracker import Tracker, TrackerSettings

__all__ = ["Tracker", "TrackerSettings"]
