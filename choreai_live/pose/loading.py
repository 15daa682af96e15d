"""The pose models, loaded once and shared by the estimators of all sources."""

from collections.abc import Callable
from typing import Final

from choreai_live import models
from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.models.added import AddedModel, added_models, find_added
from choreai_live.pose.alphapose import AlphaPose
from choreai_live.pose.alphapose_estimator import AlphaPoseEstimator
from choreai_live.pose.base import PoseEstimator
from choreai_live.pose.blazepose import BlazePose
from choreai_live.pose.movenet import MoveNet, MoveNetEstimator
from choreai_live.pose.people import MoveNetDetector
from choreai_live.pose.topdown import TopDownEstimator
from choreai_live.pose.warming import warm_up
from choreai_live.pose.yolox import YoloxDetector

#: What users may choose, and what it is called on the status line.
POSE_PIPELINES: Final = {
    "blazepose": "MoveNet + BlazePose",
    "movenet": "MoveNet",
    "alphapose": "MoveNet + AlphaPose",
}

_MOVENET: Final = "movenet_multipose"
_BLAZEPOSE: Final = "blazepose_full"

#: What AlphaPose is called with a person detector that the user added.
_WITH_YOLOX: Final = "YOLOX + AlphaPose"


def model_hashes(pipeline: str) -> dict[str, str]:
    """Return the sha256 of each model that a pose pipeline would use now, by what it is.

    Raises
    ------
    ModelError
        If there is no such pipeline, or it needs a model that was not added.
    """
    shipped, added = _parts(pipeline)
    hashes = {entry.name: entry.sha256 for entry in models.catalog()}
    return {
        **{name: hashes[name] for name in shipped},
        **{model.kind: model.sha256 for model in added},
    }


class PoseModels:
    """The sessions of one pose pipeline, safe to use from several threads.

    Parameters
    ----------
    name
        One of :data:`POSE_PIPELINES`. ``alphapose`` takes the AlphaPose model
        added last, ``alphapose:NAME`` the one of that name; people are found
        by the YOLOX model added last, or by MoveNet if none was.
    provider
        ``"auto"`` or a name of :data:`choreai_live.inference.PROVIDERS`.
    threads
        Threads of one operator; 1 where several processes share the cores,
        None for as many as suit the cores there are.
    precision
        One of :data:`choreai_live.inference.PRECISIONS`.

    Attributes
    ----------
    name, description : str
        What was chosen, and its name for the status line.

    Raises
    ------
    ModelError
        If ``name`` is unknown, or a model was not added, or its file is
        missing, changed or of the wrong kind.
    ProviderError
        If the execution provider asked for cannot be used.
    """

    def __init__(
        self,
        name: str = "blazepose",
        provider: str = "auto",
        threads: int | None = None,
        precision: str = "fp32",
    ) -> None:
        shipped, added = _parts(name)
        paths = {model: models.locate(model) for model in shipped}
        paths |= {model.kind: model.path for model in added}
        sessions = {
            model: Session(path, provider, threads, precision) for model, path in paths.items()
        }
        warm_up(sessions.values())
        self.name = name
        self.description = _description(name, added)
        self._new_estimator = _estimators(sessions)
        self._sessions = tuple(sessions.values())

    @property
    def provider(self) -> str:
        """Where the models really run now, read back from the sessions."""
        return ", ".join(dict.fromkeys(each.provider for each in self._sessions))

    @property
    def precision(self) -> str:
        """What the models really compute in now."""
        return ", ".join(dict.fromkeys(each.precision for each in self._sessions))

    @property
    def notices(self) -> list[str]:
        """One sentence for each model that does not run, or no longer, where it was asked to."""
        return list(dict.fromkeys(each.notice for each in self._sessions if each.notice))

    def estimator(self) -> PoseEstimator:
        """Return an estimator of its own for one source."""
        return self._new_estimator()


def _parts(pipeline: str) -> tuple[list[str], list[AddedModel]]:
    """Return the names of the shipped models of a pipeline, and the added ones."""
    family, colon, chosen = pipeline.partition(":")
    if family == "alphapose":
        alphapose = find_added("alphapose", chosen or None)
        if any(model.kind == "yolox" for model in added_models()):
            return [], [find_added("yolox"), alphapose]
        return [_MOVENET], [alphapose]
    if colon or family not in POSE_PIPELINES:
        raise ModelError(
            f"Unknown pose pipeline '{pipeline}': choose one of {', '.join(POSE_PIPELINES)}."
        )
    return [_MOVENET, _BLAZEPOSE] if family == "blazepose" else [_MOVENET], []


def _description(pipeline: str, added: list[AddedModel]) -> str:
    if not added:
        return POSE_PIPELINES[pipeline]
    alphapose = added[-1]
    called = _WITH_YOLOX if len(added) > 1 else POSE_PIPELINES[alphapose.kind]
    return f"{called} ({alphapose.name})"


def _estimators(sessions: dict[str, Session]) -> Callable[[], PoseEstimator]:
    """Return what makes an estimator with the models in ``sessions``, by what each is."""
    if "yolox" in sessions:
        yolox, alphapose = YoloxDetector(sessions["yolox"]), AlphaPose(sessions["alphapose"])
        return lambda: AlphaPoseEstimator(yolox, alphapose)
    movenet = MoveNet(sessions[_MOVENET])
    if "alphapose" in sessions:
        alphapose = AlphaPose(sessions["alphapose"])
        return lambda: AlphaPoseEstimator(MoveNetDetector(movenet), alphapose)
    if _BLAZEPOSE in sessions:
        blazepose = BlazePose(sessions[_BLAZEPOSE])
        return lambda: TopDownEstimator(movenet, blazepose)
    return lambda: MoveNetEstimator(movenet)
