"""The shipped models, and someone dancing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pytest

from choreai_live import models
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.inference import Session
from choreai_live.pose.blazepose import BlazePose
from choreai_live.pose.movenet import MoveNet


class SpySession(Session):
    """A real session that remembers what it was fed."""

    def __init__(self, path: Path, provider: str) -> None:
        super().__init__(path, provider)
        self.feeds: list[Mapping[str, npt.NDArray[Any]]] = []

    def run(
        self, outputs: Sequence[str], feeds: Mapping[str, npt.NDArray[Any]]
    ) -> list[npt.NDArray[Any]]:
        """Remember, then run."""
        self.feeds.append(dict(feeds))
        return super().run(outputs, feeds)


@pytest.fixture(scope="session")
def movenet_session() -> SpySession:
    return SpySession(models.locate("movenet_multipose"), "cpu")


@pytest.fixture(scope="session")
def blazepose_session() -> SpySession:
    return SpySession(models.locate("blazepose_full"), "cpu")


@pytest.fixture(scope="session")
def movenet(movenet_session: SpySession) -> MoveNet:
    return MoveNet(movenet_session)


@pytest.fixture(scope="session")
def blazepose(blazepose_session: SpySession) -> BlazePose:
    return BlazePose(blazepose_session)


@pytest.fixture(scope="session")
def scene() -> DemoScene:
    """Return one dancer, rendered, with known joints."""
    return DemoScene(SceneSettings(seed=1))
