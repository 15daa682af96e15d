"""Tables of TOML as dataclasses: a field is a key, a dataclass in a field a table of its own.

A field with the metadata :data:`DERIVED` is no key: it follows from others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any, Final

#: Metadata of a field that no file may name.
DERIVED: Final[Mapping[str, bool]] = {"derived": True}


def keys_of(part: Any) -> list[Field[Any]]:
    """Keys of one table: the fields of its dataclass but those that follow from others."""
    return [key for key in fields(part) if not key.metadata.get("derived")]


def flattened(part: Any, prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield every key that a file may have, with dots, its value and its type."""
    for key in keys_of(part):
        value = getattr(part, key.name)
        if is_dataclass(value):
            yield from flattened(value, f"{prefix}{key.name}.")
        else:
            yield f"{prefix}{key.name}", value, key.type


def nested(part: Any) -> dict[str, Any]:
    """Return a dataclass as plain values, as TOML has them; None is left out."""
    values = ((key.name, getattr(part, key.name)) for key in keys_of(part))
    return {
        name: nested(value) if is_dataclass(value) else _plain(value)
        for name, value in values
        if value is not None
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Path) else value
