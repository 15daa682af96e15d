"""Arms, bounce and isolations of the hip-hop social dances, to be danced on any steps.

The vocabulary follows "Foundations of Hip Hop: Party Dances" as taught by
Buddha Stretch and Henry Link (Mop Top Crew), and Schloss, "Foundation: B-Boys,
B-Girls and Hip-Hop Culture in New York" (2009).
"""

from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.grooves import (
    Draw,
    Groove,
    alternating,
    arms,
    foot,
    groove,
    near,
    pick,
    pulsed,
    reach,
    still,
    swung,
)
from choreai_live.training.etudes.phrasing import Rng
from choreai_live.training.etudes.postures import STANDING, other, posed


def street_arm(rng: Rng) -> tuple[float, ...]:
    """Draw a left arm as it is held in street dances: mostly bent, rarely like the other one."""
    low, high, elbow = _REGIONS[int(rng.choice(len(_REGIONS), p=_REGION_SHARES))]
    out, up, front = rng.uniform(low, high)
    return reach(out, up, front, np.asarray(elbow) + rng.normal(0.0, 0.35, 3))


_REGIONS: Final = (
    ((-0.12, -0.25, 0.15), (0.20, 0.02, 0.38), (0.8, -0.5, -0.2)),  # before the chest
    ((0.28, -0.35, -0.1), (0.53, 0.15, 0.25), (0.2, -0.7, -0.5)),  # out to the side
    ((0.00, 0.20, -0.05), (0.35, 0.53, 0.25), (0.8, -0.1, 0.2)),  # up
    ((0.06, -0.53, -0.1), (0.30, -0.34, 0.25), (0.6, 0.0, -0.8)),  # down
    ((-0.08, 0.12, 0.03), (0.15, 0.28, 0.15), (1.0, 0.1, 0.2)),  # at the head
    ((-0.40, -0.35, 0.20), (-0.15, 0.15, 0.40), (0.7, -0.6, 0.2)),  # across
    ((0.00, -0.15, 0.40), (0.25, 0.12, 0.53), (0.5, -0.8, 0.0)),  # to the front
    ((0.08, -0.42, -0.3), (0.30, -0.25, -0.1), (0.6, 0.0, -0.8)),  # behind
)
_REGION_SHARES: Final = (0.24, 0.17, 0.10, 0.16, 0.08, 0.10, 0.08, 0.07)


def street_pose(rng: Rng, depth: float | None = None) -> Array:
    """Draw a posture (45,): low, wide, weight to one side, arms unlike each other."""
    low = float(rng.uniform(0.0, 0.4) ** 1.5) if depth is None else depth
    side, lean = rng.normal(0.0, 0.09), rng.normal(0.12, 0.16)
    left, right = (
        foot(
            float(rng.uniform(0.12, 0.42)),
            float(rng.normal(0.0, 0.14)),
            yaw=float(rng.uniform(-0.1, 0.8)),
            heel=float(rng.choice((0.0, 0.0, 0.5))),
        )
        for _ in range(2)
    )
    arm = street_arm(rng)
    return posed(
        STANDING,
        hips=(side, -low, -0.3 * low),
        pelvis=(float(rng.normal(0.0, 0.25)), 0.6 * lean, -0.8 * side),
        spine=tuple(rng.normal((0.0, lean, 0.0), (0.30, 0.10, 0.16))),
        head=tuple(rng.normal((0.0, -0.3 * lean, 0.0), (0.40, 0.15, 0.12))),
        left_arm=arm,
        right_arm=other(arm if rng.random() < 0.2 else street_arm(rng)),
        left_foot=left,
        right_foot=(-right[0], right[1], right[2], -right[3], right[4], -right[5]),
    )


