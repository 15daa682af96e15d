"""Poses that were estimated before: a source that enters after pose, without its pictures.

Reads the results of AlphaPose and follows the dancers in them: by the ids they
carry, or else by tracking. Classifying and extracting both begin here.
"""

from choreai_live.recorded.alphapose import read_results
from choreai_live.recorded.following import Followed, follow
from choreai_live.recorded.poses import PosedFrame, RecordedPoses

__all__ = ["Followed", "PosedFrame", "RecordedPoses", "follow", "read_results"]
