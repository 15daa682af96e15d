"""What is sampled during the soak, minute by minute, and what it says in the end."""

import gc
from collections import Counter
from dataclasses import asdict, dataclass, field
from statistics import median
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any, Final

import numpy as np
import psutil

SAMPLE_EVERY: Final = 2.0
WARM_UP: Final = 300.0
"""Seconds after which memory has to stay where it is."""

MEMORY_TOLERANCE: Final = 0.02
LATENCY_TOLERANCE: Final = 0.2
LATENCY_SLACK: Final = 2.0
"""Share, and milliseconds, by which the median latency may change."""

_MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of the soak; memory, threads and handles are medians of the samples.

    Parameters
    ----------
    minute
        Its number, 1 for the first.
    frames
        Frames read.
    p50, p95
        Latency from capture to readout, milliseconds.
    dropped, skipped, reconnects
        Of the source, in this minute.
    faults
        What went wrong, and how often.
    wrong
        Frames with a wrong label.
    rss, anonymous
        Resident memory, and the part of it that no file stands behind, megabytes. (What
        is this process's alone would depend on which other programs use the libraries.)
    threads, handles
        Of the process.
    recorded
        Megabytes recorded so far, deleted parts included.
    """

    minute: int
    frames: int
    p50: float
    p95: float
    dropped: int
    skipped: int
    reconnects: int
    faults: dict[str, int]
    wrong: int
    rss: float
    anonymous: float
    threads: int
    handles: int
    recorded: float

    HEADER = (
        "| min | frames | p50 ms | p95 ms | dropped | skipped | reconnects | faults | wrong | "
        "RSS MB | anonymous MB | threads | handles | recorded MB |\n" + "|---" * 14 + "|\n"
    )

    def as_row(self) -> str:
        """Return the row of the table."""
        faults = ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        cells = (
            *(self.minute, self.frames, f"{self.p50:.1f}", f"{self.p95:.1f}"),
            *(self.dropped, self.skipped, self.reconnects, faults or "none", self.wrong),
            *(f"{self.rss:.1f}", f"{self.anonymous:.1f}", self.threads, self.handles),
            f"{self.recorded:.1f}",
        )
        return f"| {' | '.join(map(str, cells))} |\n"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a process holds that must be given back.

    Parameters
    ----------
    threads, handles
        How many.
    """

    threads: int
    handles: int

    @classmethod
    def now(cls) -> "Holdings":
        """Return what this process holds."""
        process = psutil.Process()
        return cls(process.num_threads(), process.num_fds())

    @classmethod
    def settled(cls, wanted: "Holdings", patience: float = 30.0) -> "Holdings":
        """Return what is held once it is no more than wanted, or after some patience."""
        until = monotonic() + patience
        while True:
            gc.collect()
            held = cls.now()
            if (
                held.threads <= wanted.threads and held.handles <= wanted.handles
            ) or monotonic() > until:
                return held
            sleep(0.2)


@dataclass
class _Tally:
    """What is counted within one minute."""

    latencies: list[float] = field(default_factory=list)
    wrong: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    samples: list[tuple[float, float, int, int]] = field(default_factory=list)


class Sampler:
    """Counts frames as they come, and looks at the process on a thread of its own.

    Parameters
    ----------
    every
        Seconds between two looks.
    """

    def __init__(self, every: float = SAMPLE_EVERY) -> None:
        self._every = every
        self._process = psutil.Process()
        self._lock = Lock()
        self._tally = _Tally()
        self._leaving = Event()
        self._before = Counter[str]()
        self._thread = Thread(target=self._sample, name="sampler", daemon=True)
        self._thread.start()

    def note_frame(self, latency: float, *, wrong: bool) -> None:
        """Count a frame.

        Parameters
        ----------
        latency
            From capture to readout, milliseconds.
        wrong
            Whether a wrong label was shown with it.
        """
        with self._lock:
            self._tally.latencies.append(latency)
            self._tally.wrong += wrong

    def note_fault(self, name: str) -> None:
        """Count a fault."""
        with self._lock:
            self._tally.faults[name] += 1

    def end_minute(self, number: int, totals: Counter[str], recorded: float) -> Minute:
        """Return what this minute was like, and begin the next.

        Parameters
        ----------
        number
            Of the minute.
        totals
            ``dropped``, ``skipped`` and ``reconnects`` since the beginning.
        recorded
            Bytes recorded so far.
        """
        self.wait_for_sample()
        with self._lock:
            tally, self._tally = self._tally, _Tally()
        since = {name: totals[name] - self._before[name] for name in totals}
        self._before = Counter(totals)
        latencies = tally.latencies or [0.0]
        rss, anonymous, threads, handles = (
            median(column) for column in zip(*tally.samples, strict=True)
        )
        return Minute(
            minute=number,
            frames=len(tally.latencies),
            p50=float(np.percentile(latencies, 50)),
            p95=float(np.percentile(latencies, 95)),
            **since,
            faults=dict(tally.faults),
            wrong=tally.wrong,
            rss=rss / _MEGABYTE,
            anonymous=anonymous / _MEGABYTE,
            threads=round(threads),
            handles=round(handles),
            recorded=recorded / _MEGABYTE,
        )

    def wait_for_sample(self) -> None:
        """Wait until there has been a look in this minute."""
        while not self._tally.samples:
            sleep(self._every)

    def close(self) -> None:
        """Stop looking."""
        self._leaving.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._leaving.wait(self._every):
            memory = self._process.memory_info()
            sample = (
                *(float(memory.rss), float(memory.rss - memory.shared)),
                *(self._process.num_threads(), self._process.num_fds()),
            )
            with self._lock:
                self._tally.samples.append(sample)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the soak was flat.

    Parameters
    ----------
    flat
        Whether all of it was.
    words
        One line for each thing that was asked.
    """

    flat: bool
    words: tuple[str, ...]


def judge(minutes: list[Minute], before: Holdings, after: Holdings, abandoned: int) -> Verdict:
    """Return whether nothing grew and nothing was left behind.

    Parameters
    ----------
    minutes
        All of them.
    before, after
        What the process held before the source was opened and after it was closed.
    abandoned
        Threads that hung and were left behind by the source.
    """
    warm = min(round(WARM_UP / 60), max(len(minutes) // 2, 1))
    settled = minutes[warm:] or minutes[-1:]
    answers = [
        _memory("RSS", [minute.rss for minute in settled], warm),
        _memory("anonymous", [minute.anonymous for minute in settled], warm),
        (
            after.threads <= before.threads,
            f"threads: {before.threads} before, {after.threads} after; {abandoned} hung",
        ),
        (
            after.handles <= before.handles,
            f"handles: {before.handles} before, {after.handles} after",
        ),
        _latency(minutes),
        (
            not any(minute.wrong for minute in minutes),
            f"wrong labels: in {sum(minute.wrong for minute in minutes)} frames",
        ),
    ]
    words = tuple(f"{'flat' if fine else 'NOT FLAT'}: {text}" for fine, text in answers)
    return Verdict(all(fine for fine, _ in answers), words)


def _memory(name: str, megabytes: list[float], warm: int) -> tuple[bool, str]:
    first = megabytes[0]
    furthest = max(megabytes, key=lambda each: abs(each - first))
    share = (furthest - first) / first
    return abs(share) <= MEMORY_TOLERANCE, (
        f"{name}: {first:.1f} MB in minute {warm + 1}, furthest from it {furthest:.1f} MB "
        f"({share:+.1%}), {megabytes[-1]:.1f} MB in the last"
    )


def _latency(minutes: list[Minute]) -> tuple[bool, str]:
    quarter = max(len(minutes) // 4, 1)
    told = [minute.p50 for minute in minutes if minute.frames] or [float("nan")]
    first, last = median(told[:quarter]), median(told[-quarter:])
    allowed = max(first * LATENCY_TOLERANCE, LATENCY_SLACK)
    return last - first <= allowed, (
        f"latency: median {first:.1f} ms in the first quarter, {last:.1f} ms in the last"
    )


def as_json(minutes: list[Minute], verdict: Verdict, about: dict[str, Any]) -> dict[str, Any]:
    """Return everything as plain values."""
    return {
        **about,
        "flat": verdict.flat,
        "verdict": list(verdict.words),
        "minutes": [asdict(minute) for minute in minutes],
    }
