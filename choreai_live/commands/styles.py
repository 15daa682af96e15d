"""``choreai-live styles``: what was taught, and what is recognised of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from choreai_live.commands.console import out, say
from choreai_live.commands.teach import chosen_settings, length_words
from choreai_live.pipeline import load_style_model
from choreai_live.teaching import Library, Taught, TeachingError


class Styles:
    """The library that the settings and the options of the command line name.

    Each method prints what it did and returns the exit status, 0.

    Parameters
    ----------
    settings_file
        None for the user's own.
    options
        What was given on the command line; it wins.

    Raises
    ------
    ChoreaiError
        From here and from every method, if it cannot be done.
    """

    def __init__(self, settings_file: Path | None, options: Mapping[str, Any]) -> None:
        engine = chosen_settings(settings_file, options).engine
        self._library = Library(
            load_style_model(engine), engine.taught_styles, ready_made=engine.ready_made_styles
        )
        for notice in self._library.notices:
            say(notice)

    def list(self) -> int:
        """Print everything that can be recognised."""
        library = self._library
        table = Table(title=Text(str(library.folder), style="bold"), title_justify="left")
        table.add_column("Style", overflow="fold")
        table.add_column("Kind of")
        table.add_column("Shown", justify="right")
        table.add_column("Pack", no_wrap=True)
        table.add_column("Whose")
        table.add_column("Recognised")
        for label in library.families:
            muted = label in library.muted
            table.add_row(Text(label), "", "", "", "the model", "muted" if muted else "yes")
        for style in library.taught:
            table.add_row(
                Text(style.name),
                Text(_kind(style)),
                length_words(style.seconds),
                Text(style.pack),
                "ready-made" if style.ready_made else "yours",
                "yes" if style.active else "off",
            )
        out.print(table)
        if not library.can_teach:
            say(f"{library.model.path.name} cannot be taught, as it has no embedding.")
        return 0

    def show(self, name: str) -> int:
        """Print what there is to say of one style."""
        style, lessons = self._library.details(name)
        whose = "ready-made" if style.ready_made else "yours"
        kind = f", a kind of {_kind(style)}" if _kind(style) else ""
        off = "" if style.active else ", off"
        out.print(Text(f"{style.name}{kind}: {whose}, in {style.pack}{off}"), soft_wrap=True)
        table = Table("Take", "Length", "Taught", "From")
        for number, lesson in enumerate(lessons, start=1):
            length = length_words(lesson.seconds)
            table.add_row(str(number), length, Text(lesson.taught), Text(lesson.provenance))
        out.print(table)
        return 0

    def remove(self, name: str) -> int:
        """Forget a style."""
        self._library.remove(name)
        return _said(f"'{name}' is forgotten.")

    def rename(self, name: str, new: str) -> int:
        """Call a style something else."""
        self._library.rename(name, new)
        return _said(f"'{name}' is '{' '.join(new.split())}' from now on.")

    def merge(self, name: str, into: str) -> int:
        """Make one style of two."""
        self._library.merge(name, into)
        style, _ = self._library.details(into)
        return _said(f"'{name}' is part of '{into}' now: {length_words(style.seconds)} in all.")

    def mute(self, label: str, *, muted: bool) -> int:
        """Show a style of the model as *not sure*, or as itself again."""
        self._library.mute(label, muted)
        return _said(f"'{label}' is shown as {'not sure' if muted else 'itself'} from now on.")

    def activate(self, name: str, *, active: bool) -> int:
        """Recognise what is in a pack, or leave it alone."""
        pack = self._pack_of(name)
        self._library.activate(pack, active)
        inside = ", ".join(style.name for style in self._library.taught if style.pack == pack)
        return _said(f"{'On' if active else 'Off'}: {inside}.")

    def export(self, names: Sequence[str], path: Path) -> int:
        """Write styles into a file."""
        self._library.export(names, path)
        return _said(f"{path} holds {', '.join(names)}: `choreai-live styles import` reads it.")

    def bring_in(self, paths: Sequence[Path]) -> int:
        """Take in what others have exported."""
        for path in paths:
            names = ", ".join(style.name for style in self._library.bring_in(path))
            _said(f"Imported from {path}: {names}.")
        return 0

    def _pack_of(self, name: str) -> str:
        """Return the pack of that name, or the one that a style is in."""
        taught = self._library.taught
        for style in (
            *(s for s in taught if s.pack == name),
            *(s for s in taught if s.name == name),
        ):
            return style.pack
        raise TeachingError(f"There is no style or pack '{name}': see `choreai-live styles list`.")


def _kind(style: Taught) -> str:
    """Return what a style is a kind of, if it is; a correction is of the label's own name."""
    return "" if style.family in (None, style.name) else str(style.family)


def _said(sentence: str) -> int:
    out.print(Text(sentence), soft_wrap=True)
    return 0
