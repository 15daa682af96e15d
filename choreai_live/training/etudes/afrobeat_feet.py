"""What feet and trunk do in the social dances of Lagos, Accra, Kinshasa, Durban.

After Welsh-Asante, "African Dance: An Artistic, Historical and Philosophical
Inquiry" (1996), and Shipley, "Transnational circulation and digital fatigue in
Ghana's Azonto dance craze" (American Ethnologist, 2013): an aesthetic of bent
knees and inclined trunk, weight into the ground, several rhythms in one body,
hips and shoulders that answer the feet, mimed everyday gestures of the hands.
"""

from typing import Final

import numpy as np

from choreai_live.training.etudes.grooves import (
    Draw,
    Groove,
    feet,
    foot,
    groove,
    keyed,
    pick,
    pulsed,
    steps,
    still,
    swung,
)
from choreai_live.training.etudes.phrasing import Rng

# ---------------------------------------------------------------- the trunk


def low_ground(rng: Rng, *, lean: float = 0.0) -> Groove:
    """Bend the knees, tip the trunk, bounce without ever stopping, softly, often twice a beat."""
    low, tip = 0.005 + 0.2 * rng.uniform() ** 2, lean + rng.uniform(0.05, 0.65)
    share = rng.uniform(0.35, 0.8)
    period, depth = pick(rng, 1, 1, 0.5, 0.5, 2), rng.uniform(0.015, 0.05)
    phase, lag = rng.uniform(-0.1, 0.35) * period, rng.uniform(0.05, 0.3) * period
    ripple = rng.uniform(0.0, 0.14)
    return groove(
        hips=still((0.0, -low, -0.3 * low - 0.1 * tip)),
        pelvis=still((0.0, share * tip, 0.0)),
        spine=still((0.0, (1.0 - share) * tip, 0.0)),
        head=still((0.0, -rng.uniform(0.2, 0.8) * tip, 0.0)),
    ) + groove(
        hips=swung((0.0, -depth, 0.0), period, phase),
        pelvis=swung((0.0, ripple, 0.0), period, phase + lag),
        spine=swung((0.0, -1.2 * ripple, 0.0), period, phase + lag),
        head=swung((0.0, 0.8 * ripple, 0.0), period, phase + 2 * lag),
    )


def hips_around(rng: Rng, size: float = 1.0) -> Groove:
    """Circle, swing or shake the hips: the waist leads, the chest goes the other way."""
    period, size = pick(rng, 1, 1, 2, 2, 4), size * rng.uniform(0.4, 1.2)
    if period < 2.0:
        size *= 0.6
    phase, way = rng.uniform(0, period), pick(rng, -1, 1) * rng.uniform(0.0, 1.0)
    quarter = way * period / 4
    return groove(
        hips=swung((0.08 * size, 0.0, 0.0), period, phase),
        pelvis=swung((0.15 * size * way, 0.0, -0.20 * size), period, phase),
        spine=swung((-0.15 * size * way, 0.0, 0.24 * size), period, phase + 0.05 * period),
    ) + groove(
        hips=swung((0.0, 0.0, 0.05 * size), period, phase + quarter),
        pelvis=swung((0.15 * size, 0.16 * size, 0.0), period, phase + quarter),
        spine=swung((-0.2 * size, -0.16 * size, 0.0), period, phase + quarter),
    )


def shoulders(rng: Rng) -> Groove:
    """Shake or roll the shoulders faster than the feet go."""
    period, size = pick(rng, 0.5, 0.5, 1, 1), rng.uniform(0.05, 0.22)
    phase = rng.uniform(0, period)
    result = groove(spine=swung((size, 0.0, 0.3 * size), period, phase))
    if rng.random() < 0.6:
        nod = rng.uniform(0.0, 0.2)
        result += groove(head=swung((rng.normal(0, 0.1), nod, 0.4 * nod), pick(rng, 1, 2), phase))
    return result


def sinking(rng: Rng) -> Groove:
    """Go down bit by bit and come up again over eight beats."""
    deep = rng.uniform(0.08, 0.25)
    keys = [(0, (0.0, 0.0, 0.0)), (4, (0.0, -deep, -0.3 * deep)), (6, (0.0, -deep, -0.3 * deep))]
    return groove(hips=keyed(8, keys))


# ---------------------------------------------------------------- the feet


