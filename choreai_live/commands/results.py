"""The files that ``classify`` writes: made ready before the work, written after it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from choreai_live.capture import mask_credentials
from choreai_live.classification import ClassificationReport
from choreai_live.commands.console import say
from choreai_live.errors import OutputError
from choreai_live.outputs import (
    OutputFile,
    OutputFolder,
    SeenPoses,
    alphapose_json,
    classification_csv,
    classification_json,
    classification_srt,
    result_names,
)


@dataclass(frozen=True, slots=True)
class ResultPaths:
    """Where results go; None for those not wanted.

    Parameters
    ----------
    json, csv
        One file for all sources.
    srt, alphapose
        A file, or with several sources a folder that gets one for each.
    alphapose_form
        One of :data:`choreai_live.recorded.forms.FORMS`.
    """

    json: Path | None = None
    csv: Path | None = None
    srt: Path | None = None
    alphapose: Path | None = None
    alphapose_form: str = "default"


class Results:
    """The results of some sources, to be written once the work is done.

    Parameters
    ----------
    stack
        Tidies up what was not written.
    specs
        The sources, as the user named them.
    paths
        Where results go.

    Raises
    ------
    OutputError
        If nothing can be written there, or it would overwrite a source or
        another result.
    """

    def __init__(self, stack: ExitStack, specs: Sequence[str], paths: ResultPaths) -> None:
        self._paths = paths
        self._several = len(specs) > 1
        self._protect(specs)
        self._json = self._prepare(stack, paths.json)
        self._csv = self._prepare(stack, paths.csv)
        self._srt = self._prepare_each(stack, paths.srt)
        self._alphapose = self._prepare_each(stack, paths.alphapose)

    @property
    def want_poses(self) -> bool:
        """Whether poses are to be noted, source by source."""
        return self._alphapose is not None

    def write(self, report: ClassificationReport, poses: Sequence[SeenPoses]) -> bool:
        """Write everything that was asked for; one failure does not stop the others.

        Parameters
        ----------
        report
            What was found.
        poses
            Who was seen in each source of the report, where that is wanted.

        Returns
        -------
        bool
            Whether everything was written.
        """
        complete = True
        for job in self._jobs(report, poses):
            try:
                job()
            except OutputError as error:
                say(str(error))
                complete = False
        return complete

    def _jobs(
        self, report: ClassificationReport, poses: Sequence[SeenPoses]
    ) -> Iterator[Callable[[], None]]:
        if self._json is not None:
            yield partial(self._json.write, classification_json(report))
        if self._csv is not None:
            yield partial(self._csv.write, classification_csv(report))
        names = [source.source for source in report.sources]
        for number, source in enumerate(report.sources):
            if not source.frames:
                continue
            if self._srt is not None:
                name = result_names(names, ".srt")[number]
                yield partial(_write, self._srt, name, [classification_srt(source)])
            if self._alphapose is not None:
                name = result_names(names, ".json")[number]
                parts = alphapose_json(poses[number], self._paths.alphapose_form)
                yield partial(_write, self._alphapose, name, parts)

    def _protect(self, specs: Sequence[str]) -> None:
        """Refuse to write over a source, or two results into one file."""
        sources = {Path(spec).resolve() for spec in specs if "://" not in spec}
        named: dict[Path, bool] = {}
        for path, suffix in (
            (self._paths.json, None),
            (self._paths.csv, None),
            (self._paths.srt, ".srt"),
            (self._paths.alphapose, ".json"),
        ):
            if path is None:
                continue
            target, folder = path.resolve(), suffix is not None and self._is_folder(path)
            files = {target}
            if suffix is not None and folder:
                files = {target / n for n in result_names(map(mask_credentials, specs), suffix)}
            if overwritten := sources & files:
                shown = path / overwritten.pop().name if folder else path
                raise OutputError(
                    f"{shown} is one of the sources: write the result somewhere else."
                )
            # A folder takes results of several kinds, and so does a device.
            shareable = folder or (target.exists() and not target.is_file())
            if target in named and not (shareable and named[target]):
                raise OutputError(f"{path} is asked for twice: give each result a file of its own.")
            named[target] = shareable

    def _is_folder(self, path: Path) -> bool:
        return self._several or path.is_dir()

    def _prepare(self, stack: ExitStack, path: Path | None) -> OutputFile | None:
        return None if path is None else stack.enter_context(OutputFile(path))

    def _prepare_each(
        self, stack: ExitStack, path: Path | None
    ) -> OutputFile | OutputFolder | None:
        if path is not None and self._is_folder(path):
            return OutputFolder(path)
        return self._prepare(stack, path)


def _write(output: OutputFile | OutputFolder, name: str, parts: Iterator[str] | list[str]) -> None:
    if isinstance(output, OutputFolder):
        output.write_parts(name, parts)
    else:
        output.write_parts(parts)
