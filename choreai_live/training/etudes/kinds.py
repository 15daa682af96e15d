"""What an étude consists of: a kind has phrases, a tempo and a posture it starts from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.etudes.dancers import RATE, danced, random_dancer
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import STANDING

#: Trunks that move far are seen in recordings of every style; were they wider
#: in the études of one, how much a trunk moves would give that style away.
_LOOSENESS: Final = (0.9, 2.1)

#: Writes a few bars into a score, the same for the same random numbers.
Phrase = Callable[[Score, Rng], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of dance.

    Parameters
    ----------
    style
        What the model is to learn, as in the datasets: ``classical``, ``hiphop``, ...
    phrases
        Its vocabulary. Each étude uses some of it, each phrase danced a few
        times, to one side and to the other. A phrase listed twice comes twice
        as often.
    tempo
        Slowest and fastest, beats per minute.
    start
        (45,) where the dancer begins.
    repeats
        Fewest and most times a phrase is danced in a row.
    mirroring
        Probability that the next time is to the other side.
    looseness
        Least and greatest factor on the movement of hips, trunk and head.
    """

    style: str
    phrases: Sequence[Phrase]
    tempo: tuple[float, float]
    start: Array | None = None
    repeats: tuple[int, int] = (1, 3)
    mirroring: float = 0.8
    looseness: tuple[float, float] = _LOOSENESS


def compose(name: str, kind: Kind, rng: Rng, seconds: float) -> PoseSequence:
    """Return a new étude of a kind; see :func:`choreai_live.training.etudes.etude`."""
    tempo = float(np.exp(rng.uniform(*np.log(kind.tempo))))
    score = Score(tempo, STANDING if kind.start is None else kind.start)
    # Dancers have favourites: some of the vocabulary comes often, some never.
    taste = rng.exponential(1.0, len(kind.phrases)) + 0.05
    # Part of the way in, so that no étude tells itself by its beginning.
    skipped = float(rng.uniform(1.0, 3.0))
    side = bool(rng.random() < 0.5)
    while score.seconds < (seconds + skipped) * 1.3:
        phrase = kind.phrases[int(rng.choice(len(kind.phrases), p=taste / taste.sum()))]
        seed = int(rng.integers(2**31))
        for _ in range(int(rng.integers(kind.repeats[0], kind.repeats[1] + 1))):
            score.mirror(side)
            phrase(score, np.random.default_rng(seed))
            if rng.random() < kind.mirroring:
                side = not side
    dancer = random_dancer(rng, float(rng.uniform(*kind.looseness)))
    points = danced(score, dancer, seconds + skipped, rng)
    points = points[len(points) - round(seconds * RATE) :]
    return PoseSequence(points, RATE, f"etude {name}", "etude", f"etude {name}", kind.style, name)
