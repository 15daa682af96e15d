"""The library: everything one user has taught, and the packs that came with the program."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

import platformdirs

from choreai_live import models
from choreai_live.style.model import StyleModel
from choreai_live.style.taught import Head
from choreai_live.teaching.errors import TeachingError
from choreai_live.teaching.learning import Learner, Lesson
from choreai_live.teaching.names import checked_name, families_of
from choreai_live.teaching.packs import SUFFIX, PackedStyle, read_pack, write_pack
from choreai_live.teaching.recognised import recognised
from choreai_live.teaching.shelf import Pack, Shelf
from choreai_live.teaching.takes import Take


@dataclass(frozen=True, slots=True)
class Taught:
    """One taught style, as lists show it.

    Parameters
    ----------
    name
        What it is called.
    family
        Label of the model that it is a move or sub-style of, the same as ``name`` where
        that label was corrected; None for a style of its own.
    takes, seconds
        How often it was shown, and for how long in all.
    pack
        Name of the file it is in, without ending.
    ready_made
        Whether it came with the program.
    active
        Whether it is recognised.
    """

    name: str
    family: str | None
    takes: int
    seconds: float
    pack: str
    ready_made: bool
    active: bool


class Library:
    """All that was taught, shared by every pipeline of a program.

    Each change is on disk when it returns, whole or not at all, and :attr:`head` is
    replaced as a whole, so that whoever asks it meanwhile gets one answer or the other.
    Changing takes up to some seconds, so not in the thread of an interface.

    Parameters
    ----------
    model
        The style model.
    folder
        Where packs are kept; None for the user's own data folder.
    ready_made
        Whether the packs that came with the program are there, too.

    Attributes
    ----------
    head : Head or None
        What classifiers ask; None where nothing is taught.
    changed : int
        How often anything has changed.
    """

    def __init__(
        self, model: StyleModel, folder: Path | None = None, *, ready_made: bool = True
    ) -> None:
        self.model = model
        self.folder = folder or platformdirs.user_data_path("choreai-live") / "styles"
        self.head: Head | None = None
        self.changed = 0
        self._lock = RLock()
        shipped = models.FOLDER.glob(f"packs/*{SUFFIX}") if ready_made else ()
        self._shelf = Shelf(model, self.folder, shipped)
        self._settle()

    @property
    def can_teach(self) -> bool:
        """Whether the style model has what teaching needs."""
        return self.model.background is not None

    @property
    def families(self) -> tuple[str, ...]:
        """Labels of the model that moves can belong to."""
        return families_of(self.model)

    @property
    def taught(self) -> tuple[Taught, ...]:
        """Everything taught: the user's own first, in order of their names."""
        with self._lock:
            found = [self._about(p, s) for p in self._shelf.packs for s in p.styles]
        return tuple(sorted(found, key=lambda t: (t.ready_made, t.name.casefold())))

    @property
    def muted(self) -> frozenset[str]:
        """Labels of the model that are shown as *not sure*."""
        return frozenset(self._shelf.choices.muted)

    @property
    def notices(self) -> tuple[str, ...]:
        """One sentence for each file that could not be used."""
        return self._shelf.notices

    @property
    def undoable(self) -> bool:
        """Whether :meth:`undo` has something to undo."""
        return self._shelf.undoable

    def checked_name(self, name: str, family: str | None = None) -> str:
        """Return the name for a style of the user's own as it is kept, if it may be taught.

        Raises
        ------
        TeachingError
            If the name does not fit, or there is no such family.
        """
        return checked_name(name, family, self.model)

    def teach(
        self, name: str, takes: Sequence[Take], family: str | None = None, provenance: str = ""
    ) -> Taught:
        """Learn a style from takes, or more of one that was taught before.

        Parameters
        ----------
        name
            What it is called; one that the user taught before learns more.
        takes
            At least one, each of some seconds.
        family
            Label of the model that it is a move of; None for a style of its own, or to
            leave it where it is.
        provenance
            Where the takes come from, in words.

        Raises
        ------
        TeachingError
            If the name does not fit, there is no take, or none is long enough.
        OutputError
            If it cannot be kept, say because the disk is full.
        """
        name = self.checked_name(name, family)
        if not takes:
            raise TeachingError(f"There is no take of '{name}': dance one.")
        lessons = self._learner().lessons(takes, taught=_now(), provenance=provenance)
        with self._changing("teach"):
            self._add(PackedStyle(name, family, lessons))
        return self._named(name)

    def correct(self, label: str, take: Take) -> Taught:
        """Learn that what was just danced was this.

        Parameters
        ----------
        label
            A label of the model, or the name of something taught.
        take
            What was danced, some seconds.

        Raises
        ------
        TeachingError
            If there is no such style, or the take is too short.
        OutputError
            If it cannot be kept.
        """
        known = {style.name: style for pack in self._shelf.packs for style in pack.styles}
        if label in self.families:
            style = PackedStyle(label, label, ())
        elif label in known:
            style = known[label]
        else:
            raise TeachingError(f"There is no style '{label}': teach it first.")
        lesson = self._learner().lesson(take, taught=_now(), provenance="corrected while dancing")
        with self._changing("correct"):
            self._add(replace(style, lessons=(lesson,)))
        return self._named(label)

    def rename(self, name: str, new: str) -> None:
        """Give a style that the user taught another name.

        Raises
        ------
        TeachingError
            If there is no such style, it came with the program, or the name is taken.
        OutputError
            If it cannot be kept.
        """
        pack, style = self._own(name)
        new = self.checked_name(new)
        if new == name:
            return
        if any(t.name == new for t in self.taught):
            raise TeachingError(
                f"There is a style '{new}' already: merge the two, or choose another name."
            )
        with self._changing("rename"):
            path = self._shelf.path_for(new)
            self._shelf.put(replace(style, name=new), path)
            inactive = self._shelf.choices.inactive
            if pack.name in inactive:
                self._shelf.choose(inactive=[*inactive, path.stem])
            self._shelf.drop(pack, name)

    def merge(self, name: str, into: str) -> None:
        """Make one style of two that the user taught.

        Raises
        ------
        TeachingError
            If either is not there or came with the program, or they are the same.
        OutputError
            If it cannot be kept.
        """
        if name == into:
            raise TeachingError(f"'{name}' cannot be merged with itself: choose another style.")
        _, style = self._own(name)
        self._own(into)
        with self._changing("merge"):
            self._add(PackedStyle(into, None, style.lessons))
            # The two may have been in one file, which is another one now.
            self._shelf.drop(self._own(name)[0], name)

    def remove(self, name: str) -> None:
        """Forget a style that the user taught.

        Raises
        ------
        TeachingError
            If there is no such style, or it came with the program.
        OutputError
            If its file cannot be removed.
        """
        pack, _ = self._own(name)
        with self._changing("remove"):
            self._shelf.drop(pack, name)

    def mute(self, label: str, muted: bool = True) -> None:
        """Show a label of the model as *not sure*, or as itself again.

        Raises
        ------
        TeachingError
            If the model has no such label.
        OutputError
            If it cannot be kept.
        """
        if label not in self.families:
            raise TeachingError(f"There is no shipped style '{label}': {', '.join(self.families)}.")
        with self._changing("mute"):
            others = [x for x in self._shelf.choices.muted if x != label]
            self._shelf.choose(muted=[*others, label] if muted else others)

    def activate(self, pack: str, active: bool = True) -> None:
        """Switch recognising what is in one file on or off.

        Raises
        ------
        TeachingError
            If there is no such pack.
        OutputError
            If it cannot be kept.
        """
        if not any(p.name == pack for p in self._shelf.packs):
            raise TeachingError(f"There is no style pack '{pack}': see the list of styles.")
        with self._changing("activate"):
            others = [x for x in self._shelf.choices.inactive if x != pack]
            self._shelf.choose(inactive=others if active else [*others, pack])

    def undo(self) -> str | None:
        """Undo the last change and return what it was; None where there is nothing to undo.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        with self._lock:
            what = self._shelf.undo()
            if what is not None:
                self._settle()
            return what

    def details(self, name: str) -> tuple[Taught, tuple[Lesson, ...]]:
        """Return what there is to say of a taught style, the user's own before others.

        Raises
        ------
        TeachingError
            If there is no such style.
        """
        with self._lock:
            pack, style = self._found(name)
            return self._about(pack, style), style.lessons

    def export(self, names: Sequence[str], path: Path) -> None:
        """Write styles into one file, to be kept or shared.

        Raises
        ------
        TeachingError
            If there is no such style, or no name is given.
        OutputError
            If it cannot be written.
        """
        if not names:
            raise TeachingError("No style was named: name one or more to export.")
        write_pack(path, [self._found(name)[1] for name in names], self.model)

    def bring_in(self, path: Path) -> tuple[Taught, ...]:
        """Import a pack, once it was checked.

        A style whose name is taken learns what the pack knows of it.

        Raises
        ------
        TeachingError
            If it is no pack, damaged, or made with another style model.
        OutputError
            If it cannot be kept.
        """
        self._learner()
        styles = read_pack(path, self.model)
        with self._changing("import"):
            for style in styles:
                self._add(replace(style, name=self.checked_name(style.name, style.family)))
        names = {" ".join(style.name.split()) for style in styles}
        return tuple(t for t in self.taught if t.name in names and not t.ready_made)

    def _learner(self) -> Learner:
        return Learner(self.model)

    def _named(self, name: str) -> Taught:
        return next(t for t in self.taught if t.name == name and not t.ready_made)

    def _found(self, name: str) -> tuple[Pack, PackedStyle]:
        matches = [(p, s) for p in self._shelf.packs for s in p.styles if s.name == name]
        if not matches:
            raise TeachingError(f"There is no taught style '{name}': see the list of styles.")
        return min(matches, key=lambda match: match[0].ready_made)

    def _own(self, name: str) -> tuple[Pack, PackedStyle]:
        pack, style = self._found(name)
        if pack.ready_made:
            raise TeachingError(
                f"'{name}' came with the program and stays as it is: switch its pack off instead."
            )
        return pack, style

    def _about(self, pack: Pack, style: PackedStyle) -> Taught:
        return Taught(
            style.name,
            style.family,
            len(style.lessons),
            style.seconds,
            pack.name,
            pack.ready_made,
            pack.name not in self._shelf.choices.inactive,
        )

    def _add(self, style: PackedStyle) -> None:
        """Put a style into its file; one that is there learns its lessons."""
        path = self._shelf.path_for(style.name)
        for pack in self._shelf.packs:
            for known in pack.styles:
                if (pack.path, known.name) == (path, style.name):
                    family = style.family or known.family
                    lessons = (*known.lessons, *style.lessons)
                    style = replace(known, family=family, lessons=lessons)
        self._shelf.put(style, path)

    @contextmanager
    def _changing(self, what: str) -> Iterator[None]:
        """Make one change, all of it or nothing."""
        with self._lock:
            with self._shelf.changing(what):
                yield
            self._settle()

    def _settle(self) -> None:
        """Let what is on the shelf hold from now on."""
        active = recognised(self._shelf.packs, self._shelf.choices.inactive)
        background = self.model.background
        self.head = Head(background, active) if active and background else None
        self.changed += 1


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
