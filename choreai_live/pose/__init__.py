"""Pose estimation: person detection, keypoints on crops, and their decoding."""
