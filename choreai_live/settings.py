"""What the user chooses before anything is loaded.

Kept apart from the pipeline so that the window can be on screen before the
models and the libraries that run them are imported.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What to load and where to run it.

    Parameters
    ----------
    pose
        Name of the pose pipeline, see :class:`choreai_live.pose.PoseModels`.
    provider
        ``"auto"`` or a name of :data:`choreai_live.inference.PROVIDERS`.
    style_model
        A style model file of the user's own; None for the shipped one.
    """

    pose: str = "blazepose"
    provider: str = "auto"
    style_model: Path | None = None
