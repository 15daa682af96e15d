"""What the last seconds of a dance look like, as one vector.

The style network tells of every moment what it sees: its *embedding*. A dance is
more than moments. How they are spread, how fast they change and whether they come
back after a quarter, half or three quarters of a second is what few examples
suffice to tell dances by; see ``docs/teaching.md`` for what was compared.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats

#: Steps that are described together: three seconds at 15 steps per second.
WINDOW: Final = 45
#: With fewer steps than this nothing is said yet.
SHORTEST: Final = 30
#: Steps between two windows where a whole take is described.
HOP: Final = 8
#: Steps at the start of a take during which the body scale is still settling.
SETTLING: Final = 10
#: After how many steps what was seen may come back: about a quarter, half and three
#: quarters of a second, the eighths of dance music between 60 and 130 beats a minute.
_LAGS: Final = (4, 8, 12)
#: Keeps the correlation of what hardly moves near zero.
_STILL: Final = 0.05

#: Numbers in a description for each one of an embedding.
PER_CHANNEL: Final = 3 + len(_LAGS)


def describe(windows: Floats) -> Floats:
    """Return how the moments of each window are spread, change and come back.

    Mean, standard deviation, mean absolute change from step to step, and the
    autocorrelation at three lags, of every channel.

    Parameters
    ----------
    windows
        float32 (windows, steps, channels): embeddings; more steps than the longest lag.

    Returns
    -------
    float32 (windows, :data:`PER_CHANNEL` * channels)
    """
    mean = windows.mean(axis=1, keepdims=True)
    around = windows - mean
    variance = np.square(around).mean(axis=1)
    parts = [
        mean[:, 0],
        np.sqrt(variance),
        np.abs(np.diff(windows, axis=1)).mean(axis=1),
    ]
    for lag in _LAGS:
        again = (around[:, lag:] * around[:, :-lag]).mean(axis=1)
        parts.append(again / (variance + _STILL))
    described: Floats = np.concatenate(parts, axis=1).astype(np.float32)
    return described


def windows_of(embeddings: Floats) -> Floats:
    """Return the windows of a whole take, a view on it.

    Parameters
    ----------
    embeddings
        float32 (steps, channels).

    Returns
    -------
    float32 (windows, up to :data:`WINDOW` steps, channels)
        One window of all there is, where that is shorter; none where it is too short.
    """
    steps = len(embeddings)
    if steps < SHORTEST:
        return np.empty((0, WINDOW, embeddings.shape[1]), np.float32)
    if steps < WINDOW:
        return embeddings[None]
    slid = np.lib.stride_tricks.sliding_window_view(embeddings, WINDOW, axis=0)
    return slid[::HOP].transpose(0, 2, 1)


class Recent:
    """The embeddings of one dancer's last :data:`WINDOW` steps."""

    def __init__(self) -> None:
        self._steps: list[Floats] = []

    def add(self, embedding: Floats) -> None:
        """Take the embedding of one step, float32 (channels,)."""
        self._steps.append(embedding)
        del self._steps[:-WINDOW]

    def description(self) -> Floats | None:
        """Return float32 (numbers,), or None while there is too little to describe."""
        if len(self._steps) < SHORTEST:
            return None
        described: Floats = describe(np.stack(self._steps)[None])[0]
        return described

    def memory(self) -> npt.NDArray[Any] | None:
        """Return everything it remembers; see :mod:`choreai_live.style.memory`."""
        return np.stack(self._steps) if self._steps else None

    def recall(self, memory: npt.NDArray[Any] | None) -> None:
        """Remember what another one did."""
        self._steps = [] if memory is None else [*np.asarray(memory, np.float32)]
