#!/usr/bin/env python3
"""Runs the program for hours on a stream that keeps failing, and watches what it holds.

A camera that films the demo dancer and a bad network run in a process of their own: it
stalls, resets, refuses, swallows, corrupts, truncates, slows down and delays by chance.
Here run the supervised source, the real models, the whole pipeline and a recording in
parts, of which the oldest are deleted. Memory, threads, handles, latency and wrong
labels are told minute by minute, with a verdict at the end; the exit status is 1 if it
was not flat. Everything is copied to a temporary folder first, so that the checkout can
be worked on meanwhile::

    python scripts/soak.py --hours 1
"""

import argparse
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import IO, Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]

DANCE: Final = "classical"
KEPT_PARTS: Final = 3
PART_SECONDS: Final = 60.0
FOOTAGE_SECONDS: Final = 60

STAGED: Final = "CHOREAI_SOAK_STAGED"
"""Set, to the temporary folder, for the process that runs from the copy."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Copy everything and run from the copy; return 1 if it was not flat."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same faults")
    parser.add_argument(
        "--interval", type=float, default=30.0, help="mean seconds of health between faults"
    )
    parser.add_argument("--json", action="store_true", help="print JSON in the end, no table")
    options = parser.parse_args(arguments)
    scratch = os.environ.get(STAGED)
    if scratch is not None:
        return soak(options, Path(scratch))
    with tempfile.TemporaryDirectory(prefix="choreai-soak-") as folder:
        staged = stage(Path(folder))
        command = [sys.executable, str(staged / "scripts" / "soak.py")]
        command += sys.argv[1:] if arguments is None else arguments
        environment = os.environ | {"PYTHONPATH": str(staged), STAGED: folder}
        with subprocess.Popen(command, env=environment) as running:
            while True:
                try:
                    return running.wait()
                except KeyboardInterrupt:
                    pass  # the other process was told too, and has its verdict to print


def stage(folder: Path) -> Path:
    """Copy the package as it is installed, and what the soak needs besides."""
    staged = folder / "checkout"
    leaving_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "choreai_live", staged / "choreai_live", ignore=leaving_out)
    for inside in ("ui", "models"):
        shutil.copytree(ROOT / inside, staged / "choreai_live" / inside, ignore=leaving_out)
    for beside in ("scripts", "tests"):
        (staged / beside).mkdir()
        for module in (ROOT / beside).glob("*.py"):
            shutil.copy(module, staged / beside)
    return staged


def soak(options: argparse.Namespace, scratch: Path) -> int:
    """Run for as long as was asked for; return 1 if it was not flat."""
    from soak_figures import Holdings, Minute, as_json, judge

    import choreai_live
    from choreai_live.allocator import share_one_heap
    from choreai_live.capture import Supervision, open_source
    from choreai_live.machine import describe_machine
    from choreai_live.pipeline import Engine
    from choreai_live.session import RecordingSettings, SessionAbout, SessionRecorder

    if not Path(choreai_live.__file__).is_relative_to(scratch):
        raise RuntimeError("the copy is not what is imported")
    logging.disable()  # the faults are ours
    share_one_heap()  # as the program does
    engine = Engine()
    video = _film(scratch / "stage" / "stage.mp4")
    _warm_up(engine, video)
    before = Holdings.now()
    run = _Run(options, scratch, video)
    out = sys.stderr if options.json else sys.stdout
    machine = describe_machine()
    out.write(f"{machine}\nbefore the source is opened: {before}\n\n{Minute.HEADER}")
    source = open_source(run.url, live=True, supervision=Supervision(persistent=True))
    settings = RecordingSettings(split_seconds=PART_SECONDS)
    recorder = SessionRecorder(scratch / "sessions", settings, SessionAbout.of(engine, source))
    minutes = run.watch(engine, source, recorder, out)
    recorder.close()
    run.close()
    after = Holdings.settled(before)
    verdict = judge(minutes, before, after, source.abandoned)
    if recorder.failure is not None:
        out.write(f"\nThe recording stopped: {recorder.failure}\n")
    out.write("\n" + "\n".join(verdict.words) + "\n")
    if options.json:
        about = {"machine": machine, "seed": options.seed, "hours": options.hours}
        sys.stdout.write(json.dumps(as_json(minutes, verdict, about), indent=1) + "\n")
    return int(not verdict.flat or recorder.failure is not None)


def _film(path: Path) -> Path:
    """Film the demo dancer as any RTSP server can send it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from clips import write_clip

    from choreai_live.demo import DemoScene, SceneSettings

    path.parent.mkdir()
    scene = DemoScene(SceneSettings(dance=DANCE))
    return write_clip(
        path,
        count=FOOTAGE_SECONDS * 25,
        width=640,
        height=480,
        paint=lambda number, *_: scene.render(number / 25),
    )


