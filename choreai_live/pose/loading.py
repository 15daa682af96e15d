"""The pose models, loaded once and shared by the estimators of all sources."""

from typing import Final

from choreai_live import models
from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.pose.base import PoseEstimator
from choreai_live.pose.blazepose import BlazePose
from choreai_live.pose.movenet import MoveNet, MoveNetEstimator
from choreai_live.pose.topdown import TopDownEstimator

#: What users may choose, and what it is called on the status line.
POSE_PIPELINES: Final = {"blazepose": "MoveNet + BlazePose", "movenet": "MoveNet"}

_MODELS: Final = {
    "blazepose": ("movenet_multipose", "blazepose_full"),
    "movenet": ("movenet_multipose",),
}


def model_names(pipeline: str) -> tuple[str, ...]:
    """Return the names, in the catalogue, of the models of a pose pipeline.

    Raises
    ------
    ModelError
        If the pipeline is not one of :data:`POSE_PIPELINES`.
    """
    if pipeline not in POSE_PIPELINES:
        raise ModelError(
            f"Unknown pose pipeline '{pipeline}': choose one of {', '.join(POSE_PIPELINES)}."
        )
    return _MODELS[pipeline]


class PoseModels:
    """The sessions of one pose pipeline, safe to use from several threads.

    Parameters
    ----------
    name
        One of :data:`POSE_PIPELINES`.
    provider
        ``"auto"`` or a name of :data:`choreai_live.inference.PROVIDERS`.
    threads
        Threads of one operator; 1 where several processes share the cores.

    Attributes
    ----------
    name, description : str
        What was chosen, and its name for the status line.
    provider : str
        Where the models really run, read back from the sessions.
    notices : list of str
        One sentence for each model that does not run where it was asked to.

    Raises
    ------
    ModelError
        If ``name`` is unknown, or a model file is missing, changed or of the wrong kind.
    ProviderError
        If the execution provider asked for cannot be used.
    """

    def __init__(self, name: str = "blazepose", provider: str = "auto", threads: int = 2) -> None:
        paths = [models.locate(model) for model in model_names(name)]
        self.name = name
        self.description = POSE_PIPELINES[name]
        sessions = [Session(path, provider, threads) for path in paths]
        self._movenet = MoveNet(sessions[0])
        self._blazepose = BlazePose(sessions[1]) if len(sessions) > 1 else None
        self.provider = ", ".join(dict.fromkeys(session.provider for session in sessions))
        self.notices = list(dict.fromkeys(session.notice for session in sessions if session.notice))

    def estimator(self) -> PoseEstimator:
        """Return an estimator of its own for one source."""
        if self._blazepose is None:
            return MoveNetEstimator(self._movenet)
        return TopDownEstimator(self._movenet, self._blazepose)
