"""What numbers a configuration may hold."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Limits:
    """From ``low`` to ``high``.

    Parameters
    ----------
    low, high
        Least and most.
    open_low, open_high
        Whether that end itself is forbidden.
    """

    low: float = 0.0
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    def __contains__(self, value: float) -> bool:
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        return math.isfinite(value) and above and below

    def __str__(self) -> str:
        low = f"more than {self.low:g}" if self.open_low else f"at least {self.low:g}"
        if math.isinf(self.high):
            return low
        high = f"less than {self.high:g}" if self.open_high else f"at most {self.high:g}"
        return f"{low} and {high}"


_POSITIVE: Final = Limits(open_low=True)
_COUNT: Final = Limits(1)
_SHARE: Final = Limits(0, 1)
_NOT_ALL: Final = Limits(0, 1, open_high=True)

#: By key. Numbers of other keys must be finite and not negative, as all are amounts.
LIMITS: Final[Mapping[str, Limits]] = {
    "split.validation": Limits(0, 0.9),
    "split.test": Limits(0, 0.9),
    "training.rate": Limits(1, 240),
    "training.updates": _COUNT,
    "training.learning_rate": Limits(0, 1, open_low=True),
    "training.label_smoothing": _NOT_ALL,
    "training.averaging": _NOT_ALL,
    "training.validate_every": _COUNT,
    "training.network.hidden_size": Limits(1, 4096),
    "training.network.encoder_size": Limits(1, 4096),
    "training.network.encoder_layers": Limits(1, 64),
    "training.network.dropout": _NOT_ALL,
    "training.network.memory_share": _SHARE,
    "training.streams.dancers": _COUNT,
    "training.streams.steps": _COUNT,
    "training.streams.style_weights": _POSITIVE,
    "training.streams.segment": _POSITIVE,
    "training.streams.same_style": _POSITIVE,
    "training.streams.lost": _SHARE,
    "training.streams.kept": _POSITIVE,
    "training.augmentation.tempo": Limits(0, 0.9),
    "training.augmentation.narrowing": Limits(0, 0.9),
    "training.augmentation.half_body": _SHARE,
    "training.augmentation.rates": _POSITIVE,
}

_AMOUNT: Final = Limits()


def out_of_limits(key: str, value: Any, kind: Any = None) -> str | None:
    """Return what is allowed for a key if ``value`` is not, else None.

    Parameters
    ----------
    key
        With dots, see :data:`LIMITS`.
    value
        Of the right type.
    kind
        That type; a pair of numbers goes from little to much.
    """
    limits = LIMITS.get(key, _AMOUNT)
    parts = list(value.values()) if isinstance(value, Mapping) else value
    several = isinstance(parts, tuple | list)
    numbers = [
        part
        for part in (parts if several else [parts])
        if isinstance(part, int | float) and not isinstance(part, bool)
    ]
    if any(number not in limits for number in numbers):
        return f"{limits} in each of its values" if several else str(limits)
    if kind == tuple[float, float] and numbers[0] > numbers[1]:
        return "a pair of numbers, the smaller first"
    return None
