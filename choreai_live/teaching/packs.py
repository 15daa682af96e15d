"""Style packs: taught styles as a small file that can be kept, shared and checked.

A ``.stylepack`` is a safetensors file: numbers and text, nothing that could be run. Of a
take it holds the mean and the widest directions of what the style model saw in it, from
which neither a picture nor the dancer's poses come back.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
import safetensors
import safetensors.numpy

from choreai_live.style.background import Background, Spread
from choreai_live.style.model import StyleModel
from choreai_live.style.taught import STRICTNESS, TaughtClass
from choreai_live.teaching.errors import TeachingError
from choreai_live.teaching.learning import Lesson
from choreai_live.writing import OutputFile

SUFFIX: Final = ".stylepack"

#: Larger files are not even read: a pack of thirty styles has a few megabytes.
_LARGEST: Final = 64 * 2**20
#: What no pack of this program has: a take of years, strictness and numbers, all of which are
#: standardised, that arithmetic would trip over.
_LONGEST: Final = 1e8
_STRICTEST: Final = 100
_FARTHEST: Final = 1e4


@dataclass(frozen=True, eq=False, slots=True)
class PackedStyle:
    """One taught style.

    Parameters
    ----------
    name
        What it is called.
    family
        Label of the model that it is a move of, or that it corrects; None for none.
    lessons
        One for each take.
    strictness
        How far it has to stand out.
    refines
        Whether it only gives a finer name to its family; for both see
        :class:`choreai_live.style.taught.TaughtClass`.
    """

    name: str
    family: str | None
    lessons: tuple[Lesson, ...]
    strictness: float = STRICTNESS
    refines: bool = False

    @property
    def seconds(self) -> float:
        """How much was shown of it."""
        return sum(lesson.seconds for lesson in self.lessons)

    @property
    def as_class(self) -> TaughtClass:
        """The same for the head; every second of it counts alike."""
        return TaughtClass(
            self.name,
            self.family,
            tuple(lesson.spread for lesson in self.lessons),
            tuple(lesson.seconds / self.seconds for lesson in self.lessons),
            self.strictness,
            self.refines,
        )


class _About(msgspec.Struct, forbid_unknown_fields=True):
    """One take, in the metadata."""

    seconds: float
    taught: str
    provenance: str


class _Style(msgspec.Struct, forbid_unknown_fields=True):
    """One style, in the metadata; its takes follow one another in the tensors."""

    name: str
    family: str | None
    strictness: float
    refines: bool
    takes: list[_About]


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    """All of the metadata."""

    format: Literal["choreai-style-pack 1"]
    model_version: str
    embedding: str
    styles: list[_Style]
    sha256: str = ""


class _Tensors(NamedTuple):
    """The numbers: a row for each take of each style."""

    means: npt.NDArray[Any]
    factors: npt.NDArray[Any]
    rests: npt.NDArray[Any]

    def spread(self, row: int) -> Spread:
        """Return the spread of one take, without the rows that only fill up."""
        factor = self.factors[row]
        return Spread(self.means[row], factor[np.any(factor != 0, axis=1)], self.rests[row])


def write_pack(path: Path, styles: Sequence[PackedStyle], model: StyleModel) -> None:
    """Write a pack, whole or not at all.

    Parameters
    ----------
    path
        The file; replaced if it exists.
    styles
        What goes into it, at least one.
    model
        That it was made with.

    Raises
    ------
    OutputError
        If it cannot be written, say because the disk is full.
    """
    lessons = [lesson for style in styles for lesson in style.lessons]
    tensors = _tensors([lesson.spread for lesson in lessons])
    header = _Header(
        "choreai-style-pack 1",
        model.version,
        model.background.fingerprint if model.background else "",
        [
            _Style(
                style.name,
                style.family,
                style.strictness,
                style.refines,
                [
                    _About(lesson.seconds, lesson.taught, lesson.provenance)
                    for lesson in style.lessons
                ],
            )
            for style in styles
        ],
    )
    header.sha256 = _digest(header, tensors)
    metadata = {"choreai": msgspec.json.encode(header).decode()}
    content = safetensors.numpy.save(tensors._asdict(), metadata=metadata)
    with OutputFile(path) as file:
        file.write_by(lambda draft: _write(draft, content))


def read_pack(path: Path, model: StyleModel) -> tuple[PackedStyle, ...]:
    """Read a pack and hold it to what it says of itself.

    Parameters
    ----------
    path
        The file.
    model
        That it shall be used with.

    Raises
    ------
    TeachingError
        If it cannot be read, is no pack, is damaged, or was made with a style model that
        sees other things.
    """
    header, tensors = _read(path)
    background = model.background
    if background is None or header.embedding != background.fingerprint:
        raise TeachingError(
            f"{path} was taught with style model {header.model_version}, this program has "
            f"{model.version}, which sees dances differently: teach it again."
        )
    _check_shapes(path, header, tensors, background)
    labels = set(model.labels) - model.unsure_labels
    styles, first = [], 0
    for style in header.styles:
        if style.family is not None and style.family not in labels:
            raise TeachingError(
                f"{path} has '{style.name}' as a kind of '{style.family}', which the style "
                "model does not know: teach it again."
            )
        spreads = [tensors.spread(i) for i in range(first, first + len(style.takes))]
        first += len(style.takes)
        lessons = tuple(
            Lesson(spread, take.seconds, take.taught, take.provenance)
            for spread, take in zip(spreads, style.takes, strict=True)
        )
        styles.append(
            PackedStyle(style.name, style.family, lessons, style.strictness, style.refines)
        )
    return tuple(styles)


def _read(path: Path) -> tuple[_Header, _Tensors]:
    try:
        if path.stat().st_size > _LARGEST:
            raise _no_pack(path)
        content = path.read_bytes()
    except OSError as error:
        raise TeachingError(
            f"{path} cannot be read ({error.strerror or error}): check its name and who may "
            "read it."
        ) from error
    try:
        found = safetensors.numpy.load(content)
        with safetensors.safe_open(str(path), framework="numpy") as file:
            metadata = file.metadata() or {}
        header = msgspec.json.decode(metadata["choreai"], type=_Header)
        tensors = _Tensors(*(found[name] for name in _Tensors._fields))
        whole = header.sha256 == _digest(header, tensors)
    except (safetensors.SafetensorError, msgspec.MsgspecError, KeyError, OSError) as error:
        raise _no_pack(path) from error
    if not whole:
        raise TeachingError(
            f"{path} is damaged, its contents are not those it was written with: get it again "
            "from where it came from."
        )
    return header, _Tensors(*(part.astype(np.float32) for part in tensors))


def _check_shapes(path: Path, header: _Header, tensors: _Tensors, background: Background) -> None:
    takes = sum(len(style.takes) for style in header.styles)
    good = (
        takes > 0
        and all(style.takes and style.name.strip() for style in header.styles)
        and all(0 < take.seconds < _LONGEST for style in header.styles for take in style.takes)
        and all(abs(style.strictness) < _STRICTEST for style in header.styles)
        and tensors.means.shape == tensors.rests.shape == (takes, background.numbers)
        and tensors.factors.ndim == 3
        and tensors.factors.shape[::2] == (takes, background.numbers)
        and all((np.abs(part) < _FARTHEST).all() for part in tensors)
        and (tensors.rests >= 0).all()
    )
    if not good:
        raise _no_pack(path)


def _no_pack(path: Path) -> TeachingError:
    return TeachingError(
        f"{path} is no style pack of this program: choose a {SUFFIX} file that it exported."
    )


def _tensors(spreads: Sequence[Spread]) -> _Tensors:
    rank = max(len(spread.factor) for spread in spreads)
    parts = (
        [spread.mean for spread in spreads],
        [np.pad(spread.factor, ((0, rank - len(spread.factor)), (0, 0))) for spread in spreads],
        [spread.rest for spread in spreads],
    )
    # safetensors takes memory as it lies, so it has to lie in order.
    return _Tensors(*(np.ascontiguousarray(part, np.float16) for part in parts))


def _digest(header: _Header, tensors: _Tensors) -> str:
    """Return the sha256 of everything but itself."""
    told = msgspec.json.encode(msgspec.structs.replace(header, sha256=""))
    parts = (part for tensor in tensors for part in (str(tensor.shape).encode(), tensor.tobytes()))
    return hashlib.sha256(b"".join((told, *parts))).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
