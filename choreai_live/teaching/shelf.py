"""The shelf: the files of a library, changed together or not at all, and as they were before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from choreai_live.errors import ChoreaiError
from choreai_live.style.model import StyleModel
from choreai_live.teaching.choices import Choices, read_choices, write_choices
from choreai_live.teaching.errors import TeachingError
from choreai_live.teaching.packs import SUFFIX, PackedStyle, read_pack, write_pack
from choreai_live.writing import OutputFile

#: Changes that can be undone, the last ones.
_REMEMBERED: Final = 20
_CHOICES: Final = "library.json"

#: Files as they were before a change; None for those that were not there.
_Before = dict[Path, bytes | None]


@dataclass(frozen=True, eq=False, slots=True)
class Pack:
    """A file of taught styles."""

    path: Path
    styles: tuple[PackedStyle, ...]
    ready_made: bool

    @property
    def name(self) -> str:
        """What it is called: its file without the ending."""
        return self.path.stem


class Shelf:
    """The user's packs in a folder, beside those that came with the program.

    For one thread at a time.

    Parameters
    ----------
    model
        The style model; one without an embedding has no packs.
    folder
        Of the user's own packs; made with the first change.
    shipped
        The files that came with the program, which stay as they are.

    Attributes
    ----------
    packs : tuple of Pack
        The user's own, then the others.
    choices : Choices
    notices : tuple of str
        One sentence for each file that could not be used.
    """

    def __init__(self, model: StyleModel, folder: Path, shipped: Iterable[Path] = ()) -> None:
        self.packs: tuple[Pack, ...] = ()
        self.choices = Choices()
        self.notices: tuple[str, ...] = ()
        self._model = model
        self._folder = folder
        self._changes: list[tuple[str, _Before]] = []
        self._touched: _Before = {}
        self._shipped, self._shipped_notices = self._read(shipped, ready_made=True)
        self.load()

    @property
    def undoable(self) -> bool:
        """Whether :meth:`undo` has something to undo."""
        return bool(self._changes)

    def load(self) -> None:
        """Read the folder anew: another program may have changed it."""
        own, notices = self._read(self._folder.glob(f"*{SUFFIX}"), ready_made=False)
        self.packs = (*own, *self._shipped)
        self.notices = (*self._shipped_notices, *notices)
        self.choices, notice = read_choices(self._folder / _CHOICES)
        self.notices += (notice,) if notice else ()

    @contextmanager
    def changing(self, what: str) -> Iterator[None]:
        """Make one change of several files, all of it or nothing.

        Parameters
        ----------
        what
            What :meth:`undo` shall call it.

        Raises
        ------
        TeachingError, OutputError
            If the folder cannot be made, or whatever is done raises.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TeachingError(
                f"{self._folder} cannot be made ({error.strerror}): choose another folder for "
                "taught styles in the settings."
            ) from error
        self.load()
        with self._whole():
            yield
        changed = {path: old for path, old in self._touched.items() if old != _content(path)}
        if changed:
            self._changes.append((what, changed))
            del self._changes[:-_REMEMBERED]

    def undo(self) -> str | None:
        """Undo the last change and return what it was called; None where there is none.

        Raises
        ------
        TeachingError, OutputError
            If a file cannot be written; everything is left as it is.
        """
        if not self._changes:
            return None
        what, before = self._changes[-1]
        with self._whole():
            self._touched = {path: _content(path) for path in before}
            self._restore(before)
        self._changes.pop()
        self.load()
        return what

    def put(self, style: PackedStyle, path: Path) -> None:
        """Write a style into a pack, in place of one of its name; others in it stay."""
        inside = [s for p in self.packs if p.path == path for s in p.styles]
        self._write(path, [*(s for s in inside if s.name != style.name), style])

    def drop(self, pack: Pack, name: str) -> None:
        """Take a style out of a pack, and the pack away once it is empty."""
        left = [style for style in pack.styles if style.name != name]
        if left:
            self._write(pack.path, left)
            return
        self._touch(pack.path)
        try:
            pack.path.unlink()
        except OSError as error:
            raise TeachingError(
                f"{pack.path} cannot be removed ({error.strerror}): check who may write there."
            ) from error
        if pack.name in self.choices.inactive:
            # Another style may come to have a file of that name.
            self.choose(inactive=[name for name in self.choices.inactive if name != pack.name])
        self.load()

    def choose(self, **changes: Iterable[str]) -> None:
        """Change the choices."""
        path = self._folder / _CHOICES
        self._touch(path)
        changed = {name: tuple(values) for name, values in changes.items()}
        write_choices(path, msgspec.structs.replace(self.choices, **changed))
        self.load()

    def path_for(self, name: str) -> Path:
        """Return the file of one of the user's styles, or the one that it shall get."""
        for pack in self.packs:
            if not pack.ready_made and any(style.name == name for style in pack.styles):
                return pack.path
        stem = re.sub(r"[^\w-]+", "-", name.casefold()).strip("-") or "style"
        taken = {pack.name for pack in self.packs}
        number, unique = 1, stem
        while unique in taken or (self._folder / f"{unique}{SUFFIX}").exists():
            number += 1
            unique = f"{stem}-{number}"
        return self._folder / f"{unique}{SUFFIX}"

    def _write(self, path: Path, styles: Sequence[PackedStyle]) -> None:
        self._touch(path)
        write_pack(path, styles, self._model)
        self.load()

    def _touch(self, path: Path) -> None:
        """Remember how a file was before it was first changed."""
        if path not in self._touched:
            self._touched[path] = _content(path)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        self._touched = {}
        try:
            yield
        except BaseException:
            # What cannot be put back is no reason to hide why.
            with suppress(ChoreaiError):
                self._restore(self._touched)
            self.load()
            raise

    def _restore(self, before: _Before) -> None:
        # What was not there goes first: the others may need its room on the disk.
        for path, content in sorted(before.items(), key=lambda item: item[1] is not None):
            if content is None:
                _unlink(path)
            elif content != _content(path):
                with OutputFile(path) as file:
                    file.write_by(partial(_put, content))

    def _read(self, paths: Iterable[Path], *, ready_made: bool) -> tuple[list[Pack], list[str]]:
        packs, notices = [], []
        if self._model.background is not None:
            for path in sorted(paths):
                try:
                    packs.append(Pack(path, read_pack(path, self._model), ready_made))
                except ChoreaiError as error:
                    notices.append(str(error))
        return packs, notices


def _content(path: Path) -> bytes | None:
    """Return what is in a file of ours, None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TeachingError(
            f"{path} cannot be read ({error.strerror}), so nothing is changed: check who may "
            "read it."
        ) from error


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise TeachingError(
            f"{path} cannot be removed ({error.strerror}): check who may write there."
        ) from error


def _put(content: bytes, path: Path) -> None:
    path.write_bytes(content)
