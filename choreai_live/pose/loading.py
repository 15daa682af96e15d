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


class PoseModels:
    """The sessions of one pose pipeline, safe to use from several threads.

    Parameters
    ----------
    name
        One of :data:`POSE_PIPELINES`.
    provider
        ``"auto"`` or a name of :data:`choreai_live.inference.PROVIDERS`.

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

    def __init__(self, name: str = "blazepose", provider: str = "auto") -> None:
        if name not in POSE_PIPELINES:
            raise ModelError(
                f"Unknown pose pipeline '{name}': choose one of {', '.join(POSE_PIPELINES)}."
            )
        self.name = name
        self.description = POSE_PIPELINES[name]
        sessions = [Session(models.locate("movenet_multipose"), provider)]
        self._movenet = MoveNet(sessions[0])
        self._blazepose: BlazePose | None = None
        if name == "blazepose":
            sessions.append(Session(models.locate("blazepose_full"), provider))
            self._blazepose = BlazePose(sessions[1])
        self.provider = ", ".join(dict.fromkeys(session.provider for session in sessions))
        self.notices = list(dict.fromkeys(session.notice for session in sessions if session.notice))

    def estimator(self) -> PoseEstimator:
        """Return an estimator of its own for one source."""
        if self._blazepose is None:
            return MoveNetEstimator(self._movenet)
        return TopDownEstimator(self._movenet, self._blazepose)
