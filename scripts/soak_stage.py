"""The other side of the soak: a camera and a bad network, in a process of their own.

Plays a video over RTSP behind the fault proxy, and lets faults happen by chance until
standard input is closed. Prints one JSON object per line: first the port, then every
fault when it begins.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from select import select
from time import monotonic
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fault_proxy import FaultProxy
from rtsp_server import RtspServer

HEALTHY: Final = 8.0
"""Seconds without a fault after each, at least."""


@dataclass
class Camera:
    """A server that can be switched off and on, and the proxy before it.

    Parameters
    ----------
    video
        What it plays, over and over.
    seed
        Of the proxy's chance.
    """

    video: Path
    seed: int

    def __post_init__(self) -> None:
        """Switch everything on."""
        self.server = RtspServer(self.video.parent)
        self.proxy = FaultProxy(self.server.port, self.seed)
        self._off = False

    def switch_off(self) -> None:
        """Kill the server."""
        self.server.stop()
        self._off = True

    def mend(self) -> None:
        """End whatever fault there is."""
        if self._off:
            self.server = RtspServer(self.video.parent, port=self.server.port)
            self._off = False
        self.proxy.resume()

    def vanish(self) -> None:
        """Answer nobody any more."""
        self.proxy.black_hole()
        self.proxy.drop()

    def close(self) -> None:
        """Switch everything off."""
        self.proxy.close()
        self.server.stop()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of fault.

    Parameters
    ----------
    name
        What is printed of it.
    strike
        Begins it.
    shortest, longest
        Seconds it lasts, by chance in between.
    """

    name: str
    strike: Callable[[Camera], object]
    shortest: float
    longest: float


TROUBLES: Final = (
    Trouble("stall", lambda camera: camera.proxy.stall(), 1, 8),
    Trouble("reset", lambda camera: camera.proxy.drop(), 0, 0),
    Trouble("refused", lambda camera: camera.proxy.refuse(), 1, 10),
    Trouble("black hole", Camera.vanish, 1, 12),
    Trouble("corrupted", lambda camera: camera.proxy.corrupt(5e-4), 1, 6),
    Trouble("truncated", lambda camera: camera.proxy.truncate(), 0.3, 0.3),
    Trouble("slow", lambda camera: camera.proxy.throttle(25_000), 3, 10),
    Trouble("delayed", lambda camera: camera.proxy.delay(0.3, 0.3), 3, 10),
    Trouble("server restarted", Camera.switch_off, 1, 8),
)


def troubles(seed: int, interval: float) -> Iterator[tuple[float, Trouble, float]]:
    """Yield seconds of health, what goes wrong then, and for how many seconds.

    Parameters
    ----------
    seed
        The same seed, the same story.
    interval
        Mean seconds of health.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    while True:
        healthy = HEALTHY + chance.expovariate(1 / max(interval - HEALTHY, 0.1))
        trouble = chance.choice(TROUBLES)
        yield healthy, trouble, chance.uniform(trouble.shortest, trouble.longest)


def main() -> None:
    """Play until nobody wants it any more."""
    parser = argparse.ArgumentParser()
    parser.add_argument("video", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--interval", type=float, required=True)
    options = parser.parse_args()
    camera = Camera(options.video, options.seed)
    _say(port=camera.proxy.port)
    try:
        for healthy, trouble, seconds in troubles(options.seed, options.interval):
            if _left_alone_for(healthy):
                _say(fault=trouble.name, seconds=round(seconds, 1), at=monotonic())
                trouble.strike(camera)
            else:
                return
            wanted = _left_alone_for(seconds)
            camera.mend()
            if not wanted:
                return
    finally:
        camera.close()


def _left_alone_for(seconds: float) -> bool:
    """Wait; return False as soon as standard input is closed."""
    return not select([sys.stdin], [], [], seconds)[0]


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
