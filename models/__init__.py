"""The models this project ships, and the one way to get at them.

``catalog.toml`` beside this file names every model; :func:`locate` hands out a
file only after its bytes were found to be the ones the catalogue promises.
"""

import hashlib
import tomllib
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from choreai_live.errors import ModelError

__all__ = ["FOLDER", "ModelEntry", "Verification", "catalog", "locate", "sha256_of", "verify"]

#: Where the catalogue and the model files lie.
FOLDER: Final = Path(__file__).resolve().parent


@dataclass(frozen=True)
class ModelEntry:
    """What the catalogue says about one model: a table of ``catalog.toml``.

    Attributes
    ----------
    name
        What code and users call the model.
    folder
        The folder of the catalogue.
    file
        File name in that folder.
    sha256
        Hash of the file, 64 lower-case hexadecimal digits.
    licence, source
        Terms of the model, and where its weights were published.
    purpose
        What the project uses it for.
    input, output
        Names, types and shapes of what goes in and comes out.
    providers
        Notes on execution providers.
    rebuild
        The command that makes the same file anew in a checkout; empty when
        only version control can bring it back.
    """

    name: str
    folder: Path
    file: str
    sha256: str
    licence: str
    source: str
    purpose: str
    input: str
    output: str
    providers: str
    rebuild: str = ""

    @property
    def path(self) -> Path:
        """Where the file belongs, whether or not it is there."""
        return self.folder / self.file

    @property
    def mending(self) -> str:
        """The command that brings the right file back, as part of a sentence."""
        if not (self.folder.parent / "pyproject.toml").is_file():
            return (
                "reinstall choreai-live with `pip install --force-reinstall --no-deps .` "
                "in its checkout"
            )
        restoring = f"run `git checkout -- {self.folder.name}/{self.file}`"
        return f"{restoring} or `{self.rebuild}`" if self.rebuild else restoring


@dataclass(frozen=True)
class Verification:
    """Whether one model's file is the one the catalogue promises.

    Attributes
    ----------
    entry
        The model.
    ok
        True when the file is there and its hash is right.
    message
        One sentence for the user; it says what to do when ``ok`` is False.
    """

    entry: ModelEntry
    ok: bool
    message: str


def catalog(folder: Path = FOLDER) -> list[ModelEntry]:
    """Every model of the catalogue in ``folder``, in the order it is written there.

    Raises
    ------
    ModelError
        If the catalogue is missing, is not TOML, or a table lacks a field or
        has one that is unknown.
    """
    path = folder / "catalog.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(
            f"The model catalogue {path} cannot be read ({error}): "
            "restore it from version control, or reinstall choreai-live."
        ) from error
    return [_entry(name, table, path) for name, table in tables.items()]


def locate(name: str, folder: Path = FOLDER) -> Path:
    """Return the path of a model's file, its content verified.

    A file is hashed once per process, and again only if it changes on disk.

    Raises
    ------
    ModelError
        If the catalogue has no such model, or the file is missing or is not
        the one the catalogue promises.
    """
    entries = {entry.name: entry for entry in catalog(folder)}
    if name not in entries:
        raise ModelError(
            f"There is no model '{name}' in {folder / 'catalog.toml'}: "
            f"choose one of {', '.join(entries)}."
        )
    entry = entries[name]
    fault = _fault(entry)
    if fault:
        raise ModelError(fault)
    return entry.path


def verify(folder: Path = FOLDER) -> list[Verification]:
    """Check the file of every model in the catalogue.

    Raises
    ------
    ModelError
        If the catalogue itself cannot be read.
    """
    results = []
    for entry in catalog(folder):
        fault = _fault(entry)
        message = fault or f"{entry.file} is intact (sha256 {entry.sha256[:12]})."
        results.append(Verification(entry, ok=fault is None, message=message))
    return results


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as 64 hexadecimal digits.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    state = path.stat()
    return _sha256(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _sha256(path: Path, _mtime_ns: int, _size: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fault(entry: ModelEntry) -> str | None:
    """Say in one sentence what is wrong with a model's file; None when it is right."""
    try:
        found = sha256_of(entry.path)
    except FileNotFoundError:
        return (
            f"The model file {entry.path} is missing (expected sha256 {entry.sha256}): "
            f"{entry.mending}."
        )
    except OSError as error:
        return (
            f"The model file {entry.path} cannot be read ({error.strerror or error}; "
            f"expected sha256 {entry.sha256}): {entry.mending}."
        )
    if found != entry.sha256:
        return (
            f"The model file {entry.path} was changed or is incomplete "
            f"(expected sha256 {entry.sha256}, found {found}): {entry.mending}."
        )
    return None


def _entry(name: str, table: Any, path: Path) -> ModelEntry:
    """Make one entry of a table of the catalogue, or say what is wrong with the table."""
    described = {field.name: field for field in fields(ModelEntry)}
    own = {"name", "folder"}
    required = {n for n, field in described.items() if field.default is MISSING} - own
    given = set(table) if isinstance(table, dict) else set()
    strange = {key for key in given if key not in described or key in own}
    strange |= {key for key in given if not isinstance(table[key], str)}
    if strange or required - given:
        wrong = [f"lacks {', '.join(sorted(required - given))}"] if required - given else []
        wrong += [f"has a wrong {', '.join(sorted(strange))}"] if strange else []
        raise ModelError(f"Table [{name}] of {path} {' and '.join(wrong)}: mend the table.")
    return ModelEntry(name=name, folder=path.parent, **table)