def patter(rng: Rng) -> Groove:
    """Step on the spot, small and quick, toes or flat, twice as fast as the arms."""
    period, high = pick(rng, 1, 1, 2), rng.uniform(0.03, 0.12)
    wide = rng.uniform(0.08, 0.26)
    at = foot(wide, rng.uniform(-0.05, 0.08), yaw=rng.uniform(0.0, 0.5))
    up = foot(wide + rng.normal(0, 0.04), rng.uniform(0.0, 0.12), high, heel=rng.uniform(0.1, 0.6))
    sway = rng.uniform(0.02, 0.08)
    return steps(period, [(0, at), (0.5 * period, at), (0.75 * period, up)], 1.0, arc=0.0) + groove(
        hips=swung((sway, 0.0, 0.0), period, 0.2),
        pelvis=swung((0.0, 0.0, -1.5 * sway), period, 0.2),
    )


def heel_swivel(rng: Rng) -> Groove:
    """Stand on one leg's ball and swivel its heel in and out, the knee with it: azonto."""
    period, turn = pick(rng, 1, 1, 2), rng.uniform(0.4, 0.9)
    wide = rng.uniform(0.1, 0.22)
    keys = [
        (0, foot(wide, 0.08, yaw=turn, heel=0.5, knee=1.2 * turn)),
        (period / 2, foot(wide, 0.08, yaw=-0.6 * turn, heel=0.5, knee=-0.8 * turn)),
    ]
    other_foot = [(0.0, foot(wide, 0.0, yaw=0.3))]
    if rng.random() < 0.35:
        other_foot = [(0.0, keys[1][1]), (period / 2, keys[0][1])]
    return feet(period, keys, other_foot, 1.0) + groove(
        hips=still((-0.05, 0.0, 0.0)),
        pelvis=swung((0.35 * turn, 0.0, 0.08), period, 0.05),
        spine=swung((-0.3 * turn, 0.0, -0.06), period, 0.1),
    )


def knee_rolls(rng: Rng) -> Groove:
    """Roll one knee in and out, the foot just off the floor or on its toes: gwara gwara."""
    period, size = pick(rng, 1, 2, 2), rng.uniform(0.4, 1.0)
    high = rng.uniform(0.0, 0.12)
    wide = rng.uniform(0.14, 0.26)
    keys = [
        (0, foot(wide, 0.06, yaw=0.5, heel=0.3, knee=size)),
        (0.25 * period, foot(wide + 0.06, 0.12, high, yaw=0.3, heel=0.5, knee=0.4 * size)),
        (0.5 * period, foot(wide, 0.08, 0.5 * high, yaw=-0.2, heel=0.6, knee=-0.8 * size)),
        (0.75 * period, foot(wide - 0.04, 0.0, yaw=0.2, heel=0.5, knee=0.1)),
    ]
    both = rng.random() < 0.4
    quiet = foot(wide, 0.0, yaw=0.3, heel=0.1)
    if both:
        legs = steps(2 * period, [*keys, (period, quiet)], 1.0)
    else:
        legs = feet(period, keys, [(0, quiet)], 1.0)
    tilt = rng.uniform(0.05, 0.2)
    return legs + groove(
        hips=swung((0.05, 0.0, 0.03), period, 0.1), pelvis=swung((0.2, 0.0, tilt), period, 0.1)
    )


def gallop(rng: Rng) -> Groove:
    """Heels up in turn, feet turning out, as in a slow gallop: shaku shaku."""
    period, out = pick(rng, 1, 2, 2), rng.uniform(0.0, 0.14)
    heel, turn = rng.uniform(0.4, 1.0), rng.uniform(0.0, 0.5)
    keys = [
        (0, foot(0.16, 0.0, yaw=0.2)),
        (
            period / 2,
            foot(0.16 + out, rng.uniform(-0.1, 0.1), 0.04, yaw=turn, heel=heel, knee=-turn),
        ),
    ]
    sway = rng.uniform(0.03, 0.12)
    return steps(period, keys, 1.0) + groove(
        hips=swung((-sway, 0.0, 0.0), period, 0.5 * period),
        pelvis=swung((0.0, 0.0, 1.2 * sway), period, 0.5 * period),
    )


def legwork(rng: Rng) -> Groove:
    """Kick or flick low to the corner, tap, pull back; again: zanku, legwork."""
    period, far = pick(rng, 1, 2, 2), rng.uniform(0.12, 0.4)
    high, angle = rng.uniform(0.04, 0.32), rng.uniform(-0.4, 1.3)
    x, z = far * np.sin(angle), far * np.cos(angle)
    keys = [
        (0, foot(0.15 + x, z, pick(rng, 0.0, high), heel=pick(rng, 0.4, -0.3), knee=0.4 * angle)),
        (0.5 * period, foot(0.15, -0.05, heel=0.2)),
        (0.75 * period, foot(0.15 + 0.3 * x, 0.4 * z, high, heel=0.6)),
    ]
    # The same leg again and again, or one after the other.
    if rng.random() < 0.5:
        return feet(period, keys, [(0, foot(0.14, -0.04, yaw=0.3))], 1.0) + groove(
            hips=still((-0.06, 0.0, 0.0)), pelvis=swung((0.1, 0.08, 0.06), period)
        )
    return steps(2 * period, [*keys, (1.5 * period, foot(0.15, 0.0))], 1.0) + groove(
        hips=swung((-0.07, 0.0, 0.0), 2 * period), pelvis=swung((0.15, 0.0, 0.08), 2 * period)
    )


