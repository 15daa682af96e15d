"""ONNX Runtime sessions: opened one way, and honest about where they run.

``style`` and ``pose`` both run ONNX models; this is the one place that knows
how a session is opened, which execution provider it got, and how it falls back.
"""

from choreai_live.inference.precision import PRECISIONS
from choreai_live.inference.providers import (
    PROVIDERS,
    available_providers,
    installation_notice,
)
from choreai_live.inference.session import Session, usual_threads

__all__ = [
    "PRECISIONS",
    "PROVIDERS",
    "Session",
    "available_providers",
    "installation_notice",
    "usual_threads",
]
