#!/usr/bin/env python3
r"""Makes docs/images/kiosk-*.png, and measures how fast the kiosk is: the real program throughout.

Every scene starts ``choreai-live --kiosk`` on the screen that is there; without one::

    xvfb-run --auto-servernum --server-args="-screen 0 1280x720x24" \
        .venv/bin/python scripts/make_kiosk_screenshots.py

The times printed are read from the kiosk's own log. It needs ImageMagick's ``import``
and, for the camera that goes away, the ``dev`` extra's RTSP server.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep, time

import numpy as np
import psutil

from choreai_live.demo import DemoScene, SceneSettings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from clips import write_clip  # noqa: E402
from rtsp_server import RtspServer  # noqa: E402

#: Seconds anything here may take.
PATIENCE = 120.0
STAGE = {"width": 1280, "height": 720}
RATE = 25
#: What the kiosk speaks.
LANGUAGE = ["en"]
_ENTRY = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \w+ [\w.]+: (.*)")


class Kiosk:
    """The program, running with settings of its own.

    Parameters
    ----------
    folder
        For its settings and its log.
    tables
        The tables of the settings file, as TOML.
    """

    def __init__(self, folder: Path, tables: str) -> None:
        self.log = folder / "log" / "kiosk.log"
        settings = folder / "settings.toml"
        settings.write_text(
            f'{tables}\n[log]\nfolder = "{folder / "log"}"\n[window]\nlanguage = "{LANGUAGE[0]}"\n'
        )
        self.process = subprocess.Popen(
            [sys.executable, "-m", "choreai_live", "--kiosk", "--settings", str(settings)]
        )

    @property
    def pipeline(self) -> psutil.Process:
        """The process that has the pipeline."""
        children = psutil.Process(self.process.pid).children()
        # The other one is a spare, which is always younger.
        living = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
        return min(living, key=psutil.Process.create_time)

    def entries(self) -> list[tuple[float, str]]:
        """Return time, seconds since the epoch, and words of every line of the log."""
        if not self.log.is_file():
            return []
        found = _ENTRY.findall(self.log.read_text())
        return [
            (datetime.strptime(moment, "%Y-%m-%d %H:%M:%S,%f").astimezone().timestamp(), words)
            for moment, words in found
        ]

    def wait_for(self, words: str, since: float = 0.0) -> float:
        """Wait until the log says `words` at `since` or later; return when it said so.

        Both are seconds since the epoch.
        """
        give_up = monotonic() + PATIENCE
        while monotonic() < give_up:
            for said_at, said in self.entries():
                if words in said and said_at >= since:
                    return said_at
            if self.process.poll() is not None:
                sys.exit(f"The kiosk ended with status {self.process.returncode}.")
            sleep(0.05)
        sys.exit(f"The kiosk's log never said {words!r}.")

    def seconds_said(self, words: str) -> list[float]:
        """Return the seconds that the lines with `words` tell."""
        return [
            float(told[1])
            for _, said in self.entries()
            if words in said and (told := re.search(r"([\d.]+) s", said))
        ]

    def close(self) -> None:
        """End it as systemd would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=30) != 0:
            sys.exit(f"The kiosk ended with status {self.process.returncode}.")


@contextmanager
def running(tables: str) -> Iterator[Kiosk]:
    """Run a kiosk while inside."""
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(Path(folder), tables)
        try:
            yield kiosk
        finally:
            kiosk.close()


