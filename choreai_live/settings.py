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
        The pose pipeline, as :class:`choreai_live.pose.PoseModels` takes it.
    provider
        ``"auto"`` or a name of :data:`choreai_live.inference.PROVIDERS`.
    precision
        One of :data:`choreai_live.inference.PRECISIONS`.
    threads
        Threads of one operator on the CPU; None for as many as suit the cores.
    style_model
        A style model file of the user's own; None for the shipped one.
    taught_styles
        Folder of the styles the user taught; None for the user's own data folder.
    ready_made_styles
        Whether the taught styles that came with the program are recognised, too.
    """

    pose: str = "blazepose"
    provider: str = "auto"
    precision: str = "fp32"
    threads: int | None = None
    style_model: Path | None = None
    taught_styles: Path | None = None
    ready_made_styles: bool = True
