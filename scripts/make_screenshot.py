#!/usr/bin/env python3
"""Makes docs/images/window.png: the real window, the real pipeline, the demo dancer.

Run it in the checkout; without a screen, under ``xvfb-run``::

    xvfb-run --auto-servernum .venv/bin/python scripts/make_screenshot.py
"""

import argparse
import os
from pathlib import Path

from PyQt6.QtCore import QTimer

from choreai_live.pipeline import EngineSettings
from choreai_live.ui.app import make_application
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.source_opening import DEMO
from choreai_live.ui.worker import WorkerState

#: Twice as large as the window, so that it is sharp on the screens of today.
SCALE = 2
PATIENCE_SECONDS = 120


def main() -> None:
    """Open the window, wait for a steady readout, and keep a picture of it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--source", default=DEMO, help="what to show; default: %(default)s")
    options.add_argument(
        "--seconds", type=float, default=20.0, help="how much to watch first; default: %(default)s"
    )
    options.add_argument("--output", type=Path, default=Path("docs/images/window.png"))
    asked = options.parse_args()

    os.environ["QT_SCALE_FACTOR"] = str(SCALE)
    application = make_application()
    window = MainWindow(EngineSettings())
    window.show()
    window.watch(asked.source)

    def look() -> None:
        if window.state is WorkerState.FAILED:
            raise SystemExit(window.stage.card.sentence)
        steady = window.readout.words.number != ""
        if steady and window.timeline.history.now >= asked.seconds:
            asked.output.parent.mkdir(parents=True, exist_ok=True)
            window.grab().save(str(asked.output))
            print(f"{asked.output}: {window.readout.words.word} {window.readout.words.number}")
            application.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(100)
    QTimer.singleShot(PATIENCE_SECONDS * 1000, application.quit)
    application.exec()
    window.close()


if __name__ == "__main__":
    main()
