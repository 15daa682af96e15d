"""Steps of the hip-hop social dances, to be danced with any arms.

The vocabulary follows "Foundations of Hip Hop: Party Dances" as taught by
Buddha Stretch and Henry Link (Mop Top Crew), and Schloss, "Foundation: B-Boys,
B-Girls and Hip-Hop Culture in New York" (2009).
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


def stand(rng: Rng) -> Groove:
    """Stay on the spot, weight rocking from foot to foot."""
    wide, period = rng.uniform(0.14, 0.34), pick(rng, 2, 2, 4)
    shift, twist = rng.uniform(0.0, 0.12), rng.normal(0.0, 0.2)
    heel = rng.uniform(0.0, 0.5)
    at = foot(wide, rng.normal(0, 0.08), yaw=rng.uniform(0.0, 0.6))
    up = (*at[:4], heel, at[5])
    return steps(period, [(0, at), (period / 2, up)]) + groove(
        hips=swung((shift, 0.0, 0.0), period, 0.0, rng.uniform(0.4, 1.2)),
        pelvis=swung((twist, 0.0, -shift), period, rng.uniform(0, 0.3)),
    )


def two_step(rng: Rng) -> Groove:
    """Step, together; step, together."""
    far, wide, back = rng.uniform(0.08, 0.28), rng.uniform(0.10, 0.22), rng.normal(0, 0.08)
    out = foot(far + wide, 0.0, yaw=rng.uniform(0, 0.5))
    close = foot(0.08 - far, back, heel=pick(rng, 0, 0.5), yaw=rng.uniform(-0.3, 0.3))
    return feet(
        4, [(0, out), (2, out), (3, close)], [(0, out), (1, close), (2, out)], rng.uniform(0.5, 1.0)
    ) + groove(
        hips=keyed(4, [(b, (x, 0, 0)) for b, x in ((0, far), (1, far), (2, -far), (3, -far))], 0.8)
    )


def running_man(rng: Rng) -> Groove:
    """Knee up, step down, slide back."""
    far, high, wide = rng.uniform(0.14, 0.28), rng.uniform(0.15, 0.38), rng.uniform(0.08, 0.18)
    keys = [
        (0, foot(wide, -far, heel=0.6)),
        (rng.uniform(0.35, 0.6), foot(wide, 0.6 * far, high, heel=rng.uniform(0.1, 0.8))),
        (1, foot(wide, far)),
    ]
    twist = rng.normal(0.0, 0.2)
    return steps(2, keys, 1.0, arc=0.0) + groove(pelvis=swung((twist, 0.0, 0.0), 2, 0.2))


def roger_rabbit(rng: Rng) -> Groove:
    """Swing a leg round and hop onto it behind the other, leaning back."""
    high, back = rng.uniform(0.10, 0.30), rng.uniform(0.2, 0.4)
    keys = [
        (0, foot(0.13, 0.05)),
        (0.5, foot(0.3, 0.1, high, heel=0.6, yaw=0.5)),
        (1, foot(-0.05, -back, heel=0.6)),
    ]
    return steps(2, keys, 1.0) + groove(
        pelvis=still((0.0, -rng.uniform(0.0, 0.25), 0.0)), hips=swung((0.05, 0, 0), 2, 0.5)
    )


def kick_step(rng: Rng) -> Groove:
    """Kick low and step down; charleston kicks when the foot lands behind."""
    far, high = rng.uniform(0.25, 0.55), rng.uniform(0.06, 0.40)
    out, period = rng.uniform(-0.15, 0.45), pick(rng, 2, 2, 4)
    keys = [
        (0, foot(0.13, pick(rng, 0, 0, -0.25))),
        (period * 0.25, foot(0.13 + 0.3 * out, 0.1, 0.6 * high + 0.05, heel=0.7)),
        (period * 0.4, foot(0.13 + out, far, high, heel=pick(rng, 0.6, -0.3), yaw=0.4 * out)),
        (period * 0.6, foot(0.13, 0.1, 0.08, heel=0.4)),
    ]
    return steps(period, keys, 1.0)


def knee_up(rng: Rng) -> Groove:
    """Pull a knee up on one beat, put the foot down on the next: monastery, happy feet."""
    high, out, period = rng.uniform(0.12, 0.5), rng.uniform(-0.1, 0.35), pick(rng, 2, 2, 4, 1)
    keys = [
        (0, foot(rng.uniform(0.1, 0.28), 0.0)),
        (period / 2, foot(0.13 + 0.5 * out, 0.12, high * min(period, 2) / 2, heel=0.7, knee=out)),
    ]
    return steps(period, keys, rng.uniform(0.6, 1.0)) + groove(
        hips=swung((-0.06, 0, 0), period, period / 2), pelvis=swung((0, 0, 0.08), period, 0)
    )


def tap_aside(rng: Rng) -> Groove:
    """Touch to the side, front or behind and bring it back: reebok, fila, prep."""
    angle, far = rng.uniform(-0.6, 2.4), rng.uniform(0.2, 0.42)
    period = pick(rng, 2, 2, 4)
    out, front = far * np.sin(angle), far * np.cos(angle)
    touch = foot(0.13 + out, front, heel=pick(rng, 0.7, 0.4, -0.5), yaw=rng.uniform(-0.3, 0.8))
    via = foot(0.13 + 0.6 * out, 0.6 * front + 0.1, rng.uniform(0.02, 0.15), heel=0.4)
    keys = [(0, touch), (period / 2, foot(0.13, 0.0)), (period * 0.8, via)]
    turn = rng.normal(0.0, 0.3)
    return steps(period, keys, rng.uniform(0.5, 1.0)) + groove(
        hips=swung((-0.07, -0.03, 0), period), pelvis=swung((turn, 0, 0), period, 0.1)
    )


def heel_toe(rng: Rng) -> Groove:
    """Swivel on heels and toes, feet together or apart: bart simpson, crab, smurf."""
    wide, turn, period = rng.uniform(0.08, 0.25), rng.uniform(0.3, 0.8), pick(rng, 1, 2, 2)
    alike = rng.random() < 0.5
    left = [
        (0, foot(wide, 0, yaw=turn, heel=0.2)),
        (period / 2, foot(wide, 0, yaw=-turn, heel=0.3)),
    ]
    right = left if not alike else [(0, left[1][1]), (period / 2, left[0][1])]
    slide = rng.uniform(0, 0.15)
    return feet(period, left, right, 1.0) + groove(
        hips=swung((slide, 0, 0), 2 * period, 0.0),
        pelvis=swung((0.5 * turn * alike, 0, 0), period, 0.1),
    )


def criss_cross(rng: Rng) -> Groove:
    """Jump the feet apart and across each other."""
    wide, cross, unit = rng.uniform(0.2, 0.38), rng.uniform(0.02, 0.15), pick(rng, 0.5, 1, 1)
    out = foot(wide, 0.0, yaw=0.5)
    before, behind = foot(-cross, 0.14), foot(-cross, -0.12, heel=0.4)
    return feet(
        4 * unit,
        [(0, out), (unit, before), (2 * unit, out), (3 * unit, behind)],
        [(0, out), (unit, behind), (2 * unit, out), (3 * unit, before)],
        rng.uniform(0.5, 0.9),
    )


def drop(rng: Rng) -> Groove:
    """Go down on one beat, come up over the next ones."""
    deep, wide = rng.uniform(0.2, 0.5), rng.uniform(0.2, 0.4)
    at = foot(wide, 0.0, yaw=0.6, knee=rng.uniform(0.3, 1.0))
    lean = rng.uniform(0.0, 0.5)
    down = [
        (0, (0.0, -deep, -0.25 * deep)),
        (rng.uniform(1, 2), (0, -0.7 * deep, -0.1)),
        (3, (0, 0, 0)),
    ]
    return feet(4, [(0, at)], [(0, at)]) + groove(
        hips=keyed(4, down, 0.8), pelvis=pulsed((0.0, lean, 0.0), 4, 0.3)
    )


def lunge(rng: Rng) -> Groove:
    """Lunge to one side, drag back, to the other side."""
    far, deep = rng.uniform(0.12, 0.24), rng.uniform(0.04, 0.2)
    wide = foot(0.18 + far, 0.0, yaw=0.6)
    period = pick(rng, 2, 4)
    return feet(period, [(0, wide)], [(0, wide)]) + groove(
        hips=swung((far, 0.0, 0.0), period, 0.0, 0.5),
        pelvis=swung((rng.normal(0, 0.4), 0.0, -0.6 * far), period, 0.0, 0.5),
    ) + groove(hips=pulsed((0.0, -deep, 0.0), period / 2, 0.0))  # fmt: skip


#: What the legs do.
LEGS: Final[tuple[Draw, ...]] = (
    stand, stand, two_step, two_step, running_man, roger_rabbit, kick_step, knee_up, tap_aside,
    tap_aside, heel_toe, criss_cross, drop, lunge,
)  # fmt: skip
