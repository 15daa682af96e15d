"""The file that says what to train on what: TOML, checked to the last key.

Everything training can be told is reached through the dataclasses that own it,
so that a field added there is a key here.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, asdict, dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import TypeAdapter, ValidationError

from choreai_live.errors import ChoreaiError
from choreai_live.training.limits import out_of_limits
from choreai_live.training.settings import TrainingSettings

#: Fields of the training settings that follow from the rest of the configuration.
DERIVED: Final = ("labels", "unsure_labels", "seed")


class ConfigurationError(ChoreaiError):
    """A configuration cannot be read or says something that cannot be done."""


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


_SCHEMA: Final = TypeAdapter(Configuration)


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
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read ({error.strerror or error}): "
            "`choreai-live train --example` prints one to begin with."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML ({error}).") from error
    training = held.setdefault("training", {})
    if isinstance(training, dict):
        for name in DERIVED:
            if name in training:
                raise _unknown(path, ("training", name))
        training["labels"] = []
    try:
        # As JSON, because there a list is a tuple and a text a path, and nothing else bends.
        configuration = _SCHEMA.validate_json(
            json.dumps(held, default=str), strict=True, extra="forbid"
        )
    except ValidationError as error:
        raise _refusal(path, held, error) from error
    for key, value, kind in flattened(configuration):
        if wanted := out_of_limits(key, value, kind):
            raise ConfigurationError(f"{path}: {key} is {_shown(value)} and must be {wanted}.")
    _check_sense(path, configuration)
    folder = path.resolve().parent
    return replace(
        configuration,
        data=tuple(folder / data for data in configuration.data),
        out=folder / configuration.out,
    )


def flattened(part: Any, prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield every key that a file may have, with dots, its value and its type."""
    for key in keys_of(part):
        value = getattr(part, key.name)
        if is_dataclass(value):
            yield from flattened(value, f"{prefix}{key.name}.")
        else:
            yield f"{prefix}{key.name}", value, key.type


def nested(configuration: Configuration) -> dict[str, Any]:
    """Return a configuration as plain values, as TOML has them; None is left out."""
    held = asdict(configuration)
    for name in DERIVED:
        del held["training"][name]
    plain = _plain(held)
    assert isinstance(plain, dict)  # noqa: S101 - as asdict gave one
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Path) else value


def keys_of(part: Any) -> list[Field[Any]]:
    """Keys of one table: the fields of its dataclass but those that follow from others."""
    hidden = DERIVED if isinstance(part, TrainingSettings) or part is TrainingSettings else ()
    return [key for key in fields(part) if key.name not in hidden]


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


def _refusal(path: Path, held: dict[str, Any], error: ValidationError) -> ConfigurationError:
    """Put the first complaint into one sentence of ours."""
    errors = error.errors(include_url=False)
    first = errors[0]
    where, kind = first["loc"], first["type"]
    key = ".".join(str(part) for part in where if not isinstance(part, int))
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return _unknown(path, where)
    if kind == "missing" and len(where) == 1:
        return ConfigurationError(f"{path}: {key} is missing.")
    value: Any = held
    for part in where:
        if isinstance(part, int) or not isinstance(value, dict) or part not in value:
            break
        value = value[part]
    allowed = f"{key} is {_shown(value)} and"
    if kind == "literal_error":
        return ConfigurationError(f"{path}: {allowed} must be one of {first['ctx']['expected']}.")
    if kind in ("missing", "too_long"):
        # A list of fixed length: one complaint for each value that is missing.
        length = first.get("ctx", {}).get("max_length") or 1 + max(
            int(other["loc"][-1]) for other in errors if other["loc"][:-1] == where[:-1]
        )
        return ConfigurationError(f"{path}: {allowed} must be a list of {length} values.")
    each = "each of its values " if isinstance(where[-1], int) else ""
    wanted = _KINDS.get(kind) or str(first["msg"]).removeprefix("Input should be ")
    return ConfigurationError(f"{path}: {allowed} {each}must be {wanted}.")


#: pydantic's kinds of errors in words of ours.
_KINDS: Final = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "path_type": "a path in quotes",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table",
    "mapping_type": "a table",
    "dataclass_type": "a table",
}


def _unknown(path: Path, where: tuple[int | str, ...]) -> ConfigurationError:
    part: Any = Configuration
    for name in where[:-1]:
        part = next(key.type for key in fields(part) if key.name == name)
    allowed = [key.name for key in keys_of(part)]
    close = get_close_matches(str(where[-1]), allowed, n=1)
    hint = f"did you mean {close[0]}?" if close else f"allowed are {', '.join(allowed)}."
    key = ".".join(map(str, where))
    return ConfigurationError(f"{path}: there is no key {key}; {hint}")


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."
