"""Starting the kiosk."""

import logging
import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from PyQt6.QtCore import QTimer

from choreai_live.errors import ChoreaiError
from choreai_live.installation import notify
from choreai_live.ui.app import make_application
from choreai_live.ui.kiosk.awake import Awake
from choreai_live.ui.kiosk.window import KioskWindow
from choreai_live.ui.language.speaking import speak
from choreai_live.ui.remote_worker import RemoteWorker

if TYPE_CHECKING:
    from choreai_live.configuration import ProgramSettings
    from choreai_live.isolation import RecordingOrder

logger = logging.getLogger(__name__)


def run(settings: "ProgramSettings", notice: str | None, log_notice: str | None) -> int:
    """Open the kiosk and stay until somebody leaves it.

    Parameters
    ----------
    settings
        The program's.
    notice
        One sentence if the settings file was broken and others are used.
    log_notice
        One sentence if no log can be kept.

    Returns
    -------
    int
        The exit status: 0 if somebody left, or ended it by a signal.

    Raises
    ------
    ChoreaiError
        If there is no screen, or a library that Qt draws through is missing.
    """
    application = make_application()
    speak(settings.window.language)
    application.setQuitOnLastWindowClosed(True)
    notices = [sentence for sentence in (notice, log_notice) if sentence]
    worker = RemoteWorker(settings.engine, transport=settings.source.transport, persistent=True)
    with ExitStack() as stack:
        stack.callback(worker.close)
        if settings.recording.enabled:
            worker.record(recording_order(settings))
        _serve_figures(settings, worker, notices, stack)
        stack.callback(Awake().close)
        window = KioskWindow(settings, worker, notices)
        stack.enter_context(_ended_by_signals(window))
        application.commitDataRequest.connect(window.leave)
        window.start()
        notify.ready()
        status: int = application.exec()
        notify.stopping()
        window.hide()
        window.deleteLater()
    return status


def recording_order(settings: "ProgramSettings") -> "RecordingOrder":
    """Return what the kiosk records, as the settings have it."""
    from choreai_live.isolation import RecordingOrder

    recording = settings.recording
    return RecordingOrder(
        folder=recording.place,
        video=recording.video,
        overlay=recording.overlay,
        privacy=settings.kiosk.privacy,
        split_seconds=recording.split_seconds,
        split_bytes=recording.split_bytes,
        floor_bytes=recording.floor_bytes,
    )


def _serve_figures(
    settings: "ProgramSettings", worker: RemoteWorker, notices: list[str], stack: ExitStack
) -> None:
    """Serve the status page while inside `stack`; a taken port is no reason not to dance."""
    if not settings.monitoring.enabled:
        return
    from choreai_live.monitoring.server import MetricsServer

    try:
        server = MetricsServer(settings.monitoring.host, settings.monitoring.port)
    except ChoreaiError as error:
        logger.warning("%s", error)
        notices.append(str(error))
        return
    stack.callback(server.close)
    worker.figures_changed.connect(server.show)


def _ended_by_signals(window: KioskWindow) -> ExitStack:
    """Return a context in which signals end the kiosk, and defects do not."""
    stack = ExitStack()
    # Python runs signal handlers between byte codes, of which Qt's loop has
    # none; the timer gives it some.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(200)
    stack.callback(heartbeat.stop)
    for wish in (signal.SIGINT, signal.SIGTERM):
        stack.callback(signal.signal, wish, signal.signal(wish, lambda *_: window.leave()))
    # With Python's own hook PyQt aborts on an error in a drawing or a slot; a
    # screen in front of an audience goes on, and the traceback is kept.
    if sys.excepthook is sys.__excepthook__:
        stack.callback(setattr, sys, "excepthook", sys.excepthook)
        sys.excepthook = lambda *error: sys.__excepthook__(*error)
    return stack
