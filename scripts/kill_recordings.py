"""Kills recording processes at random moments, and measures what of their sessions is lost.

    python scripts/kill_recordings.py --times 50

Each process records a small picture with two dancers, 30 times a second, says after each
frame that it was recorded, and is killed (SIGKILL) without warning. Its session must then
be found and finished, and end less than a second before the last frame that was said to
be recorded, in the table and in the video. Every fifth is killed once more while it is
being finished, which must lose nothing. Exits with 1 where anything of that fails.
"""

import argparse
import json
import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from choreai_live.messages import Frame, Pose, Readout, Snapshot, Track
from choreai_live.session import RecordingSettings, SessionAbout, SessionRecorder
from choreai_live.session.finishing import finish_interrupted, finish_session
from choreai_live.session.lock import in_use
from choreai_live.session.naming import tables_of
from choreai_live.session.reading import RecordedSession
from choreai_live.session.source import RecordedPictures

LABELS: Final = ("afrobeat", "classical", "hiphop", "other")
WIDTH, HEIGHT, RATE = 128, 96, 30
#: Seconds of a recording that may be lost.
MOST_LOST: Final = 1.0
#: Seconds a process has to begin.
PATIENCE: Final = 30.0
#: Processes that record at a time.
AT_ONCE: Final = 5


@dataclass(frozen=True, slots=True)
class Killing:
    """What one killing cost.

    Parameters
    ----------
    lived
        Seconds from the first recorded frame to the end.
    frames
        Found afterwards.
    lost
        Seconds between the last frame said to be recorded and the last one found.
    video_lost
        The same, of the last picture that was not left out and the last one to be seen.
    found
        Whether finishing found the session, left it alone while its process lived, and
        lost nothing when it was killed in turn.
    """

    lived: float
    frames: int
    lost: float
    video_lost: float
    found: bool


def record_for_ever(folder: Path, said: int, split: float) -> None:
    """Record, and write to ``said`` the time of every frame, and whether with its picture."""
    settings = RecordingSettings(overlay=True, split_seconds=split, floor_bytes=0)
    recorder = SessionRecorder(folder, settings, SessionAbout("hall", LABELS, rate=RATE))
    began = time.monotonic()
    chance = np.random.default_rng()
    number = dropped = 0
    while True:
        now = time.monotonic() - began
        recorder.record(made_snapshot(number, now, chance))
        if recorder.failure is not None:
            raise SystemExit(recorder.failure)
        pictured = recorder.dropped_pictures == dropped
        dropped = recorder.dropped_pictures
        os.write(said, f"{now!r} {int(pictured)}\n".encode())
        number += 1
        time.sleep(max(number / RATE - (time.monotonic() - began), 0.0))


def made_snapshot(number: int, now: float, chance: np.random.Generator) -> Snapshot:
    """Return a snapshot of two dancers before a picture that no encoder makes small."""
    image = chance.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
    tracks, readouts = [], {}
    for id_ in (1, 2):
        keypoints = chance.uniform(20, 90, (17, 2)).astype(np.float32)
        box = np.array([20, 20, 90, 90], np.float32)
        pose = Pose(keypoints, chance.random(17, np.float32), box, 0.9)
        tracks.append(Track(id_, pose, number, 0))
        shares = np.full(len(LABELS), 0.25, np.float32)
        readouts[id_] = Readout(shares, None, 0.25, 0.0)
    return Snapshot(Frame(image, now, number, time.monotonic()), tuple(tracks), readouts)


def forked(work: Callable[[], object]) -> int:
    """Run something in a process of its own, without importing everything again."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:  # nothing of this process may go on in that one
        print(error, file=sys.stderr)
        sys.stderr.flush()
    finally:
        os._exit(1)


def kill(child: int) -> None:
    """Kill a process, and wait until it is gone."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@dataclass(slots=True)
class _Recording:
    folder: Path
    child: int
    said: int
    dies: float


