"""Models a user added: files in a folder of their own, listed in ``added.toml`` there.

The shipped models are named in the catalogue; these are not, because their
terms or their size forbid shipping them. ``choreai-live models add`` puts one
here, :func:`find_added` hands it out, its content verified.
"""

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import platformdirs

from choreai_live.errors import ModelError
from choreai_live.models import catalog, sha256_of

__all__ = ["KINDS", "AddedModel", "added_models", "check_name", "fault", "find_added", "record"]
__all__ += ["user_folder"]

#: What can be added, and the command that adds one.
KINDS: Final[Mapping[str, str]] = {
    "alphapose": "choreai-live models add alphapose CHECKPOINT.pth",
    "yolox": "choreai-live models add yolox FILE.onnx",
}

_LIST: Final = "added.toml"
_FIELDS: Final = ("kind", "file", "sha256")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


@dataclass(frozen=True)
class AddedModel:
    """One model a user added: a table of ``added.toml``.

    Attributes
    ----------
    name
        What the user calls it.
    kind
        A key of :data:`KINDS`: ``"alphapose"`` or ``"yolox"``.
    path
        The ONNX file, whether or not it is there.
    sha256
        Hash the file had when it was added, 64 lower-case hexadecimal digits.
    details
        What else the table says. Always ``date`` (UTC, ISO 8601); of AlphaPose
        also ``architecture``, ``joints``, ``source_sha256``, ``source_name``
        and ``licence``; of YOLOX ``source_sha256``, ``source_name`` and
        ``licence``.
    """

    name: str
    kind: str
    path: Path
    sha256: str
    details: Mapping[str, str]


def user_folder() -> Path:
    """Where added models lie: ``CHOREAI_MODELS``, else the user's data folder."""
    chosen = os.environ.get("CHOREAI_MODELS")
    return Path(chosen) if chosen else platformdirs.user_data_path("choreai-live") / "models"


def added_models() -> list[AddedModel]:
    """Every added model, oldest first; none if nothing was ever added.

    Raises
    ------
    ModelError
        If ``added.toml`` cannot be read or a table of it is malformed.
    """
    path = user_folder() / _LIST
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(
            f"The list of added models {path} cannot be read ({error}): "
            "mend it, or delete it and add the models again."
        ) from error
    return [_model(name, table, path) for name, table in tables.items()]


def find_added(kind: str, name: str | None = None) -> AddedModel:
    """Return the newest added model of a kind, or the one of that name, its content verified.

    Raises
    ------
    ModelError
        If there is none, or its file is missing or is not the one that was added.
    """
    candidates = [model for model in added_models() if model.kind == kind]
    if not candidates:
        raise ModelError(f"No {kind} model was added yet: run `{KINDS[kind]}`.")
    found = next((model for model in reversed(candidates) if name in (None, model.name)), None)
    if found is None:
        raise ModelError(
            f"No {kind} model called '{name}' was added: choose one of "
            f"{', '.join(model.name for model in candidates)}, or run `{KINDS[kind]}`."
        )
    complaint = fault(found)
    if complaint:
        raise ModelError(complaint)
    return found


def fault(model: AddedModel) -> str | None:
    """Say in one sentence what is wrong with an added model's file; None when it is right."""
    mending = f"add it again with `{KINDS[model.kind]} --name {model.name}`"
    try:
        found = sha256_of(model.path)
    except OSError as error:
        return (
            f"The added model file {model.path} cannot be read ({error.strerror or error}): "
            f"{mending}."
        )
    if found != model.sha256:
        return (
            f"The added model file {model.path} was changed or is incomplete "
            f"(expected sha256 {model.sha256}, found {found}): {mending}."
        )
    return None


def check_name(name: str, kind: str) -> None:
    """Refuse a name that cannot be given to a new model of a kind.

    Raises
    ------
    ModelError
        If it has characters other than letters, digits, ``_``, ``.`` and ``-``,
        or is that of a shipped model or of an added one of another kind.
    """
    if not _NAME.fullmatch(name):
        raise ModelError(
            f"'{name}' cannot be the name of a model: use up to 64 letters, digits, '_', '.' "
            "and '-', beginning with a letter or digit."
        )
    if name in {entry.name for entry in catalog()}:
        raise ModelError(f"'{name}' is a shipped model: choose another name with --name.")
    for model in added_models():
        if model.name == name and model.kind != kind:
            raise ModelError(
                f"'{name}' already is an added model of the kind {model.kind}: "
                "choose another name with --name."
            )


def record(made: Path, *, name: str, kind: str, details: Mapping[str, str]) -> AddedModel:
    """Copy an ONNX file into the user's folder and list it there as the newest model.

    An added model of the same name and kind is replaced. At every moment the
    list names complete files only: the new file gets a name of its own, then
    the list is replaced, then the old file is deleted.

    Parameters
    ----------
    made
        The file to copy.
    name, kind
        As in :class:`AddedModel`.
    details
        What to write down beside; the date is added to it.

    Raises
    ------
    ModelError
        If the name cannot be used, or file or list cannot be written.
    """
    check_name(name, kind)
    kept = added_models()
    folder = user_folder()
    try:
        sha256 = sha256_of(made)
        model = AddedModel(
            name=name,
            kind=kind,
            path=folder / f"{name}-{sha256[:12]}.onnx",
            sha256=sha256,
            details={**details, "date": datetime.now(UTC).isoformat(timespec="seconds")},
        )
        folder.mkdir(parents=True, exist_ok=True)
        with _replacing(model.path) as partial:
            shutil.copyfile(made, partial)
        others = [each for each in kept if each.name != name]
        with _replacing(folder / _LIST) as partial:
            partial.write_text(_as_toml([*others, model]), encoding="utf-8")
        for each in kept:
            if each.name == name and each.path != model.path:
                each.path.unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(
            f"The model cannot be written to {folder} ({error.strerror or error}): make room or "
            "permissions there, or name another folder in the environment variable CHOREAI_MODELS."
        ) from error
    return model


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Hand out a file beside ``path`` that takes its place if the block ends well."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _as_toml(models: list[AddedModel]) -> str:
    lines = ["# Written by `choreai-live models add`; the newest model stands last."]
    for model in models:
        table = {
            "kind": model.kind,
            "file": model.path.name,
            "sha256": model.sha256,
            **model.details,
        }
        lines += ["", f"[{_key(model.name)}]"]
        lines += [f"{_key(key)} = {_quoted(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _quoted(text)


def _quoted(text: str) -> str:
    """Return a TOML basic string: JSON's escapes, and that of DEL, which TOML asks for."""
    encodable = text.encode("utf-8", "replace").decode("utf-8")  # file names may hold surrogates
    return json.dumps(encodable, ensure_ascii=False).replace("\x7f", "\\u007f")


def _model(name: str, table: Any, path: Path) -> AddedModel:
    """Make one model of a table of the list, or say what is wrong with the table."""
    texts = isinstance(table, dict) and all(isinstance(value, str) for value in table.values())
    if not texts or any(field not in table for field in _FIELDS):
        wrong = f"needs {', '.join(_FIELDS)}, all of them text"
    elif table["kind"] not in KINDS:
        wrong = f"has the kind '{table['kind']}', which is not one of {', '.join(KINDS)}"
    elif Path(table["file"]).name != table["file"]:
        wrong = f"has a file outside its folder, '{table['file']}'"
    else:
        details = {key: value for key, value in table.items() if key not in _FIELDS}
        return AddedModel(
            name, table["kind"], path.parent / table["file"], table["sha256"], details
        )
    raise ModelError(f"Table [{name}] of {path} {wrong}: mend the table, or add the model again.")
