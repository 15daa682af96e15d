"""Teaching in a window: its actions, its sheet and pages, and whom they ask."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, pyqtSignal

from choreai_live.ui.events.log import EventKind
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.style_look import taught_look
from choreai_live.ui.teaching.calls import LibraryCalls
from choreai_live.ui.teaching.lately import Lately

if TYPE_CHECKING:
    from choreai_live.teaching import Library, Take, Taught
    from choreai_live.ui.main_window import MainWindow
    from choreai_live.ui.several.feed import Feed
    from choreai_live.ui.teaching.sheet import TeachSheet
    from choreai_live.ui.teaching.styles_page import StylesPage

#: Seconds for what was taught to be on the disk, when the window closes.
_PATIENCE: Final = 10.0


class WindowTeaching(QObject):
    """Opens a lesson, the chooser of a correction and the page of all styles.

    Their code is loaded when they are first asked for.

    Parameters
    ----------
    window
        Whose sources are taught from.

    Attributes
    ----------
    calls : LibraryCalls
        Asks the library, on a thread of its own.
    sheet : TeachSheet or None
        The lesson; None until it was first asked for.
    page : StylesPage or None
        All styles, while they are shown.
    undoable_changed
        Emitted when there is, or no longer is, a change of this session to be undone.
    """

    undoable_changed = pyqtSignal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.calls = LibraryCalls(self)
        self.sheet: TeachSheet | None = None
        self.page: StylesPage | None = None
        self._taught_by: Library | None = None
        self._lately: dict[Feed, Lately] = {}
        self._changed_at: list[float] = []
        actions = window.commands.teaching
        actions.teach.triggered.connect(self.teach)
        actions.correct.triggered.connect(self.correct)
        actions.styles.triggered.connect(self.show_styles)
        for feed in window.live.feeds:
            self._follow(feed)
        window.sources.drops.pack_dropped.connect(lambda spec: self.bring_in(Path(spec)))
        window.live.added.connect(self._follow)
        window.live.removed.connect(lambda feed: self._lately.pop(feed, None))

    @property
    def library(self) -> "Library | None":
        """What the chosen source asks for styles; None until the models are loaded."""
        engine = self._window.live.chosen.engine
        return None if engine is None else engine.library

    @property
    def newest_change(self) -> float | None:
        """When the newest change that can be undone was made, monotonic seconds; None for none."""
        return self._changed_at[-1] if self._changed_at else None

    def teach(self) -> None:
        """Begin a lesson, or go on with the one that was put aside."""
        library = self._ready()
        if library is None:
            return
        if self.sheet is None or self._taught_by is not library:
            self._make_sheet(library)
        if self.sheet is not None:
            self.sheet.open()

    def correct(self) -> None:
        """Ask what the dancer of the big readout was dancing just now, and learn it."""
        library = self._ready()
        if library is None:
            return
        take = self._lately[self._window.live.chosen].take()
        if take is None or not take.quality.usable:
            self._say(self.tr("Nobody has danced long enough just now to learn from it."))
            return
        from choreai_live.ui.teaching.choosing_style import StyleChooser

        own = [each.name for each in library.taught if not each.ready_made]
        ready = [each.name for each in library.taught if each.ready_made and each.active]
        labels = dict.fromkeys((*library.families, *own, *ready))
        looks = self._window.stage.looks
        shown = self._window.readout.look or looks.not_sure
        chooser = StyleChooser(take, tuple(labels), looks, shown, self._window)
        chooser.chosen.connect(lambda label: self._learn(library, label, take))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def show_styles(self) -> None:
        """Open the page of all styles."""
        library = self._ready()
        if library is None:
            return
        from choreai_live.ui.teaching.styles_page import StylesPage

        page = self.page = StylesPage(library, self.calls, self._window)
        page.changed.connect(self._note_change)
        page.undone.connect(self._forget_change)
        page.finished.connect(self._forget_page)
        page.open()

    def bring_in(self, path: Path) -> None:
        """Import a style pack."""
        library = self._ready()
        if library is None:
            return
        self.calls.ask(lambda: library.bring_in(path), self._show_imported, self._fail)

    def undo(self) -> None:
        """Undo the newest change that was made in the window."""
        library = self.library
        if library is None or not self._changed_at:
            return
        self._forget_change()
        self.calls.ask(library.undo, self._show_undone, self._fail)

    def close(self) -> None:
        """Wait until everything that was taught is on the disk."""
        self.calls.finish(_PATIENCE)

    def _ready(self) -> "Library | None":
        """Return the library, if styles can be taught now; say why not otherwise."""
        library = self.library
        if library is None:
            self._say(self.tr("The models are still being loaded."))
        elif not library.can_teach:
            self._say(
                self.tr(
                    "This style model cannot be taught; choose the shipped one in the settings."
                )
            )
            library = None
        return library

    def _make_sheet(self, library: "Library") -> None:
        from choreai_live.ui.teaching.lesson import Lesson
        from choreai_live.ui.teaching.sheet import TeachSheet

        if self.sheet is not None:
            self.sheet.close_sheet()
            self.sheet.deleteLater()
        lesson = Lesson(library, self.calls, self)
        lesson.learned.connect(self._note_learned)
        live = self._window.live
        self.sheet = TeachSheet(lesson, lambda: live.chosen, live.wall)
        self.sheet.undo_asked.connect(self.undo)
        self.sheet.closed.connect(self._window.setFocus)
        self._taught_by = library

    def _follow(self, feed: "Feed") -> None:
        self._lately[feed] = Lately(feed)

    def _learn(self, library: "Library", label: str, take: "Take") -> None:
        self.calls.ask(lambda: library.correct(label, take), self._show_corrected, self._fail)

    def _show_corrected(self, taught: "Taught") -> None:
        self._note_change()
        words = self.tr("Learned: this was {style}.").format(style=taught_look(taught.name).word)
        self._note(words)
        self._offer_undo(words)

    def _show_imported(self, taught: "tuple[Taught, ...]") -> None:
        self._note_change()
        names = ", ".join(each.name for each in taught)
        words = self.tr("Imported: {names}.").format(names=names)
        self._note(words)
        self._offer_undo(words)
        if self.page is not None:
            self.page.show_again()

    def _show_undone(self, _what: str | None) -> None:
        words = self.tr("Undone: it is as it was before.")
        self._note(words)
        self._say(words)
        if self.page is not None:
            self.page.show_again()

    def _note_learned(self, taught: "Taught") -> None:
        self._note_change()
        self._note(self.tr("Learned: {name}.").format(name=taught.name))

    def _note_change(self) -> None:
        library = self.library
        if library is not None and library.undoable:
            self._changed_at.append(monotonic())
        else:
            self._changed_at.clear()
        self.undoable_changed.emit()

    def _forget_change(self) -> None:
        if self._changed_at:
            self._changed_at.pop()
        self.undoable_changed.emit()

    def _forget_page(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.deleteLater()

    def _offer_undo(self, words: str) -> None:
        notice = self._window.live.wall.notice

        def undo() -> None:
            notice.hide()
            self.undo()

        notice.show_words(words, (self.tr("Undo"), undo))

    def _fail(self, words: str) -> None:
        self._window.events.log.note("", EventKind.ERROR, words, warning=True)
        self._say(words)

    def _note(self, words: str) -> None:
        self._window.events.log.note("", EventKind.STYLE, words)

    def _say(self, words: str) -> None:
        self._window.live.wall.notice.show_words(spoken(words))