def begin(folder: Path, chance: random.Random) -> _Recording:
    """Start a process that records, and choose when it is to die."""
    read, write = os.pipe()

    def work() -> None:
        os.close(read)
        # Some of them are killed while they go from one part to the next.
        record_for_ever(folder, write, chance.choice([0.5, 100.0]))

    child = forked(work)
    os.close(write)
    select.select([read], [], [], PATIENCE)  # until it has said something
    return _Recording(folder, child, read, time.monotonic() + chance.uniform(0.0, 2.6))


def kill_and_measure(recording: _Recording, *, again: bool, chance: random.Random) -> Killing:
    """Kill a process and see what is left of its session."""
    sessions = list(recording.folder.iterdir())
    untouched = finish_interrupted(recording.folder) == [] and all(map(in_use, sessions))
    kill(recording.child)
    with os.fdopen(recording.said) as pipe:
        whole = [line for line in pipe.read().splitlines(keepends=True) if line.endswith("\n")]
    times = [float(line.split()[0]) for line in whole]
    pictured = [float(line.split()[0]) for line in whole if line.endswith("1\n")]
    lived = times[-1] - times[0] if times else 0.0
    if not tables_of(sessions[0]):  # killed in its very first moment
        return Killing(lived, 0, lived, lived, untouched)
    untouched = untouched and (not again or survives_killing(sessions[0], chance))
    found = finish_interrupted(recording.folder) == sessions or again
    if not any(recording.folder.iterdir()):  # killed before anything was to last
        return Killing(lived, 0, lived, lived, untouched)
    session = RecordedSession(sessions[0])
    rows = [(part, frame.row) for part in session.parts for frame in session.frames_of(part)]
    pictures = {}
    for part in session.parts:
        for time_, _ in RecordedPictures(part).all():
            pictures[part.table, time_] = True
    shown = [row.time for part, row in rows if (part.table, row.picture) in pictures]
    return Killing(
        lived=lived,
        frames=len(rows),
        lost=times[-1] - session.end,
        video_lost=pictured[-1] - max(shown, default=pictured[0]),
        found=found and untouched and session.interrupted,
    )


def survives_killing(session: Path, chance: random.Random) -> bool:
    """Kill who finishes a session; return whether it then is as one finished in peace."""
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(session, Path(folder) / session.name)
        if not finish_session(copy):
            return True  # nothing is in it yet
        wanted = contents(copy)
    child = forked(partial(finish_session, session))
    time.sleep(chance.uniform(0.0, 0.02))
    kill(child)
    finish_session(session)
    return contents(session) == wanted


def contents(session: Path) -> list[object]:
    """Return everything that a session holds, to be compared."""
    read = RecordedSession(session)
    frames = [
        (row, [track.pose.keypoints.tobytes() for track in tracks])
        for part in read.parts
        for row, tracks, _ in read.frames_of(part)
    ]
    return [frames, [part.video.read_bytes() for part in read.parts if part.video.exists()]]


def main() -> None:
    """Kill as often as asked, print a line for each and the worst at the end."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    asked = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    chance = random.Random(seed)  # noqa: S311 - no secret
    killings: list[Killing] = []
    with TemporaryDirectory() as folder, ExitStack() as stack:
        running: list[_Recording] = []
        stack.callback(lambda: [kill(recording.child) for recording in running])
        started = 0
        while len(killings) < asked.times:
            while started < asked.times and len(running) < AT_ONCE:
                running.append(begin(Path(folder) / str(started), chance))
                started += 1
            running.sort(key=lambda recording: recording.dies)
            first = running.pop(0)
            time.sleep(max(first.dies - time.monotonic(), 0.0))
            again = len(killings) % 5 == 4
            killings.append(kill_and_measure(first, again=again, chance=chance))
            if not asked.json:
                print(f"{len(killings):3}  {killings[-1]}")
    worst = {
        "seed": seed,
        "killings": len(killings),
        "unfinished": sum(not killing.found for killing in killings),
        "lost": max(killing.lost for killing in killings),
        "video_lost": max(killing.video_lost for killing in killings),
    }
    print(json.dumps({**worst, "each": [asdict(k) for k in killings]} if asked.json else worst))
    lost = max(worst["lost"], worst["video_lost"])
    raise SystemExit(1 if worst["unfinished"] or lost > MOST_LOST else 0)


if __name__ == "__main__":
    main()
