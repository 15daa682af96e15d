"""Style: from the tracked poses of each dancer to a readout people can trust.

Knows nothing of images. Time drives everything: poses are resampled onto the
model's own rate (:mod:`~choreai_live.style.buffer`), one streaming LSTM step
serves all dancers as one batch (:mod:`~choreai_live.style.classifier`), and
what is shown is smoothed, slow to change its mind and not afraid to say
*not sure* (:mod:`~choreai_live.style.smoothing`).
"""

from choreai_live.style.classifier import StyleClassifier
from choreai_live.style.model import StyleModel
from choreai_live.style.smoothing import ReadoutSettings
from choreai_live.style.timeline import Segment, StyleTimeline

__all__ = ["ReadoutSettings", "Segment", "StyleClassifier", "StyleModel", "StyleTimeline"]
