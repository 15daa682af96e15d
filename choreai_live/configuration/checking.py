"""From a TOML file to a checked dataclass, or to one sentence on what is wrong with it."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from choreai_live.configuration.limits import Limits, out_of_limits
from choreai_live.configuration.tables import flattened, keys_of
from choreai_live.errors import ChoreaiError
from choreai_live.masking import mask_credentials

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

Table = TypeVar("Table")

#: Nobody writes a longer one by hand, and a file of another kind is not read to its end.
_LONGEST: Final = 1_000_000


class ConfigurationError(ChoreaiError):
    """A configuration cannot be read or says something that cannot be done."""


def read_toml(path: Path, hint: str = "") -> dict[str, Any]:
    """Read a TOML file.

    Parameters
    ----------
    path
        A regular file, UTF-8.
    hint
        What to do if there is none, as the second half of a sentence.

    Raises
    ------
    ConfigurationError
        One sentence with the file, and the line if there is one.
    """
    try:
        if path.exists() and not path.is_file():
            raise ConfigurationError(f"{path} is no file of TOML: name one.")
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except (OSError, ValueError) as error:  # ValueError for a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise ConfigurationError(f"{path} cannot be read ({reason}){hint}.") from error
    if not content.strip():
        # What a full disk or a power cut leaves of a file; not even a comment is in it.
        raise ConfigurationError(f"{path} is empty{hint}.")
    if len(content) > _LONGEST:
        raise ConfigurationError(f"{path} is larger than 1 MB and so no configuration.")
    try:
        # Some editors begin a file with a byte order mark, which TOML has no word for.
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigurationError(
            f"{path} is not valid TOML (line {line} is not text in UTF-8)."
        ) from error
    except ValueError as error:
        raise ConfigurationError(
            f"{path} is not valid TOML ({mask_credentials(str(error))})."
        ) from error
    except RecursionError:
        raise ConfigurationError(f"{path} is not valid TOML (nested too deeply).") from None


def checked(
    schema: type[Table],
    held: Mapping[str, Any],
    path: Path,
    *,
    limits: Mapping[str, Limits],
    secret: frozenset[str] = frozenset(),
) -> Table:
    """Return what a file holds as the dataclass it must be, its numbers within their limits.

    Parameters
    ----------
    schema
        The dataclass of the whole file; see :mod:`choreai_live.configuration.tables`.
    held
        Content of the file.
    path
        The file, for the sentence.
    limits
        By key, with dots.
    secret
        Keys, with dots, whose values no sentence may show.

    Raises
    ------
    ConfigurationError
        One sentence with the file, the key and what is allowed there.
    """
    # Only who has a file to check waits for what checks it.
    from pydantic import ValidationError

    try:
        # As JSON, because there a list is a tuple and a text a path, and nothing else bends.
        text = json.dumps(held, default=str)
    except (ValueError, RecursionError):
        raise ConfigurationError(
            f"{path} holds a number too large, or tables nested too deeply."
        ) from None
    try:
        found = _adapter(schema).validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        sentence = _refusal(schema, held, error, secret)
        # A value may hold an address, and what was made of it in pydantic's error too.
        raise ConfigurationError(f"{path}: {mask_credentials(sentence)}") from None
    for key, value, kind in flattened(found):
        if wanted := out_of_limits(key, value, limits, kind):
            raise ConfigurationError(f"{path}: {key} is {shown(value)} and must be {wanted}.")
    return found


def _adapter(schema: type[Table]) -> "TypeAdapter[Table]":
    """Return what checks against a schema; making it takes longer than checking does."""
    from pydantic import TypeAdapter

    adapter: TypeAdapter[Table] | None = _ADAPTERS.get(schema)
    if adapter is None:
        adapter = _ADAPTERS[schema] = TypeAdapter(schema)
    return adapter


_ADAPTERS: Final[dict[type, Any]] = {}


def unknown_key(schema: Any, where: tuple[int | str, ...]) -> str:
    """Say that there is no such key, and which was probably meant."""
    part = schema
    for name in where[:-1]:
        part = next(key.type for key in fields(part) if key.name == name)
    allowed = [key.name for key in keys_of(part)]
    close = get_close_matches(str(where[-1]), allowed, n=1)
    hint = f"did you mean {close[0]}?" if close else f"allowed are {', '.join(allowed)}."
    key = ".".join(map(_key_shown, where))
    return f"there is no key {key}; {hint}"


def shown(value: Any) -> str:
    """Return a value as it is shown in a sentence: short, and without credentials."""
    text = mask_credentials(json.dumps(value, default=str, ensure_ascii=False))
    return text if len(text) <= 40 else f"{text[:37]}..."


def _key_shown(name: int | str) -> str:
    text = " ".join(mask_credentials(str(name)).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def _refusal(
    schema: Any, held: Mapping[str, Any], error: "ValidationError", secret: frozenset[str]
) -> str:
    """Put the first complaint into one sentence of ours."""
    errors = error.errors(include_url=False)
    first = errors[0]
    where, kind = first["loc"], first["type"]
    alternatives = [other for other in errors if other["loc"][:-1] == where[:-1]]
    if [other["loc"][-1:] for other in alternatives] == [("int",), ("str",)]:
        # A value that may be either: pydantic complains of each by itself.
        where, kind = where[:-1], "int_or_str"
    key = ".".join(str(part) for part in where if not isinstance(part, int))
    if not where:
        return "it holds a number too large, or tables nested too deeply."
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return unknown_key(schema, where)
    if kind == "missing" and len(where) == 1:
        return f"{key} is missing."
    value: Any = held
    for part in where:
        if isinstance(part, int) or not isinstance(value, dict) or part not in value:
            break
        value = value[part]
    allowed = f"{key} must be" if key in secret else f"{key} is {shown(value)} and must be"
    if kind == "literal_error":
        return f"{allowed} one of {first['ctx']['expected']}."
    if kind in ("missing", "too_long"):
        # A list of fixed length: one complaint for each value that is missing.
        length = first.get("ctx", {}).get("max_length") or 1 + max(
            int(other["loc"][-1]) for other in errors if other["loc"][:-1] == where[:-1]
        )
        return f"{allowed} a list of {length} values."
    if isinstance(where[-1], int):
        allowed = f"{allowed.removesuffix('must be')}each of its values must be"
        if key in secret:
            allowed = f"each of the values of {key} must be"
    wanted = _KINDS.get(kind) or str(first["msg"]).removeprefix("Input should be ")
    return f"{allowed} {wanted}."


#: pydantic's kinds of errors in words of ours.
_KINDS: Final = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text in quotes",
    "int_or_str": "a whole number, or text in quotes",
    "bool_type": "true or false",
    "path_type": "a path in quotes",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table",
    "mapping_type": "a table",
    "dataclass_type": "a table",
}
