"""Tracking: who is who across frames."""
