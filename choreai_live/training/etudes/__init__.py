"""Études: dances made up from what textbooks say of them, as one more source to train on.

Real recordings of a style are few: minutes, and a handful of dancers. An étude
is nobody's performance. Its vocabulary is written down in postures, beats and
dynamics from the literature of each dance (named in its module), then drawn
anew every time, widely: phrases, tempo, timing, sides, habits, proportions
(domain randomisation, after Tobin et al., IROS 2017). They were not fitted to
recordings, with one exception: how far trunks rock (``looseness``, ``unrest``,
alike for every kind) and how quickly ballet runs its steps together
(``ballet_combination``) were widened after a look at how fast trunks and limbs
are in recordings.

    sequence = etude("ballet_adagio", np.random.default_rng(1), seconds=20.0)
"""

from typing import Final

from choreai_live.training.datasets import PoseSequence
from choreai_live.training.etudes import (
    afrobeat,
    ballet,
    bharatanatyam,
    everyday,
    hiphop,
    kathak_odissi,
    others,
)
from choreai_live.training.etudes.kinds import Kind, compose
from choreai_live.training.etudes.phrasing import Rng

#: Every kind of étude, by name.
KINDS: Final[dict[str, Kind]] = {
    **ballet.KINDS,
    **bharatanatyam.KINDS,
    **kathak_odissi.KINDS,
    **hiphop.KINDS,
    **afrobeat.KINDS,
    **others.KINDS,
    **everyday.KINDS,
}

__all__ = ["KINDS", "Kind", "etude"]


def etude(kind: str, rng: Rng, seconds: float = 20.0) -> PoseSequence:
    """Make up a dance.

    Parameters
    ----------
    kind
        A name of :data:`KINDS`.
    rng
        Where chance comes from: the same generator state gives the same étude.
    seconds
        How long.

    Returns
    -------
    PoseSequence
        In 3D (x right, y down, z away, metres; score 1) at 30 frames per
        second; the dancer begins facing the camera. ``source`` is ``etude``,
        ``group`` ``etude <kind>``, ``substyle`` the kind.
    """
    return compose(kind, KINDS[kind], rng, seconds)
