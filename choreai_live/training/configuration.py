"""The file that says what to train on what: TOML, checked to the last key.

Everything training can be told is reached through the dataclasses that own it,
so that a field added there is a key here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from choreai_live.configuration.checking import (
    ConfigurationError,
    checked,
    read_toml,
    unknown_key,
)
from choreai_live.configuration.tables import keys_of
from choreai_live.training.limits import LIMITS
from choreai_live.training.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """What the model learns to tell apart: by default, every style in the data.

    Parameters
    ----------
    column
        Which name of a sequence is its label: ``style``, or the finer ``substyle``.
    rename
        Name in the data to label of the model, as in
        { locking = "hiphop", crowd = "" }. Several names may become one label, and a
        name that becomes "" is left out. Others stay as they are.
    unsure
        Labels that are shown as *not sure*: whatever is none of the styles.
    """

    column: Literal["style", "substyle"] = "style"
    rename: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """What is kept from training: whole groups (dancers, videos), never parts of one.

    Parameters
    ----------
    validation
        Share of each label's time that training is watched by: it decides when
        to stop and sets the calibration. 0 trains on everything, unwatched.
    test
        Share that nothing looks at before the end.
    validation_groups, test_groups
        Groups, or whole sources, to use instead of a drawn share.
    seed
        Of the draw.
    """

    validation: float = 0.2
    test: float = 0.0
    validation_groups: tuple[str, ...] = ()
    test_groups: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class ModelWords:
    """What the model file says about itself.

    Parameters
    ----------
    version
        Of your model.
    statement
        What it was trained on, under which terms, and what it is not fit for.
        Made from the numbers when empty.
    """

    version: str = "1.0"
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """One training, of one or more seeds.

    Parameters
    ----------
    data
        Folders of pose sequences, as ``choreai-live extract`` writes them.
        Relative paths start where this file is.
    out
        Folder for the results; made if need be.
    seeds
        One run for each; the same seed gives the same model on the same machine.
    device
        ``auto`` (CUDA where there is one), ``cpu`` or ``cuda``.
    tensorboard
        Whether to write logs for TensorBoard too.
    labels, split, model, training
        The parts.
    """

    data: tuple[Path, ...]
    out: Path
    seeds: tuple[int, ...] = (0,)
    device: Literal["auto", "cpu", "cuda"] = "auto"
    tensorboard: bool = False
    labels: LabelChoice = field(default_factory=LabelChoice)
    split: SplitSettings = field(default_factory=SplitSettings)
    model: ModelWords = field(default_factory=ModelWords)
    training: TrainingSettings = field(default_factory=lambda: TrainingSettings(()))


def read_configuration(path: Path) -> Configuration:
    """Read and check a configuration.

    Parameters
    ----------
    path
        A TOML file; relative paths in it start at its folder.

    Raises
    ------
    ConfigurationError
        One sentence with the file, the key and what is allowed there.
    """
    held = read_toml(path, ": `choreai-live train --example` prints one to begin with")
    training = held.setdefault("training", {})
    if isinstance(training, dict):
        keys = keys_of(TrainingSettings)
        for derived in fields(TrainingSettings):
            if derived.name in training and derived not in keys:
                where = ("training", derived.name)
                raise ConfigurationError(f"{path}: {unknown_key(Configuration, where)}")
        training["labels"] = []
    configuration = checked(Configuration, held, path, limits=LIMITS)
    _check_sense(path, configuration)
    folder = path.resolve().parent
    return replace(
        configuration,
        data=tuple(folder / data for data in configuration.data),
        out=folder / configuration.out,
    )


def _check_sense(path: Path, configuration: Configuration) -> None:
    """Refuse what is allowed key by key but makes no sense together."""
    split, streams = configuration.split, configuration.training.streams
    if not configuration.data:
        raise ConfigurationError(f"{path}: data must name at least one folder.")
    if not configuration.seeds or len(set(configuration.seeds)) < len(configuration.seeds):
        raise ConfigurationError(f"{path}: seeds must hold at least one number, and none twice.")
    if split.validation + split.test > 0.9:
        raise ConfigurationError(
            f"{path}: split.validation and split.test together must leave "
            "at least 0.1 for training."
        )
    if both := set(split.validation_groups) & set(split.test_groups):
        raise ConfigurationError(
            f"{path}: '{sorted(both)[0]}' stands in split.validation_groups and in "
            "split.test_groups; it must be in one of them only."
        )
    if streams.source_weights and not any(streams.source_weights.values()):
        raise ConfigurationError(f"{path}: training.streams.source_weights must not all be 0.")
