"""Krump, waacking and house: stomps and swings, whips, and fast feet under a jacking body.

Krump after the basics named by Tight Eyez (stomps, chest pops, arm swings,
jabs); waacking after Tyrone Proctor; house after the steps of Ejoe Wilson and
Brian Green (jack, loose legs, pas de bourree, farmer, shuffle, skate).
"""

from typing import Final

import numpy as np

from choreai_live.training.etudes.grooves import (
    Groove,
    alternating,
    any_of,
    arms,
    foot,
    groove,
    near,
    perform,
    pick,
    pulsed,
    steps,
    still,
    swung,
)
from choreai_live.training.etudes.hiphop_arms import (
    cross_open,
    down_bounce,
    freestyle,
    loose_swing,
    pump,
    street_arm,
    street_pose,
)
from choreai_live.training.etudes.hiphop_steps import (
    knee_up,
    stand,
    tap_aside,
    two_step,
)
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score


def krump(score: Score, rng: Rng) -> None:
    """Stomp, pop the chest, swing and jab: big, low, from the gut."""
    period = pick(rng, 1, 2, 2, 2)
    high = rng.uniform(0.08, 0.4) * min(period, 1.5) / 1.5
    wide = rng.uniform(0.2, 0.36)
    stomp = [
        (0, foot(wide, rng.uniform(-0.05, 0.2), yaw=0.5)),
        (period * 0.5, foot(wide, 0.0, yaw=0.5)),
        (period * 0.8, foot(wide, 0.15, high, heel=0.3, knee=0.6)),
    ]
    chest, lag = rng.uniform(0.2, 0.55), rng.uniform(0.0, 0.2)
    dance = steps(period, stomp, 0.9, arc=0.0) + groove(
        hips=pulsed((0.0, -rng.uniform(0.03, 0.1), 0.0), period / 2, 0.0, 2.0),
        spine=pulsed((0.0, -chest, 0.0), pick(rng, 1, 1, 2, 0.5), lag, 4.0),
        head=pulsed((0.0, -0.5 * chest, 0.0), pick(rng, 1, 2), lag, 3.0),
        pelvis=swung((rng.normal(0, 0.3), 0.0, 0.08), period, 0.0, 0.6),
    )  # fmt: skip
    dance += groove(
        hips=still((0, -rng.uniform(0.05, 0.22), -0.08)),
        pelvis=still((0.0, rng.uniform(0.05, 0.35), 0.0)),
    )
    perform(
        score,
        dance + any_of((_arm_swings, _arm_swings, _jabs, _labs), rng),
        float(rng.choice((4, 8))),
    )


def _arm_swings(rng: Rng) -> Groove:
    """Swing fists from over the head down across the body."""
    period = pick(rng, 1, 2, 2)
    keys = [(0, near(rng, -0.2, -0.25, 0.35)), (0.3 * period, near(rng, 0.3, -0.2, 0.2)),
            (0.65 * period, near(rng, 0.3, 0.35, 0.05))]  # fmt: skip
    twist = groove(spine=swung((rng.uniform(0.2, 0.6), 0.1, 0.0), period, 0.1, 0.7))
    return (alternating if rng.random() < 0.6 else arms)(period, keys, share=0.7) + twist


def _jabs(rng: Rng) -> Groove:
    """Jab short and hard, elbows back in at once."""
    period, up = pick(rng, 1, 1, 2), rng.uniform(-0.25, 0.3)
    keys = [
        (0, near(rng, rng.uniform(-0.1, 0.3), up, 0.4)),
        (0.35 * period, near(rng, 0.12, -0.1, 0.18)),
    ]
    return alternating(period, keys, 0.5)


def _labs(rng: Rng) -> Groove:
    """Let the hands talk before the chest and the face, each on its own."""
    period = pick(rng, 2, 4)
    beats = np.arange(0, period, pick(rng, 0.5, 1)).tolist()
    return arms(
        period, [(b, street_arm(rng)) for b in beats], [(b, street_arm(rng)) for b in beats], 0.5
    )


def krump_hits(score: Score, rng: Rng) -> None:
    """Hit, hold the look, and buck: a leap into a low pose."""
    for _ in range(int(rng.integers(2, 5))):
        pose = street_pose(rng, rng.uniform(0.12, 0.36))
        if rng.random() < 0.4:
            score.jump(street_pose(rng, 0.05), pose, 1.0, rng.uniform(0.05, 0.2))
        else:
            score.to(pose, pick(rng, 0.5, 1, 1), "hit", share=rng.uniform(0.3, 0.6))
        score.hold(pick(rng, 0, 0, 0.5, 1))


