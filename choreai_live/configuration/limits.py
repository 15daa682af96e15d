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
        # An int is finite, and may be too large for the question.
        return (isinstance(value, int) or math.isfinite(value)) and above and below

    def __str__(self) -> str:
        low = f"more than {self.low:g}" if self.open_low else f"at least {self.low:g}"
        if math.isinf(self.high):
            return low
        high = f"less than {self.high:g}" if self.open_high else f"at most {self.high:g}"
        return f"{low} and {high}"


#: Numbers of keys without limits of their own: finite and not negative, as all are amounts.
AMOUNT: Final = Limits()


def out_of_limits(
    key: str, value: Any, limits: Mapping[str, Limits], kind: Any = None
) -> str | None:
    """Return what is allowed for a key if ``value`` is not, else None.

    Parameters
    ----------
    key
        With dots.
    value
        Of the right type.
    limits
        By key; :data:`AMOUNT` holds for keys that are not in it.
    kind
        The type of the value; a pair of numbers goes from little to much.
    """
    allowed = limits.get(key, AMOUNT)
    parts = list(value.values()) if isinstance(value, Mapping) else value
    several = isinstance(parts, tuple | list)
    numbers = [
        part
        for part in (parts if several else [parts])
        if isinstance(part, int | float) and not isinstance(part, bool)
    ]
    if any(number not in allowed for number in numbers):
        return f"{allowed} in each of its values" if several else str(allowed)
    if kind == tuple[float, float] and numbers[0] > numbers[1]:
        return "a pair of numbers, the smaller first"
    return None
