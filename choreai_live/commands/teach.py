"""``choreai-live teach``: a style from files in which somebody dances it."""

import glob
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from choreai_live.capture import Supervision, mask_credentials, open_source
from choreai_live.capture.images import IMAGE_SUFFIXES
from choreai_live.commands.classify import ASSUMED_FPS, INTERRUPTED, clock
from choreai_live.commands.console import out, paused, progress_bar, say
from choreai_live.commands.source_states import SourceStates
from choreai_live.configuration import load_settings
from choreai_live.configuration.options import with_options
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.errors import SourceError
from choreai_live.pipeline import Engine
from choreai_live.recorded import follow, read_results
from choreai_live.recorded.forms import RESULTS_NAME
from choreai_live.teaching import Problem, Take, TeachingError
from choreai_live.teaching.learning import Learner
from choreai_live.teaching.watching import Watcher
from choreai_live.tracking import Tracker

#: What is kept of where takes came from, unless the user says otherwise: no name of a file,
#: as packs are shared.
_PROVENANCE: Final = "from files"

_WORDS: Final[Mapping[Problem, str]] = {
    Problem.SHORT: "too short, 5 s of one dancer without a break are needed",
    Problem.UNSEEN: "the dancer can hardly be seen",
    Problem.STILL: "hardly anything moves",
    Problem.LEGS: "the legs are out of the picture for most of it",
    Problem.MONOTONOUS: "it is one movement all the time",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be taught.

    Parameters
    ----------
    name
        Of the style.
    family
        Label of the model that it is a move of; None for a style of its own.
    dancer
        Whom to learn from in every file; None for who takes up most of the picture.
    provenance
        Where the files come from, in words; None to say no more than that there were some.
    fps
        Pictures per second of results of AlphaPose.
    """

    name: str
    family: str | None = None
    dancer: int | None = None
    provenance: str | None = None
    fps: float = ASSUMED_FPS


def run(
    request: Request, specs: Sequence[str], settings_file: Path | None, options: Mapping[str, Any]
) -> int:
    """Watch every file, learn from those that are good enough, and keep what was learnt.

    Parameters
    ----------
    request
        What to teach.
    specs
        Videos, and whatever else is a source; patterns that no shell has expanded.
    settings_file
        None for the user's own.
    options
        What was given on the command line; it wins.

    Returns
    -------
    int
        Exit status: 0, 1 if a file could not be read, 130 after Ctrl-C.

    Raises
    ------
    ChoreaiError
        If nothing can be taught: the model has no embedding, the name does not fit, no file
        shows enough, or what was learnt cannot be kept.
    """
    settings = chosen_settings(settings_file, options)
    engine = Engine(settings.engine)
    for notice in engine.notices:
        say(notice)
    Learner(engine.style_model)  # refuses a model that cannot be taught, before the work
    engine.library.checked_name(request.name, request.family)
    watching = _Watching(engine, request, settings.source.transport)
    try:
        watching.watch(_expanded(specs))
    except KeyboardInterrupt:
        say("Stopped; nothing was learnt.")
        return INTERRUPTED
    if not watching.takes:
        raise TeachingError(
            f"Nothing shows enough to learn '{request.name}' from: film one dancer from head to "
            "foot for half a minute or more."
        )
    _learn(engine, request, watching.takes)
    return 1 if watching.failed else 0


def chosen_settings(settings_file: Path | None, options: Mapping[str, Any]) -> ProgramSettings:
    """Return the settings of the file with the options of the command line."""
    loaded = load_settings(settings_file)
    if loaded.notice:
        say(loaded.notice)
    return with_options(loaded.settings, options)


def _expanded(specs: Sequence[str]) -> list[str]:
    """Return the sources, patterns of files expanded; pictures make up one source together."""
    sources: list[str] = []
    for spec in specs:
        found: list[str] = []
        if glob.has_magic(spec) and "://" not in spec and not Path(spec).exists():
            found = sorted(glob.glob(spec, recursive=True))  # noqa: PTH207 - absolute ones too
        pictures = all(Path(path).suffix.lower() in IMAGE_SUFFIXES for path in found)
        sources += [spec] if pictures else found
    return sources


class _Watching:
    """Watches one file after the other, and says of each what there is to learn from it."""

    def __init__(self, engine: Engine, request: Request, transport: str) -> None:
        self.takes: list[Take] = []
        self.failed = False
        self._engine = engine
        self._request = request
        self._transport = transport

    def watch(self, specs: Sequence[str]) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeRemainingColumn(),
        )
        with progress_bar(*columns) as progress:
            overall = progress.add_task("files", total=len(specs), count="", visible=len(specs) > 1)
            for number, spec in enumerate(specs):
                progress.update(overall, completed=number, count=f"{number} of {len(specs)}")
                watcher = Watcher(self._engine.style_model)
                try:
                    self._watch_one(spec, watcher, progress)
                    sentence = self._judged(spec, watcher)
                except SourceError as error:
                    self.failed = True
                    with paused(progress):
                        say(str(error))
                    continue
                with paused(progress):
                    out.print(Text(sentence), soft_wrap=True)

    def _watch_one(self, spec: str, watcher: Watcher, progress: Progress) -> None:
        name = Path(mask_credentials(spec)).name[-30:]
        task = progress.add_task(escape(name), total=None, count="opening")

        def show(time: float, duration: float | None) -> None:
            of = "" if duration is None else f" of {clock(duration)}"
            progress.update(task, total=duration, completed=time, count=f"{clock(time)}{of}")

        try:
            path = Path(spec)
            if path.suffix.lower() == ".json" or (path / RESULTS_NAME).is_file():
                recording = read_results(path)
                length = (recording.last - recording.origin + recording.step) / self._request.fps
                for seen in follow(recording, self._request.fps, Tracker()):
                    watcher.see(seen.tracks, seen.time)
                    show(seen.time, length)
                return
            supervision = Supervision(listener=SourceStates(), transport=self._transport)
            source = open_source(spec, supervision=supervision)
            with self._engine.pipeline(source) as pipeline:
                try:
                    for snapshot in pipeline:
                        watcher.see(snapshot.tracks, snapshot.frame.time)
                        show(snapshot.frame.time, source.duration)
                except KeyboardInterrupt:
                    if source.duration is not None:
                        raise
        finally:
            progress.remove_task(task)

    def _judged(self, spec: str, watcher: Watcher) -> str:
        """Keep the takes that are good enough, and say in one line what became of a file."""
        name = mask_credentials(spec)
        if not watcher.dancers:
            return f"{name}: nobody is seen."
        dancer = self._request.dancer or watcher.dancers[0]
        if dancer not in watcher.dancers:
            seen = ", ".join(map(str, sorted(watcher.dancers)))
            return f"{name}: there is no dancer {dancer}, but {seen}."
        takes = watcher.takes(dancer)
        good = [take for take in takes if take.quality.usable]
        self.takes += good
        problems = Counter[Problem]()
        for take in good or takes:
            if (problem := take.quality.problem) is not None:
                problems[problem] += round(take.seconds * 1000) + 1
        told = good or takes
        seconds = sum(take.seconds for take in told)
        said = f"{name}: {seconds:.0f} s of dancer {dancer}"
        worst = next((problem for problem, _ in problems.most_common(1)), None)
        if worst is not None and problems[worst] >= seconds * 500:
            said += f"; {_WORDS[worst]}"
        return f"{said}." if good else f"{said}, nothing is learnt from it."


def _learn(engine: Engine, request: Request, takes: Sequence[Take]) -> None:
    length = length_words(sum(take.seconds for take in takes))
    columns = (SpinnerColumn(), TextColumn("Learning from {task.description}"))
    began = monotonic()
    with progress_bar(*columns) as progress:
        progress.add_task(length, total=None)
        provenance = request.provenance or _PROVENANCE
        taught = engine.library.teach(request.name, takes, request.family, provenance)
    known = "" if taught.takes == len(takes) else f", {length_words(taught.seconds)} with the rest"
    out.print(
        Text(
            f"'{taught.name}' is learnt from {length} of dancing{known}, in "
            f"{monotonic() - began:.1f} s. See it with `choreai-live classify FILE`, or open the "
            "window and dance it."
        ),
        soft_wrap=True,
    )


def length_words(seconds: float) -> str:
    """Return a length as people say it: ``"1 min 5 s"``."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