def down_bounce(rng: Rng, least: float = 0.015, most: float = 0.09) -> Groove:
    """Sink into the beat from the knees; chest and head answer a little later."""
    period, depth = pick(rng, 1, 1, 1, 1, 2, 0.5), least + (most - least) * rng.uniform() ** 1.5
    if period < 1.0:
        depth *= 0.5
    phase = rng.normal(0.0, 0.05) + (0.5 * period if rng.random() < 0.2 else 0.0)
    # Mostly soft knees, now and then a deep groove.
    lag, low = rng.uniform(0.0, 0.2), 0.16 * rng.uniform() ** 2.5
    sharp = rng.uniform(0.8, 2.0)
    nod, curl = rng.uniform(0.0, 0.30), rng.uniform(-0.05, 0.22)
    return groove(
        hips=pulsed((0.0, -depth, -0.25 * depth), period, phase, sharp),
        spine=pulsed((0.0, curl, 0.0), period, phase + lag, sharp),
        head=pulsed((0.0, nod, 0.0), period, phase + 1.5 * lag, sharp),
    ) + groove(
        hips=still((0.0, -low, -0.25 * low)),
        pelvis=still((0.0, rng.uniform(0.0, 0.25), 0.0)),
        spine=still((0.0, rng.uniform(-0.05, 0.22), 0.0)),
        head=still((0.0, rng.uniform(-0.2, 0.05), 0.0)),
    )


def alive(rng: Rng) -> Groove:
    """Return small bounces and sways, as dancers have them between hits."""
    period, depth = pick(rng, 1, 1, 2), rng.uniform(0.005, 0.04)
    return groove(
        hips=pulsed((0.0, -depth, 0.0), period, rng.normal(0.0, 0.1)),
        spine=swung(rng.normal(0.0, (0.06, 0.04, 0.03)), period, rng.uniform(0, 1)),
        head=swung(rng.normal(0.0, (0.05, 0.08, 0.03)), period, rng.uniform(0, 1)),
        left_arm=swung(rng.normal(0.0, 0.08, 6), period, rng.uniform(0, 1)),
        right_arm=swung(rng.normal(0.0, 0.08, 6), period, rng.uniform(0, 1)),
    )


def isolations(rng: Rng, strength: float = 1.0) -> Groove:
    """Let hips, chest and head each go their own way, at their own pace."""
    result = Groove()
    for part, spread, share in (
        ("hips", (0.05, 0.0, 0.03), 0.5),
        ("pelvis", (0.20, 0.08, 0.08), 0.5),
        ("spine", (0.28, 0.14, 0.16), 0.8),
        ("head", (0.30, 0.15, 0.10), 0.5),
    ):
        if rng.random() < share:
            period = pick(rng, 1, 2, 2, 4)
            amount = strength * rng.normal(0.0, 1.0, 3) * spread
            sharp = rng.uniform(0.3, 1.2)
            result += groove(**{part: swung(amount, period, rng.uniform(0, period), sharp)})
    return result


def loose_swing(rng: Rng) -> Groove:
    """Swing bent arms against the legs."""
    period, far = pick(rng, 1, 2, 2, 2), rng.uniform(0.6, 1.2)
    keys = [
        (0, near(rng, 0.08, -0.22, 0.30 * far)),
        (period / 2, near(rng, 0.2, -0.4, -0.15 * far)),
    ]
    return (alternating if rng.random() < 0.7 else arms)(period, keys, share=rng.uniform(0.6, 1.0))


def pump(rng: Rng) -> Groove:
    """Pump both fists down, up or out on every beat."""
    period, a, b = pick(rng, 1, 1, 2), street_arm(rng), street_arm(rng)
    if rng.random() < 0.6:
        a, b = near(rng, 0.1, -0.38, 0.25), near(rng, 0.12, -0.12, 0.25)
    return arms(period, [(0, a), (period / 2, b)], share=rng.uniform(0.4, 0.9))


def cross_open(rng: Rng) -> Groove:
    """Cross the arms before the chest, throw them open."""
    period, up = pick(rng, 2, 2, 4), rng.uniform(-0.35, 0.25)
    closed = [(0, near(rng, -0.25, up / 2 - 0.1, 0.25)), (period / 2, near(rng, 0.42, up, 0.1))]
    return arms(period, closed, share=rng.uniform(0.4, 0.9))


def cabbage_patch(rng: Rng) -> Groove:
    """Stir with both fists together before the chest."""
    period, size, up = pick(rng, 2, 2, 4), rng.uniform(0.10, 0.2), rng.uniform(-0.22, -0.05)
    turns = [(i * period / 8, i * np.pi / 4) for i in range(8)]
    left, right = (
        [
            (beat, reach(-0.12 + s * np.sin(a), up, 0.3 + 0.5 * size * np.cos(a), (0.8, -0.3, 0)))
            for beat, a in turns
        ]
        for s in (size, -size)
    )
    return arms(period, left, right, 1.0) + groove(
        spine=swung((0.25, 0, 0), period, period / 4), hips=swung((0.05, 0, 0), period, period / 4)
    )


