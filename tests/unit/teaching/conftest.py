"""The shipped style model, and an empty library to teach it with."""

import shutil
from pathlib import Path

import pytest
from taught_dances import take_of

from choreai_live import models
from choreai_live.style.model import StyleModel
from choreai_live.teaching import Library


@pytest.fixture(scope="session")
def model() -> StyleModel:
    """Return the shipped style model, which can be taught."""
    return StyleModel(models.locate("style"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where styles are kept; not made yet."""
    return tmp_path / "mine" / "styles"


@pytest.fixture
def library(model: StyleModel, folder: Path) -> Library:
    """Return a library in which nothing is taught."""
    return Library(model, folder, ready_made=False)


@pytest.fixture(scope="session")
def _two(model: StyleModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two") / "styles"
    library = Library(model, folder, ready_made=False)
    library.teach("Shuffle", [take_of("hiphop")], provenance="mine")
    library.teach("gwara", [take_of("afrobeat"), take_of("afrobeat", seed=5)], "afrobeat")
    return folder


@pytest.fixture
def two(_two: Path, model: StyleModel, folder: Path) -> Library:
    """Return a library of a style of its own and a move of afrobeat, taught before."""
    shutil.copytree(_two, folder)
    return Library(model, folder, ready_made=False)


@pytest.fixture(scope="session")
def _danced(model: StyleModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("danced") / "styles"
    library = Library(model, folder, ready_made=False)
    library.teach("mine", [take_of("afrobeat", 30.0)])
    library.teach("bow", [take_of("classical", 30.0)], "classical")
    return folder


@pytest.fixture
def taught(_danced: Path, model: StyleModel, folder: Path) -> Library:
    """Return a library of two dances of the demo dancer, one a style, one a move."""
    shutil.copytree(_danced, folder)
    return Library(model, folder, ready_made=False)