def _warm_up(engine: Any, video: Path) -> None:
    """Let every library start the threads it keeps."""
    from choreai_live.capture import open_source

    with open_source(str(video)) as source:
        pipeline = engine.pipeline(source)
        for number, _ in enumerate(pipeline):
            if number == 200:
                return


class _Run:
    """The camera's process, and the frames that come from it."""

    def __init__(self, options: argparse.Namespace, scratch: Path, video: Path) -> None:
        from soak_figures import Sampler

        command = [sys.executable, str(ROOT / "scripts" / "soak_stage.py"), str(video)]
        command += ["--seed", str(options.seed), "--interval", str(options.interval)]
        self._seconds = options.hours * 3600
        self._camera = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        port = json.loads(_end(self._camera.stdout).readline())["port"]
        self.url = f"rtsp://127.0.0.1:{port}/{video.name}?play_count=0"
        self._sampler = Sampler()
        self._listener = Thread(target=self._listen, name="camera's words", daemon=True)
        self._listener.start()
        self._deleted = 0

    def watch(self, engine: Any, source: Any, recorder: Any, out: Any) -> list[Any]:
        """Take frames through everything until the time is up, or Ctrl-C."""
        minutes: list[Any] = []
        began = monotonic()
        waker = Thread(target=self._close_in_time, args=(source,), daemon=True)
        waker.start()
        try:
            for snapshot in engine.pipeline(source, keep=600):
                recorder.record(snapshot)
                labels = [readout.label for readout in snapshot.readouts.values()]
                wrong = any(label not in (None, DANCE) for label in labels)
                self._sampler.note_frame(snapshot.timings["latency"], wrong=wrong)
                if monotonic() - began >= 60 * (len(minutes) + 1):
                    minutes.append(self._minute(len(minutes) + 1, source, recorder))
                    out.write(minutes[-1].as_row())
                    out.flush()
        except KeyboardInterrupt:
            pass
        source.close()
        return minutes

    def close(self) -> None:
        """End the camera's process."""
        self._sampler.close()
        _end(self._camera.stdin).close()
        self._camera.wait(30)
        self._listener.join(30)
        _end(self._camera.stdout).close()

    def _minute(self, number: int, source: Any, recorder: Any) -> Any:
        self._delete_old_parts(recorder.path)
        totals = Counter(
            dropped=source.dropped, skipped=source.skipped, reconnects=source.reconnects
        )
        present = sum(file.stat().st_size for file in recorder.path.iterdir())
        return self._sampler.end_minute(number, totals, self._deleted + present)

    def _delete_old_parts(self, session: Path) -> None:
        from choreai_live.session.naming import tables_of

        for table in tables_of(session)[:-KEPT_PARTS]:
            for file in session.glob(f"{table.stem}*"):
                self._deleted += file.stat().st_size
                file.unlink()

    def _close_in_time(self, source: Any) -> None:
        from time import sleep

        # Half a second more, for the last minute to be counted.
        sleep(self._seconds + 0.5)
        source.close()

    def _listen(self) -> None:
        for line in _end(self._camera.stdout):
            self._sampler.note_fault(json.loads(line)["fault"])


def _end(pipe: IO[str] | None) -> IO[str]:
    """Return our end of a pipe that was asked for."""
    if pipe is None:
        raise RuntimeError("there is no pipe")
    return pipe


if __name__ == "__main__":
    raise SystemExit(main())
