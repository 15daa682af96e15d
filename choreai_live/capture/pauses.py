"""How long to wait between attempts to reach a source again."""

import random
from dataclasses import dataclass, field
from typing import Final

HEALTH: Final = 60.0
"""Seconds a connection must have lived for its loss to count as the first one."""

GROWTH: Final = 2.0

JITTER: Final = 0.25
"""Share of a pause that is left to chance, so that many programs do not call at once."""


@dataclass
class Pauses:
    """Growing pauses, begun anew after a minute of health.

    Parameters
    ----------
    first, longest
        Seconds, before chance shortens them.
    """

    first: float = 0.5
    longest: float = 10.0
    _failures: int = field(default=0, init=False)

    def next(self, lived: float) -> float:
        """Return the seconds to wait now.

        Parameters
        ----------
        lived
            Seconds the connection that was lost had been giving pictures; 0 if it never did.
        """
        if lived >= HEALTH:
            self._failures = 0
        # Beyond this power every pause is the longest; weeks of failures must not overflow.
        pause = min(self.first * GROWTH ** min(self._failures, 32), self.longest)
        self._failures += 1
        return pause * random.uniform(1 - JITTER, 1)  # noqa: S311 - not for secrecy
