"""What the arms do in the social dances of Lagos, Accra, Kinshasa, Durban.

After Shipley, "Transnational circulation and digital fatigue in Ghana's Azonto
dance craze" (American Ethnologist, 2013): loose, bent, in front of the body,
often miming everyday gestures.
"""

from typing import Final

import numpy as np

from choreai_live.training.etudes.grooves import (
    Draw,
    Groove,
    alternating,
    arms,
    groove,
    near,
    pick,
    reach,
    swung,
)
from choreai_live.training.etudes.phrasing import Rng


def pumped(rng: Rng) -> Groove:
    """Swing bent arms from relaxed shoulders, one forward as the other goes back."""
    period, far = pick(rng, 1, 2, 2), rng.uniform(0.5, 1.2)
    fore = near(rng, 0.05, -0.15, 0.10 + 0.2 * far)
    back = near(rng, 0.18, -0.30, 0.08 - 0.18 * far, (0.6, -0.2, -0.8))
    draw = alternating if rng.random() < 0.7 else arms
    return draw(period, [(0, fore), (period / 2, back)], share=1.0)


def crossed(rng: Rng) -> Groove:
    """Cross the wrists low before the body, open, cross the other way: shaku shaku."""
    period, up = pick(rng, 1, 2, 2), rng.uniform(-0.4, -0.1)
    inner, outer = near(rng, -0.26, up, 0.28), near(rng, rng.uniform(0.0, 0.25), up + 0.04, 0.26)
    if rng.random() < 0.5:
        rise = near(rng, -0.1, up + 0.2, 0.25)
        row = (inner, outer, inner, rise)
        return arms(2 * period, [(i * period / 2, at) for i, at in enumerate(row)], share=1.0)
    return arms(period, [(0, inner), (period / 2, outer)], share=1.0)


def rolled(rng: Rng) -> Groove:
    """Circle a forearm, or both, before the body or beside it: gwara gwara, washing, stirring."""
    period, size = pick(rng, 1, 1, 2), rng.uniform(0.06, 0.17)
    x, y, z = rng.uniform((-0.1, -0.3, 0.12), (0.3, 0.05, 0.28))
    level = rng.random() < 0.4
    keys = []
    for i in range(6):
        c, s = size * np.cos(i * np.pi / 3), size * np.sin(i * np.pi / 3)
        at = (x + c, y, z + s) if level else (x + c, y + s, z)
        keys.append((i * period / 6, reach(*at, (0.9, -0.2, -0.1))))
    choice = rng.random()
    if choice < 0.35:
        rest = near(rng, 0.14, -0.35, 0.15)
        return arms(period, keys, [(0, rest), (period / 2, near(rng, 0.2, -0.3, 0.05))], 1.0)
    return alternating(period, keys, 1.0) if choice < 0.7 else arms(period, keys, share=1.0)


def to_and_fro(rng: Rng) -> Groove:
    """Swing both arms to one side and the other, low and loose: alkayida, sekem, network."""
    period, up = pick(rng, 1, 2, 2), rng.uniform(-0.35, 0.05)
    out, across = near(rng, 0.28, up, 0.18), near(rng, -0.2, up - 0.04, 0.3)
    left, right = [(0, out), (period / 2, across)], [(0, across), (period / 2, out)]
    return arms(period, left, right, 1.0) + groove(
        spine=swung((rng.uniform(0.05, 0.35), 0.0, 0.06), period, 0.1 * period)
    )


def wings(rng: Rng) -> Groove:
    """Hold the elbows out and flap, row or shake: skelewu, makossa, chicken."""
    period, up = pick(rng, 0.5, 1, 1), rng.uniform(-0.15, 0.1)
    elbow = (1.0, 0.3, rng.uniform(-0.5, 0.2))
    open_ = near(rng, 0.24, up, 0.12, elbow)
    shut = near(rng, 0.12, up - rng.uniform(0.05, 0.2), 0.2, elbow)
    draw = arms if rng.random() < 0.6 else alternating
    return draw(period, [(0, open_), (period / 2, shut)], share=1.0)


def paws(rng: Rng) -> Groove:
    """Put one hand forward, then the other, as a cat would, or as if talking: pouncing cat."""
    period, up = pick(rng, 1, 2, 2), rng.uniform(-0.2, 0.15)
    out = near(rng, rng.uniform(-0.1, 0.2), up, 0.38)
    back = near(rng, 0.1, up - 0.08, 0.16)
    return alternating(period, [(0, out), (period / 2, back)], rng.uniform(0.7, 1.0))


def mimed(rng: Rng) -> Groove:
    """Mime: phone at the ear, hand on the head, the back, the waist; the other hand works."""
    places = (
        near(rng, 0.02, 0.17, 0.08, (1.0, 0.0, 0.1)),
        near(rng, 0.1, 0.3, 0.02, (1.0, 0.2, 0.0)),
        near(rng, 0.1, -0.36, 0.05, (1.0, -0.1, -0.5)),
        near(rng, 0.02, -0.32, -0.1, (1.0, 0.0, -0.6)),
        near(rng, 0.2, 0.3, 0.15),
        near(rng, 0.05, -0.4, 0.28),
    )
    period = pick(rng, 1, 2, 2)
    held = places[int(rng.integers(len(places)))]
    shake = near(rng, *rng.uniform((-0.2, -0.4, 0.15), (0.3, 0.2, 0.3)))
    work = near(rng, *rng.uniform((-0.2, -0.4, 0.15), (0.3, 0.2, 0.3)))
    return arms(period, [(0, held)], [(0, shake), (period / 2, work)], 1.0)


def hanging(rng: Rng) -> Groove:
    """Let the arms hang and follow; hands near the knees when the trunk is low."""
    period, swing = pick(rng, 1, 2), rng.uniform(0.02, 0.15)
    a = near(rng, 0.1 + swing, -0.42, 0.15)
    b = near(rng, 0.1 - swing, -0.42, 0.18 + swing)
    return alternating(period, [(0, a), (period / 2, b)], 1.0)


def up_high(rng: Rng) -> Groove:
    """Hands up, waving or pumping: yahooze, buga, the chorus."""
    period, up = pick(rng, 1, 2), rng.uniform(0.1, 0.4)
    a, b = near(rng, 0.25, up, 0.12), near(rng, rng.uniform(-0.05, 0.2), up - 0.08, 0.2)
    if rng.random() < 0.5:
        return arms(period, [(0, a), (period / 2, b)], [(0, near(rng, 0.12, -0.3, 0.2))], 1.0)
    return (alternating if rng.random() < 0.5 else arms)(
        period, [(0, a), (period / 2, b)], share=1.0
    )


def loosely(rng: Rng) -> Groove:
    """Take both hands through two or three places before the body, as one likes."""
    period, count = pick(rng, 2, 2, 4), int(rng.integers(2, 4))
    low, high = (-0.22, -0.42, 0.08), (0.32, 0.18, 0.34)
    left, right = (
        [(i * period / count, near(rng, *rng.uniform(low, high))) for i in range(count)]
        for _ in range(2)
    )
    return alternating(period, left, 1.0) if rng.random() < 0.6 else arms(period, left, right, 1.0)


#: What the arms do.
HANDS: Final[tuple[Draw, ...]] = (
    pumped, pumped, crossed, crossed, rolled, to_and_fro, to_and_fro, wings, paws, mimed, hanging,
    up_high, loosely, loosely,
)  # fmt: skip