def main() -> None:
    """Make the pictures, and print the times."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--output", type=Path, default=ROOT / "docs" / "images")
    options.add_argument(
        "--only", nargs="*", choices=SCENES, default=list(SCENES), help="default: all of them"
    )
    options.add_argument("--language", choices=("en", "fr"), default="en")
    asked = options.parse_args()
    LANGUAGE[:] = [asked.language]
    if not os.environ.get("DISPLAY") or shutil.which("import") is None:
        sys.exit("This needs an X display (see the top of this file) and ImageMagick.")
    asked.output.mkdir(parents=True, exist_ok=True)
    for name in asked.only:
        SCENES[name](asked.output)


def attract_and_live(output: Path) -> None:
    """Let somebody come and go: both screens, and how fast they change."""
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "visitor.mp4"
        write_visit(clip, 4.0, 14.0, 14.0)
        # The kiosk plays a video again and again.
        with running(table("source", spec=str(clip)) + NO_PAGE) as kiosk:
            left = 0.0
            for visit in range(1, 6):
                came = kiosk.wait_for("the live screen stood", left)
                if visit == 4:
                    sleep(11.0)
                    keep(output / "kiosk-live.png")
                left = kiosk.wait_for("Nobody is there", came)
            sleep(3.0)
            keep(output / "kiosk-attract.png")
            report("attract screen gives way after", kiosk.seconds_said("the live screen stood"))


def crowd(output: Path) -> None:
    """Show four dancers at once."""
    with running(table("source", spec=demo(dancers=4)) + NO_PAGE) as kiosk:
        kiosk.wait_for("the live screen stood")
        sleep(16.0)
        keep(output / "kiosk-crowd.png")


def privacy(output: Path) -> None:
    """Show figures instead of the picture, and the sign that they are kept."""
    with tempfile.TemporaryDirectory() as folder:
        tables = table("source", spec=demo(dancers=3)) + table("kiosk", privacy=True) + NO_PAGE
        tables += table("recording", enabled=True, folder=folder, disk_floor_megabytes=1)
        with running(tables) as kiosk:
            kiosk.wait_for("the live screen stood")
            sleep(16.0)
            keep(output / "kiosk-privacy.png")


def recovery(output: Path) -> None:
    """Kill the pipeline's process, and freeze it."""
    with running(table("source", spec=demo()) + NO_PAGE) as kiosk:
        kiosk.wait_for("the live screen stood")
        sleep(10.0)
        killed, frozen = [], []
        for number in range(6):
            kind, taken = (signal.SIGKILL, killed) if number % 2 == 0 else (signal.SIGSTOP, frozen)
            struck = time()
            kiosk.pipeline.send_signal(kind)
            if number == 0:
                sleep(0.6)
                keep(output / "kiosk-recovery.png")
            taken.append(kiosk.wait_for("Pictures come", struck) - struck)
            sleep(4.0)
        report("pictures again after kill -9", killed)
        report("pictures again after SIGSTOP", frozen)


def reconnecting(output: Path) -> None:
    """Take the camera, a real RTSP server, away and give it back."""
    with tempfile.TemporaryDirectory() as folder:
        write_visit(Path(folder) / "stage.mp4", 0.0, 20.0, 0.0)
        server = RtspServer(Path(folder))
        spec = server.url("stage.mp4", endless=True)
        with running(table("source", spec=spec) + NO_PAGE) as kiosk:
            kiosk.wait_for("the live screen stood")
            sleep(4.0)
            gone = time()
            server.stop()
            noticed = kiosk.wait_for("No pictures come", gone) - gone
            sleep(5.0)
            keep(output / "kiosk-reconnecting.png")
            server = RtspServer(Path(folder), port=server.port)
            back = time()
            report("camera away: said after", [noticed])
            report(
                "pictures again after its return", [kiosk.wait_for("Pictures come", back) - back]
            )
            server.stop()


SCENES = {
    each.__name__: each for each in (attract_and_live, crowd, privacy, recovery, reconnecting)
}
NO_PAGE = "[monitoring]\nenabled = false\n"


def table(name: str, **keys: object) -> str:
    """Return one table of the settings file."""
    lines = [f"[{name}]"]
    for key, value in keys.items():
        written = str(value).lower() if isinstance(value, bool) else repr(value)
        lines.append(f"{key} = {written}")
    return "\n".join(lines) + "\n"


def demo(**settings: object) -> str:
    """Return the demo dancer as a source."""
    asked = "&".join(f"{key}={value}" for key, value in (STAGE | settings).items())
    return f"demo?{asked}"


def write_visit(path: Path, before: float, there: float, after: float) -> None:
    """Write a video of the empty studio, the dancer in it, and the empty studio: seconds each."""
    scene = DemoScene(SceneSettings(**STAGE))

    def paint(number: int, width: int, height: int) -> np.ndarray:
        time = number / RATE
        return scene.render(time) if before <= time < before + there else scene.backdrop

    count = round((before + there + after) * RATE)
    write_clip(path, count=count, **STAGE, rate=RATE, paint=paint)


def keep(path: Path) -> None:
    """Keep what is on the screen, small: in the 256 colours that suit it best."""
    smaller = ["-dither", "FloydSteinberg", "-colors", "256", "-define", "png:compression-level=9"]
    subprocess.run(["import", "-window", "root", *smaller, f"PNG8:{path}"], check=True)
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def report(what: str, seconds: list[float]) -> None:
    """Print the times."""
    print(f"{what}: {', '.join(f'{each:.2f} s' for each in seconds)}")


if __name__ == "__main__":
    main()
