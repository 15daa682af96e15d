"""Speeds that were measured on this machine, kept for the next time they are asked for."""

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

import platformdirs

logger = logging.getLogger(__name__)

#: More combinations than anybody has.
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Trial:
    """One combination that can be measured.

    Parameters
    ----------
    pose, provider, precision
        As the settings have them; the provider is never ``auto``.
    threads
        Of the models on the CPU.
    """

    pose: str
    provider: str
    precision: str
    threads: int


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast one combination was.

    Parameters
    ----------
    pose, provider, precision, threads
        What was asked for, as in :class:`Trial`.
    ran_on
        The provider it really ran on.
    fps
        Frames per second, end to end, of one dancer.
    milliseconds
        Median time of a frame.
    date
        When it was measured: UTC, ISO 8601.
    models
        sha256 of the models, by what each is.
    onnxruntime
        Version of ONNX Runtime.
    """

    pose: str
    provider: str
    precision: str
    threads: int
    ran_on: str
    fps: float
    milliseconds: float
    date: str
    models: Mapping[str, str]
    onnxruntime: str

    @classmethod
    def of(cls, trial: Trial, report: Mapping[str, Any], models: Mapping[str, str]) -> Self:
        """Return what a report of ``choreai-live bench --json`` says, measured just now.

        Raises
        ------
        KeyError, TypeError, ValueError
            If that is no such report.
        """
        return cls(
            **asdict(trial),
            ran_on=str(report["models"]["provider"]),
            fps=float(report["fps"]),
            milliseconds=float(report["milliseconds"]["frame"]["p50"]),
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            models=dict(models),
            onnxruntime=str(report["machine"]["onnxruntime"]),
        )

    @property
    def trial(self) -> Trial:
        """What was measured."""
        return Trial(self.pose, self.provider, self.precision, self.threads)

    def holds(self, models: Mapping[str, str], onnxruntime: str) -> bool:
        """Whether it was measured with these models, and this ONNX Runtime."""
        return dict(self.models) == dict(models) and self.onnxruntime == onnxruntime


def speeds_file() -> Path:
    """Where they are kept."""
    return platformdirs.user_state_path("choreai-live") / "speeds.json"


class KeptSpeeds:
    """The speeds, in a file; reading and writing takes the time a disk takes.

    Parameters
    ----------
    file
        Where they are kept; None for :func:`speeds_file`.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or speeds_file()
        self._turn = Lock()

    def read(self) -> dict[Trial, Speed]:
        """Return what was measured; what cannot be read never was."""
        try:
            entries = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            logger.warning("Measured speeds cannot be read (%s)", type(error).__name__)
            return {}
        read = (_speed_of(entry) for entry in entries) if isinstance(entries, list) else ()
        return {speed.trial: speed for speed in read if speed is not None}

    def add(self, speed: Speed) -> None:
        """Keep one more, in the place of what was measured of the same combination before.

        A file that cannot be written is only logged: the speed is known all the same.
        """
        with self._turn:
            speeds = self.read()
            speeds.pop(speed.trial, None)
            kept = [*speeds.values(), speed][-_MOST:]
            part = self._file.with_suffix(f".{os.getpid()}.part")
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                part.write_text(json.dumps([asdict(each) for each in kept], indent=1), "utf-8")
                part.replace(self._file)
            except OSError as error:
                logger.warning("Measured speeds cannot be kept (%s)", error.strerror)
                with suppress(OSError):
                    part.unlink(missing_ok=True)


def _speed_of(entry: Any) -> Speed | None:
    try:
        speed = Speed(**entry)
    except TypeError:
        return None
    kinds: dict[str, Any] = {"threads": int, "fps": (int, float), "milliseconds": (int, float)}
    kinds["models"] = dict
    names = (field.name for field in fields(Speed))
    fits = all(isinstance(getattr(speed, name), kinds.get(name, str)) for name in names)
    return speed if fits else None