def stomp(rng: Rng) -> Groove:
    """Pull a knee up, lean away from it, stomp: zanku, alanta, etighi."""
    period, high = pick(rng, 2, 2, 4, 1), rng.uniform(0.1, 0.42)
    if period < 2.0:
        high *= 0.5
    out, lean = rng.uniform(0.0, 0.9), rng.uniform(0.0, 0.25)
    keys = [
        (0, foot(0.2, 0.02, yaw=0.3)),
        (0.4 * period, foot(0.2, 0.02, yaw=0.3)),
        (0.7 * period, foot(0.18 + 0.1 * out, 0.12, high, heel=0.5, yaw=0.4 * out, knee=out)),
    ]
    body = groove(
        hips=swung((-0.07, 0.0, 0.0), period, 0.7 * period),
        spine=swung((0.1, 0.0, lean), period, 0.7 * period),
    )
    if rng.random() < 0.4:
        return feet(period, keys, [(0, foot(0.14, 0.0))], 1.0, arc=0.0) + body
    return steps(period, keys, 1.0, arc=0.0) + body


def side_taps(rng: Rng) -> Groove:
    """Step or slide to the side, the other foot follows and taps: alkayida, sekem, skelewu."""
    far, unit = rng.uniform(0.05, 0.2), pick(rng, 0.5, 1, 1)
    out, tap = foot(0.14 + far, 0.02, yaw=0.3), foot(0.10 - far, rng.uniform(0, 0.12), heel=0.6)
    return feet(
        4 * unit,
        [(0, out), (2 * unit, out), (3 * unit, tap)],
        [(0, out), (unit, tap), (2 * unit, out)],
        1.0,
    ) + groove(
        hips=swung((1.2 * far, 0.0, 0.0), 4 * unit, 0.5 * unit),
        pelvis=swung((0.15, 0.0, -0.15), 4 * unit, 0.5 * unit),
    )


def knees_open(rng: Rng) -> Groove:
    """Open and close the knees over feet that stay: ndombolo, kukere, makossa."""
    period, size = pick(rng, 1, 1, 2), rng.uniform(0.2, 0.7)
    wide = rng.uniform(0.14, 0.34)
    keys = [
        (0, foot(wide, 0.0, yaw=0.5, knee=0.4 + size)),
        (period / 2, foot(wide, 0.0, yaw=0.3, heel=pick(rng, 0.0, 0.4), knee=0.3 - size)),
    ]
    if rng.random() < 0.5:
        return feet(period, keys, keys, 1.0)
    return steps(period, keys, 1.0)


def dig(rng: Rng) -> Groove:
    """Tap one foot before and behind the other, which hops or bends: digging, pantsula, vosho."""
    unit, far = pick(rng, 0.5, 0.5, 1), rng.uniform(0.1, 0.34)
    front = foot(0.14, far, pick(rng, 0.0, 0.08, 0.2), heel=pick(rng, -0.4, 0.5))
    back = foot(0.14, -0.7 * far, heel=0.7)
    side = foot(0.14 + far, 0.0, heel=0.3)
    row = [(front, back, side)[int(rng.integers(3))] for _ in range(4)]
    keys = [(i * unit, place) for i, place in enumerate(row)]
    hop = rng.uniform(0.0, 0.05)
    quiet = foot(0.12, 0.0)
    if rng.random() < 0.5:
        legs = feet(4 * unit, keys, [(0, quiet)], 0.9)
    else:
        legs = steps(8 * unit, [*keys, (4 * unit, quiet)], 0.9)
    return legs + groove(
        hips=pulsed((0.0, -hop, 0.0), unit), pelvis=swung((0.15, 0.1, 0), 2 * unit)
    )


#: What the feet do.
FEET: Final[tuple[Draw, ...]] = (
    patter, patter, heel_swivel, knee_rolls, gallop, legwork, legwork, stomp, side_taps, side_taps,
    knees_open, dig,
)  # fmt: skip
