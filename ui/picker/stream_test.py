"""Trying a stream before it is watched."""

import logging
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from choreai_live.errors import ChoreaiError
from choreai_live.masking import mask_credentials
from choreai_live.ui.picker.glance import Glance, small_picture

if TYPE_CHECKING:
    from choreai_live.capture import Source

logger = logging.getLogger(__name__)

#: Seconds after which nobody wants to wait any longer.
PATIENCE: Final = 12.0
#: Seconds of pictures that are counted: streams often state no rate, or a wrong one.
COUNTED: Final = 1.5


class StreamTest(QObject):
    """Opens a stream in the background and says whether it works.

    Parameters
    ----------
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    """

    #: Glance, with the measured rate.
    works = pyqtSignal(object)
    #: One sentence.
    fails = pyqtSignal(str)
    _settled = pyqtSignal(object, object)

    def __init__(self, transport: str = "tcp", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._transport = transport
        self._left = Event()
        self._name = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(PATIENCE * 1000))
        self._patience.timeout.connect(self._give_up)
        self._settled.connect(self._tell)

    @property
    def under_way(self) -> bool:
        """Whether a stream is being tried."""
        return self._patience.isActive()

    def start(self, url: str) -> None:
        """Try a stream, and abandon the one before."""
        self.cancel()
        self._name = mask_credentials(url)
        left = self._left = Event()
        Thread(target=self._try, args=(url, left), name="picker stream", daemon=True).start()
        self._patience.start()

    def cancel(self) -> None:
        """Abandon it; nothing more is said about it."""
        self._patience.stop()
        self._left.set()

    def _give_up(self) -> None:
        self._left.set()
        self.fails.emit(
            self.tr(
                "{name} did not answer within {seconds} seconds; check host, port and network."
            ).format(name=self._name, seconds=round(PATIENCE))
        )

    def _try(self, url: str, left: Event) -> None:
        outcome: Glance | str
        try:
            outcome = self._measure(url, left)
        except ChoreaiError as error:
            outcome = str(error)
        except Exception as defect:
            logger.exception("The test of %s failed", mask_credentials(url))
            outcome = self.tr("The test itself failed ({name}).").format(name=type(defect).__name__)
        try:
            self._settled.emit(left, outcome)
        except RuntimeError:  # the picker is gone
            left.set()

    def _measure(self, url: str, left: Event) -> "Glance | str":
        from choreai_live.capture.stream import StreamSource

        with StreamSource(url, transport=self._transport) as source:
            return "" if left.is_set() else _measured(source, left)

    def _tell(self, left: Event, outcome: "Glance | str") -> None:
        if left is not self._left or left.is_set():
            return
        self.cancel()
        if isinstance(outcome, Glance):
            self.works.emit(outcome)
        else:
            self.fails.emit(outcome)


def _measured(source: "Source", left: Event) -> Glance:
    """Return the first picture with the rate at which pictures come."""
    first = source.read()
    if first is None:
        raise ChoreaiError(f"{source.name} ended before its first picture; check the source.")
    begun, count, last = monotonic(), 0, monotonic()
    # A slow one shows its second picture late: at least that one is waited for.
    while not left.is_set() and (count == 0 or monotonic() - begun < COUNTED):
        if source.read() is None:
            break
        last = monotonic()
        count += 1
    rate = count / (last - begun) if count and last > begun else source.rate
    height, width = first.image.shape[:2]
    return Glance(small_picture(first.image), (width, height), rate, source.duration)