def side_swing(rng: Rng) -> Groove:
    """Swing both arms to one side, then the other: prep, the wop."""
    period, up = pick(rng, 2, 2, 4), rng.uniform(-0.35, 0.3)
    out, across = near(rng, 0.38, up, 0.12), near(rng, -0.25, up * 0.7 - 0.05, 0.3)
    twist = rng.uniform(0.0, 0.5)
    return arms(
        period,
        [(0, out), (period / 2, across)],
        [(0, across), (period / 2, out)],
        rng.uniform(0.5, 1),
    ) + groove(spine=swung((twist, 0, 0), period, 0.1))


def punches(rng: Rng) -> Groove:
    """Punch, point or push, one hand after the other."""
    period, up, out = pick(rng, 1, 2, 2), rng.uniform(-0.3, 0.45), rng.uniform(-0.2, 0.3)
    keys = [(0, near(rng, out, up, 0.38)), (period / 2, near(rng, 0.1, -0.18, 0.15))]
    return alternating(period, keys, rng.uniform(0.4, 0.9))


def one_up(rng: Rng) -> Groove:
    """Wave one hand over the head; the other hangs, or holds on to something."""
    wave, period = rng.uniform(0.05, 0.25), pick(rng, 1, 2, 2)
    keys = [(0, near(rng, 0.1 + wave, 0.38, 0.12)), (period / 2, near(rng, 0.1 - wave, 0.36, 0.12))]
    return arms(period, keys, [(0, street_arm(rng))], rng.uniform(0.6, 1))


def raise_the_roof(rng: Rng) -> Groove:
    """Push both palms up, twice as high on the beat."""
    keys = [
        (0, near(rng, 0.22, 0.38, 0.1, (1, -0.2, 0.1))),
        (0.5, near(rng, 0.2, 0.14, 0.15, (1, -0.3, 0))),
    ]
    return arms(1, keys, share=0.8)


def roll_fists(rng: Rng) -> Groove:
    """Roll the forearms round each other, now and then opening."""
    period, up = pick(rng, 0.5, 1, 1), rng.uniform(-0.2, 0.05)
    rounds = ((0.08, 0.25), (0.0, 0.34), (-0.08, 0.25), (0.0, 0.16))
    keys = [(i * period / 4, reach(-0.1, up + u, f)) for i, (u, f) in enumerate(rounds)]
    return alternating(period, keys, 1.0)


def arm_wave(rng: Rng) -> Groove:
    """Send a wave from hand to hand."""
    period, up = pick(rng, 2, 4), rng.uniform(-0.2, 0.15)
    lag = rng.uniform(0.06, 0.14) * period

    def hand(side: float) -> Groove:
        at = still((side * 0.92, up, 0.2, side * 0.9, up, 0.25))
        shoulder = swung((0, 0.4, 0, 0, 0, 0), period, -side * lag)
        elbow = swung((0, 0, 0, 0, 0.6, 0), period, -side * 2 * lag)
        if side > 0:
            return groove(left_arm=at) + groove(left_arm=shoulder) + groove(left_arm=elbow)
        return groove(right_arm=at) + groove(right_arm=shoulder) + groove(right_arm=elbow)

    roll = swung((0.0, 0.0, rng.uniform(0.05, 0.25)), period)
    return hand(1.0) + hand(-1.0) + groove(spine=roll)


def freestyle(rng: Rng) -> Groove:
    """Go through a few places of one's own choice, each arm through others, on odd counts."""
    period = pick(rng, 2, 4, 4)
    beats = sorted({0.0, *(rng.integers(0, int(2 * period), int(rng.integers(1, 6))) / 2).tolist()})
    left = [(beat, street_arm(rng)) for beat in beats]
    right = [(beat, street_arm(rng)) for beat in (beats if rng.random() < 0.6 else [0.0])]
    return arms(period, left, right, rng.uniform(0.35, 0.9))


#: What the arms do.
ARMS: Final[tuple[Draw, ...]] = (
    loose_swing, loose_swing, pump, cross_open, cabbage_patch, side_swing, side_swing, punches,
    one_up, raise_the_roof, roll_fists, arm_wave, freestyle, freestyle, freestyle,
)  # fmt: skip
