"""What the style room remembers, as text: JSON in which arrays are the bytes of float32.

A session that begins in the middle of a source carries it, so that a replay says from
the first frame on what was said then.
"""

import json
from base64 import b64decode, b64encode
from typing import Any, Final

import numpy as np

#: Under which the shape of an array stands, and its bytes.
_SHAPE: Final = "shape"
_BYTES: Final = "float32"


def packed(memory: dict[str, Any]) -> bytes:
    """Return a structure of plain values and float32 arrays as text."""
    return json.dumps(memory, default=_packed_array).encode()


def unpacked(text: bytes) -> dict[str, Any]:
    """Return what :func:`packed` was given.

    Raises
    ------
    ValueError, TypeError, KeyError
        If ``text`` is not from there.
    """
    memory = json.loads(text, object_hook=_unpacked_array)
    if not isinstance(memory, dict):
        raise TypeError("no memory")
    return memory


def _packed_array(value: Any) -> dict[str, Any]:
    array = np.asarray(value, "<f4")
    return {_SHAPE: list(array.shape), _BYTES: b64encode(array.tobytes()).decode()}


def _unpacked_array(entry: dict[str, Any]) -> Any:
    if entry.keys() != {_SHAPE, _BYTES}:
        return entry
    array = np.frombuffer(b64decode(entry[_BYTES], validate=True), "<f4")
    return array.reshape(entry[_SHAPE]).astype(np.float32)
