"""What a program that systemd started tells it; nothing happens where there is no systemd.

One datagram is sent for each message, as sd_notify(3) describes it.
"""

import os
import socket
from contextlib import suppress


def ready() -> None:
    """Tell that the program has started and is on the screen."""
    _tell("READY=1")


def beat() -> None:
    """Tell that the main loop goes round; without it for WatchdogSec, systemd starts it anew."""
    _tell("WATCHDOG=1")


def stopping() -> None:
    """Tell that the program ends because somebody wants it to."""
    _tell("STOPPING=1")


def _tell(message: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    # Neither a full nor a missing socket may hold up the loop that tells how it is.
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        # An @ stands for the null byte that begins the name of a socket outside the files.
        sender.sendto(message.encode(), address if address[0] == "/" else f"\0{address[1:]}")
