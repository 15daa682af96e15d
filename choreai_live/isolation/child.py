"""The pipeline's process: ``python -m choreai_live.isolation.child``, started by its keeper.

It hears orders on standard input and reports on standard output. Nothing of what
it is to do stands on its command line, where every user of the machine could
read the password of a stream.
"""

import faulthandler
import logging
import os
import signal
import sys
import traceback
from threading import Thread, Timer
from typing import TYPE_CHECKING, Final

from choreai_live.allocator import share_one_heap
from choreai_live.isolation.channel import Channel, MessageError
from choreai_live.isolation.heart import LOADING_PATIENCE, Heart
from choreai_live.isolation.last_words import LOG_FORMAT
from choreai_live.isolation.wire import (
    ORDERS,
    REPORTS,
    Activity,
    Begin,
    Hold,
    Leave,
    Record,
    SlotFree,
    Stop,
    TryNow,
    Watch,
)

if TYPE_CHECKING:
    from choreai_live.isolation.outbox import Outbox
    from choreai_live.isolation.recording import Recording
    from choreai_live.isolation.watching import Watching

#: Seconds the loop has for leaving its source; a library that hangs is not waited for.
LEAVING_PATIENCE: Final = 1.0
#: Seconds for writing the end of a recording.
RECORDING_PATIENCE: Final = 10.0


def main() -> None:
    """Do as ordered until told to leave, or until the keeper is gone."""
    share_one_heap()
    _die_with_keeper()
    faulthandler.enable()
    if sys.platform != "win32":
        # So a keeper asks where everything stands, before it ends what is frozen.
        faulthandler.register(signal.SIGUSR1, all_threads=True)
    status = 1
    try:
        _obey(_claimed_channel())
        status = 0
    except BrokenPipeError:  # the keeper is gone
        pass
    except BaseException:
        traceback.print_exc()
    # Threads that hang in a library must not hold up the end.
    sys.stderr.flush()
    os._exit(status)


def _obey(channel: Channel) -> None:
    begin = channel.receive()
    if begin is None:
        return
    if not isinstance(begin, Begin):
        raise MessageError("The first order was not the one that begins.")
    logging.basicConfig(stream=sys.stderr, format=LOG_FORMAT, level=begin.log_level)
    heart = Heart(channel.send)
    heart.now(Activity.LOADING, LOADING_PATIENCE)
    heart.start()
    # Imported only now that the keeper knows that this process is alive.
    from choreai_live.isolation.outbox import Outbox
    from choreai_live.isolation.pictures import PictureWriter
    from choreai_live.isolation.recording import Recording
    from choreai_live.isolation.watching import Watching

    outbox = Outbox(channel.send, PictureWriter(begin.memory))
    recording = Recording(begin.job.recording, channel.send)
    watching = Watching(begin.job, channel.send, heart, outbox, recording)
    signal.signal(signal.SIGTERM, lambda *_: watching.leave())
    Thread(
        target=_hear, args=(channel, heart, watching, outbox, recording), name="orders", daemon=True
    ).start()
    try:
        watching.run()
    finally:
        recording.finish(RECORDING_PATIENCE)


def _hear(
    channel: Channel,
    heart: Heart,
    watching: "Watching",
    outbox: "Outbox",
    recording: "Recording",
) -> None:
    """Pass the orders on, until the one to leave or the end of the channel."""
    try:
        while not isinstance(order := channel.receive(), Leave | None):
            match order:
                case Watch() | Stop():
                    watching.order(order)
                case Hold(paused):
                    watching.hold(paused)
                case TryNow():
                    watching.try_now()
                case Record(wish):
                    recording.order(wish)
                case SlotFree(slot):
                    outbox.free(slot)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    if heart.activity is Activity.LOADING:  # nothing is lost, and nothing stops it
        os._exit(0)
    patience = LEAVING_PATIENCE + (RECORDING_PATIENCE if recording.open else 0)
    Timer(patience, os._exit, (0,)).start()
    watching.leave()


def _die_with_keeper() -> None:
    """Have the system end this process with the one that started it, even if it hangs."""
    if sys.platform != "linux":  # elsewhere the channel's end has to do
        return
    import ctypes

    set_parent_death_signal = 1
    ctypes.CDLL(None, use_errno=True).prctl(set_parent_death_signal, signal.SIGKILL)


def _claimed_channel() -> Channel:
    """Return the channel over standard input and output, and keep everybody else from it."""
    orders, reports = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)  # what libraries print belongs into the log
    return Channel(os.fdopen(orders, "rb"), os.fdopen(reports, "wb"), ORDERS, REPORTS)


if __name__ == "__main__":
    main()
