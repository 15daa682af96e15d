"""Ballet."""

from typing import Final

from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import STANDING, arm, other, posed

_STAND = posed(
    hips=(0.0, -0.005, 0.0),
    left_arm=arm(40, -60, -20, -50),
    right_arm=other(arm(40, -60, -20, -50)),
    left_foot=(0.10, 0.0, 0.085, 1.05, 0.0, 1.0),
    right_foot=(-0.10, 0.0, 0.085, -1.05, 0.0, -1.0),
)


def plie(score: Score, rng: Rng) -> None:
    """Demi-plié."""
    score.to(posed(_STAND, hips=(0, -rng.uniform(0.1, 0.25), 0)), 2)
    score.to(_STAND, 2)
    score.jump(_STAND, posed(_STAND, hips=(0, -0.1, 0)), 1, 0.2, travel=(0.3, 0.0))


KINDS: Final = {"ballet_adagio": Kind("classical", [plie], (50.0, 90.0), STANDING)}
