"""What the program's settings file may say: one dataclass for each of its tables.

The docstrings are the comments of ``choreai-live settings show``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

import platformdirs

from choreai_live.configuration.limits import Limits
from choreai_live.masking import mask_credentials
from choreai_live.settings import EngineSettings


@dataclass(frozen=True, slots=True)
class SourceSection:
    """Where the pictures come from.

    Parameters
    ----------
    spec
        Number of a camera, its device file, a video, the address of a stream, a folder
        of pictures, or demo. Left out: the first camera; while there is none, the window
        shows the demo and the kiosk waits. A password is better kept in the system's
        keyring: 'choreai-live credentials set'.
    more
        Sources that the window shows beside that one, such as ["1", "rtsp://cam/live"];
        eight at most. The kiosk shows one, and leaves these alone.
    transport
        How RTSP streams are asked for: tcp, or udp.
    """

    spec: str | None = field(default=None, repr=False)
    more: tuple[str, ...] = field(default=(), repr=False)
    transport: Literal["tcp", "udp"] = "tcp"

    @property
    def masked(self) -> "SourceSection":
        """The same as it may be shown: no name, password or token is in an address."""
        spec = self.spec and mask_credentials(self.spec)
        return replace(self, spec=spec, more=tuple(map(mask_credentials, self.more)))


@dataclass(frozen=True, slots=True)
class ModelsSection:
    """What to load and where to run it.

    Parameters
    ----------
    pose
        blazepose, movenet, or alphapose (alphapose:NAME for one of several added).
    provider
        Execution provider: auto, cuda, tensorrt, openvino, directml, coreml or cpu.
    precision
        fp32, or on a GPU fp16.
    threads
        Of the models on the CPU. Left out: as many as suit the cores.
    style_model
        File of a style model of your own. Left out: the shipped one.
    """

    pose: str = "blazepose"
    provider: Literal["auto", "cuda", "tensorrt", "openvino", "directml", "coreml", "cpu"] = "auto"
    precision: Literal["fp32", "fp16"] = "fp32"
    threads: int | None = None
    style_model: Path | None = None


@dataclass(frozen=True, slots=True)
class TeachingSection:
    """Styles that were taught.

    Parameters
    ----------
    folder
        Where they are kept. Left out: the user's folder for data.
    ready_made
        Whether those that came with the program are recognised, too.
    """

    folder: Path | None = None
    ready_made: bool = True


@dataclass(frozen=True, slots=True)
class WindowSection:
    """The ordinary window; the kiosk has a table of its own.

    Parameters
    ----------
    fullscreen
        Whether it fills the screen from the start.
    mirror
        Whether the picture is mirrored. Left out: cameras are, unless the window was told
        otherwise.
    theme
        system, light or dark. Left out: as last chosen in the window, at first as the
        system is.
    text_scale
        How much larger than usual text is, 0.8 to 2. Left out: as last chosen in the
        window, at first 1.
    language
        What the window speaks: en, fr, or system for the language of the desktop, where
        it is one of these.
    trails
        Whether hands and feet leave trails of light. Left out: as last chosen in the
        window, at first not.
    skeletons_only
        Whether figures stand in for the picture. Left out: as last chosen in the window,
        at first not.
    """

    fullscreen: bool = False
    mirror: bool | None = None
    theme: Literal["system", "light", "dark"] | None = None
    text_scale: float | None = None
    language: Literal["system", "en", "fr"] = "system"
    trails: bool | None = None
    skeletons_only: bool | None = None


@dataclass(frozen=True, slots=True)
class KioskSection:
    """The full-screen kiosk.

    Parameters
    ----------
    display
        Number of the display it fills, 0 is the first; or its name, such as "HDMI-1".
    pin_hash
        What 'choreai-live kiosk pin' writes here; a corner held down then asks for the
        PIN. Left out: no PIN, and only the held keys lead out.
    privacy
        Whether only skeletons are shown and kept, never the picture.
    mirror
        Whether the picture is mirrored. Left out: cameras are.
    most_tags
        Dancers with a tag at the same time, the largest first; 1 to 6.
    quit_keys
        Keys to be held to leave, such as Ctrl+Alt+Q; "" for none, so that only the PIN
        leads out.
    invitation
        What stands on the screen while nobody is there.
    """

    display: int | str = 0
    pin_hash: str | None = field(default=None, repr=False)
    privacy: bool = False
    mirror: bool | None = None
    most_tags: int = 6
    quit_keys: str = "Ctrl+Alt+Q"
    invitation: str = "Step in and dance"


@dataclass(frozen=True, slots=True)
class RecordingSection:
    """What is recorded, and where it goes.

    Parameters
    ----------
    enabled
        Whether the kiosk records; a sign on the screen says so.
    folder
        For the sessions. Left out: ChoreAI Live in your folder of videos.
    video
        Whether the picture is recorded, beside keypoints and readouts.
    overlay
        Whether skeletons and tags are drawn into it.
    split_minutes
        Length of a file, after which the next is begun; at most 60.
    split_megabytes
        Size of a file, after which the next is begun; 0 for any size.
    disk_floor_megabytes
        Free space below which recording stops cleanly.
    """

    enabled: bool = False
    folder: Path | None = None
    video: bool = True
    overlay: bool = False
    split_minutes: float = 15.0
    split_megabytes: float = 0.0
    disk_floor_megabytes: float = 500.0

    @property
    def place(self) -> Path:
        """The folder for the sessions, whether it was named or not."""
        return self.folder or platformdirs.user_videos_path() / "ChoreAI Live"

    @property
    def split_seconds(self) -> float:
        """Seconds after which a new file is begun."""
        return self.split_minutes * 60

    @property
    def split_bytes(self) -> int | None:
        """Bytes after which a new file is begun; None for any size."""
        return round(self.split_megabytes * 1e6) or None

    @property
    def floor_bytes(self) -> int:
        """Free bytes below which recording stops."""
        return round(self.disk_floor_megabytes * 1e6)


@dataclass(frozen=True, slots=True)
class MonitoringSection:
    """The kiosk's status page and its figures for Prometheus.

    Parameters
    ----------
    enabled
        Whether they are served.
    host
        Address they are served on; 127.0.0.1 is this machine alone.
    port
        Of that address; 1 to 65535.
    """

    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = 8765


@dataclass(frozen=True, slots=True)
class LogSection:
    """The log files.

    Parameters
    ----------
    folder
        Where they lie. Left out: the user's folder for logs.
    level
        debug, info, warning or error.
    megabytes
        Size at which a new file is begun.
    kept
        Old files that are kept.
    """

    folder: Path | None = None
    level: Literal["debug", "info", "warning", "error"] = "info"
    megabytes: float = 5.0
    kept: int = 5


@dataclass(frozen=True, slots=True)
class ProgramSettings:
    """Everything the settings file may say.

    Parameters
    ----------
    source, models, teaching, window, kiosk, recording, monitoring, log
        The tables.
    """

    source: SourceSection = field(default_factory=SourceSection)
    models: ModelsSection = field(default_factory=ModelsSection)
    teaching: TeachingSection = field(default_factory=TeachingSection)
    window: WindowSection = field(default_factory=WindowSection)
    kiosk: KioskSection = field(default_factory=KioskSection)
    recording: RecordingSection = field(default_factory=RecordingSection)
    monitoring: MonitoringSection = field(default_factory=MonitoringSection)
    log: LogSection = field(default_factory=LogSection)

    @property
    def engine(self) -> EngineSettings:
        """What they say of the engine."""
        models, teaching = self.models, self.teaching
        return EngineSettings(
            pose=models.pose,
            provider=models.provider,
            precision=models.precision,
            threads=models.threads,
            style_model=models.style_model,
            taught_styles=teaching.folder,
            ready_made_styles=teaching.ready_made,
        )


#: Numbers of other keys must be finite and not negative.
LIMITS: Final[Mapping[str, Limits]] = {
    "models.threads": Limits(1, 1024),
    "window.text_scale": Limits(0.8, 2),
    "kiosk.display": Limits(0, 63),
    "kiosk.most_tags": Limits(1, 6),
    "recording.split_minutes": Limits(0.1, 60),
    "monitoring.port": Limits(1, 65535),
    "log.megabytes": Limits(0.1, 1000),
    "log.kept": Limits(1, 1000),
}

#: Keys whose values are never shown.
SECRET: Final = frozenset({"source.spec", "source.more", "kiosk.pin_hash"})