def waack(score: Score, rng: Rng) -> None:
    """Whip the arms over the shoulders and behind the head, in time, posing in between."""
    unit = pick(rng, 0.5, 0.5, 1)
    whips = (
        near(rng, 0.05, 0.15, -0.12, (1.0, 0.3, 0.0)),  # behind the head
        near(rng, -0.12, 0.03, 0.1, (0.9, 0.3, 0.5)),  # over the shoulder
        near(rng, 0.45, rng.uniform(-0.1, 0.3), 0.1),
        near(rng, 0.1, 0.5, 0.05),
        near(rng, 0.2, -0.42, 0.1),
        near(rng, -0.1, -0.2, 0.25, (1.0, 0.0, 0.0)),
    )
    count = int(rng.choice((2, 4, 4)))

    def drawn() -> list[tuple[float, tuple[float, ...]]]:
        # A whip goes from behind or over the shoulder out into the room, and back.
        places = [int(rng.integers(2, 6) if i % 2 == 0 else rng.integers(2)) for i in range(count)]
        return [(i * unit, whips[place]) for i, place in enumerate(places)]

    left, tense = drawn(), rng.uniform(0.6, 1.0)
    if rng.random() < 0.4:
        hands = alternating(count * unit, left, tense)
    else:
        hands = arms(count * unit, left, left if rng.random() < 0.4 else drawn(), tense)
    sway, period = rng.uniform(0.02, 0.1), pick(rng, 2, 4)
    trunk = groove(
        hips=swung((sway, 0.0, 0.0), period, 0.0, 0.6),
        pelvis=swung((rng.normal(0, 0.2), 0.0, -1.5 * sway), period, 0.0, 0.6),
        spine=swung((0.2, -0.1, sway), period, 0.2),
        head=swung((0.4, -0.1, 0.1), period, rng.uniform(0, period), 0.6),
    )
    legs = any_of((stand, stand, two_step, tap_aside), rng)
    low = groove(hips=still((0.0, -rng.uniform(0.0, 0.08), 0.0)))
    perform(score, legs + hands + trunk + low, float(rng.choice((4, 8))))


def strike_a_pose(score: Score, rng: Rng) -> None:
    """Freeze in a pose, the longer the better."""
    deep = float(rng.choice((0.02, 0.1, 0.3)))
    score.to(street_pose(rng, deep), pick(rng, 1, 1, 2), "float", share=rng.uniform(0.4, 1.0))
    score.hold(pick(rng, 0, 1, 2))


def jack(score: Score, rng: Rng) -> None:
    """Jack: a wave through the trunk on every beat, over steps or on the spot."""
    period, size = pick(rng, 1, 1, 2), rng.uniform(0.12, 0.35)
    lag = rng.uniform(0.1, 0.25) * period
    torso = groove(
        spine=swung((0.0, size, 0.0), period, 0.0),
        pelvis=swung((0.0, -0.6 * size, 0.0), period, lag),
        hips=swung((0.0, -0.1 * size, 0.25 * size), period, lag),
        head=swung((0.0, -0.4 * size, 0.0), period, -lag),
    )
    legs = any_of((stand, stand, two_step, knee_up, tap_aside), rng)
    dance = legs + torso + any_of((loose_swing, pump, freestyle, cross_open), rng)
    perform(score, dance + down_bounce(rng, 0.0, 0.05), float(rng.choice((4, 8))))


def house_feet(score: Score, rng: Rng) -> None:
    """Fast feet under a calm body: loose legs, pas de bourree, shuffle, farmer, skate."""
    unit, wide = pick(rng, 0.5, 0.5, 1), rng.uniform(0.1, 0.24)
    side, back = (
        foot(wide + rng.uniform(0.05, 0.2), 0.0),
        foot(-0.05, -rng.uniform(0.1, 0.25), heel=0.5),
    )
    front, under = foot(0.0, rng.uniform(0.1, 0.3), heel=pick(rng, 0, -0.3)), foot(wide, 0.0)
    lifted = foot(wide + 0.1, 0.1, rng.uniform(0.08, 0.4), heel=0.6, knee=rng.uniform(-0.2, 0.8))
    kicked = foot(wide, 0.4, rng.uniform(0.05, 0.25), heel=0.4)
    places = (side, back, front, under, lifted, kicked, under, side)
    count = int(rng.choice((4, 4, 6, 8)))
    left = [(i * unit, places[int(rng.integers(8))]) for i in range(count)]
    legs = steps(count * unit, left, rng.uniform(0.6, 1.0))
    sway = rng.uniform(0.0, 0.06)
    legs += groove(
        hips=swung((sway, 0.0, 0.0), count * unit / 2, rng.uniform(0, 1)),
        pelvis=swung((rng.normal(0.0, 0.3), 0.0, sway), count * unit / 2, rng.uniform(0, 1)),
    )
    hands = any_of((loose_swing, loose_swing, cross_open, freestyle), rng)
    perform(score, legs + hands + down_bounce(rng, 0.02, 0.06), float(rng.choice((4, 8))))


KINDS: Final[dict[str, Kind]] = {
    "krump": Kind("hiphop", (krump, krump, krump_hits), (80.0, 110.0)),
    "waacking": Kind("hiphop", (waack, waack, waack, strike_a_pose), (100.0, 130.0)),
    "house": Kind("hiphop", (jack, house_feet, house_feet), (110.0, 128.0)),
}
