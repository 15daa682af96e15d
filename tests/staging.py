"""The stage faults are tried on: footage, a camera, the network, and who watches."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
from clips import write_clip
from fault_proxy import FaultProxy
from rtsp_server import RtspServer
from watching import Watcher, real_pictures

from choreai_live.capture import Source, StatusListener, Supervision, open_source
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.pipeline import Engine

#: What the demo dancer dances in front of the camera, and the program reads right.
DANCE: Final = "classical"

NAME: Final = "stage.mp4"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what conditions a fault is tried.

    Parameters
    ----------
    footage
        Folder with what the cameras film; see :func:`film`.
    folder
        Where this fault may write; its own.
    hold
        Seconds faults last that have no length of their own.
    engine
        The models, where it matters what is read; None to look at the frames alone.
    """

    footage: Path
    folder: Path
    hold: float = 4.0
    engine: Engine | None = None


def film(folder: Path, *, seconds: float, width: int, height: int, rate: int = 25) -> Path:
    """Film the demo dancer for all the faults; return the folder.

    Parameters
    ----------
    folder
        Where the footage goes: as video, in another size, at another rate, as pictures.
    seconds
        After which the footage begins again.
    width, height, rate
        Of the usual footage.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shots: dict[str, tuple[int, int, int]] = {
        "usual": (width, height, rate),
        "larger": (width * 5 // 4 // 2 * 2, height * 5 // 4 // 2 * 2, rate),
        "slower": (width, height, 15),
    }
    for name, (wide, high, fps) in shots.items():
        scene = DemoScene(SceneSettings(width=wide, height=high, dance=DANCE))
        write_clip(
            folder / f"{name}.mp4",
            count=round(seconds * fps),
            width=wide,
            height=high,
            rate=fps,
            paint=lambda number, *_, scene=scene, fps=fps: scene.render(number / fps),
        )
    with (
        av.open(str(folder / "usual.mp4")) as film,
        av.open(str(folder / "usual.mkv"), "w") as copy,
    ):
        stream = copy.add_stream_from_template(film.streams.video[0])
        for packet in film.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                copy.mux(packet)
    return folder


class Stage:
    """A camera that films the demo dancer, the network before it, and who watches.

    Parameters
    ----------
    conditions
        Under what conditions.
    login
        ``user:password`` the camera asks for.

    Attributes
    ----------
    server : RtspServer
        The camera, as long as it runs.
    proxy : FaultProxy
        The network.
    watcher : Watcher
        Who watches through the network; not started.
    real : frozenset of int
        Digests of all pictures of all footage played.
    right_answer : str or None
        Where the server keeps what it wants to hear, while it wants something else.
    """

    def __init__(self, conditions: Conditions, *, login: str | None = None) -> None:
        self.folder = conditions.folder
        self.real = frozenset[int]()
        self._footage = conditions.footage
        self._login = login
        self.right_answer: str | None = None
        self.play("usual")
        self.server = RtspServer(self.folder, login)
        self.proxy = FaultProxy(self.server.port, seed=1)
        self.watcher = Watcher(self._open, conditions.engine)

    @property
    def url(self) -> str:
        """Address of the stream, through the network; holds the password."""
        at = f"{self._login}@" if self._login else ""
        return f"rtsp://{at}127.0.0.1:{self.proxy.port}/{NAME}?play_count=0"

    @property
    def bytes_per_second(self) -> float:
        """How much the camera sends."""
        path = self.folder / NAME
        with av.open(str(path)) as container:
            return path.stat().st_size / (container.duration / av.time_base)

    def play(self, footage: str) -> None:
        """Play other footage from the next start of the server on."""
        path = Path(shutil.copy(self._footage / f"{footage}.mp4", self.folder / NAME))
        self.real |= real_pictures(path)

    def stop_server(self) -> None:
        """Switch the camera off: who is connected is cut off, who calls is refused."""
        self.server.stop()
        self.proxy.refuse()

    def start_server(self) -> None:
        """Switch the camera on again."""
        self.server = RtspServer(self.folder, self._login, self.server.port)
        self.proxy.resume()

    def close(self) -> None:
        """Let everybody go home."""
        self.watcher.stop()
        self.proxy.close()
        self.server.stop()

    def _open(self, told: StatusListener) -> Source:
        return open_source(
            self.url, live=True, supervision=Supervision(persistent=True, listener=told)
        )
