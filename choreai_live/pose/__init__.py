"""Pose estimation: person detection, keypoints on crops, and their decoding."""

from choreai_live.pose.base import MAX_PEOPLE, PoseEstimator
from choreai_live.pose.loading import POSE_PIPELINES, PoseModels, model_hashes

__all__ = ["MAX_PEOPLE", "POSE_PIPELINES", "PoseEstimator", "PoseModels", "model_hashes"]
