#!/usr/bin/env python3
"""Makes docs/images/window.png: the real window, the real pipeline, the demo dancer.

Run it in the checkout; without a screen, under ``xvfb-run``::

    xvfb-run --auto-servernum .venv/bin/python scripts/make_screenshot.py
"""

import argparse
import os
import sys
from pathlib import Path
from time import monotonic

from PyQt6.QtTest import QTest

from choreai_live.settings import EngineSettings
from choreai_live.ui.app import make_application
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.worker import WorkerState

#: The demo dancer in the proportions of the window's picture.
STAGE = "demo?width=960&height=600"
#: Twice as large as the window, so that it is sharp on the screens of today.
SCALE = 2
#: How much longer than what is watched it may take.
PATIENCE_SECONDS = 120.0


def main() -> None:
    """Open the window, wait for a steady readout, and keep a picture of it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--source", default=STAGE, help="what to show; default: %(default)s")
    options.add_argument(
        "--seconds", type=float, default=75.0, help="how much to watch first; default: %(default)s"
    )
    options.add_argument("--output", type=Path, default=Path("docs/images/window.png"))
    asked = options.parse_args()

    os.environ["QT_SCALE_FACTOR"] = str(SCALE)
    application = make_application()
    window = MainWindow(EngineSettings())
    window.show()
    window.watch(asked.source)
    try:
        watch(window, asked.seconds)
        asked.output.parent.mkdir(parents=True, exist_ok=True)
        window.grab().save(str(asked.output))
        print(f"{asked.output}: {window.readout.words.word} {window.readout.words.number}")
    finally:
        window.close()
        application.quit()


def watch(window: MainWindow, seconds: float) -> None:
    """Watch for `seconds` of the source's time, and on until there is a sure readout."""
    give_up = monotonic() + seconds + PATIENCE_SECONDS
    while window.timeline.history.now < seconds or not window.readout.words.number:
        QTest.qWait(20)
        if window.state is WorkerState.FAILED:
            sys.exit(window.stage.card.sentence)
        if monotonic() > give_up:
            sys.exit(f"No sure readout in time: {window.readout.words}")


if __name__ == "__main__":
    main()
