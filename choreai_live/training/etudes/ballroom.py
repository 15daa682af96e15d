"""Ballroom, Latin, swing and country dances, one of the couple at a time.

Steps and timing after Moore, "Ballroom Dancing" (10th ed., 2002), and Laird,
"The Laird Technique of Latin Dancing" (2003).
"""

from collections.abc import Sequence
from math import pi
from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.grooves import (
    Groove,
    alternating,
    arms,
    feet,
    foot,
    groove,
    keyed,
    near,
    perform,
    pick,
    pulsed,
    steps,
    still,
    swung,
)
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import (
    HIPS,
    LEFT_FOOT,
    RIGHT_FOOT,
    STANDING,
    other,
    posed,
)


def _hold(rng: Rng) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return both arms of a closed hold, the right as if it were a left one."""
    joined = near(rng, 0.40, rng.uniform(-0.05, 0.12), 0.2, (0.5, -0.6, 0.0))
    if rng.random() < 0.5:
        # The lead's hand on the partner's back; the follower's on the lead's arm.
        return joined, near(rng, 0.05, -0.12, 0.33, (1.0, 0.0, 0.0))
    return near(rng, 0.10, 0.02, 0.30, (1.0, 0.1, 0.0)), joined


def _framed(rng: Rng) -> Array:
    left, right = _hold(rng)
    return posed(
        STANDING,
        hips=(0.0, -rng.uniform(0.0, 0.05), 0.0),
        spine=(0.0, rng.uniform(-0.18, 0.02), rng.normal(0.0, 0.06)),
        head=(rng.normal(0.3, 0.3), rng.normal(-0.05, 0.06), rng.normal(0.0, 0.08)),
        left_arm=left,
        right_arm=other(right),
        left_foot=foot(0.08, 0.0),
        right_foot=(-0.08, 0.0, 0.1, -0.2, 0.0, -0.2),
    )


def _stride(body: Array, left: Sequence[float], right: Sequence[float], height: float) -> Array:
    """Return ``body`` with feet at (left, front) and the hips at ``height`` against standing."""
    result = body.copy()
    result[HIPS] += (0.0, height, 0.0)
    for part, (x, z) in ((LEFT_FOOT, left), (RIGHT_FOOT, right)):
        result[part] = (
            x,
            0.0,
            z + 0.1,
            result[part][3],
            0.5 * max(height, 0) / 0.06,
            result[part][5],
        )
    return result


def waltz(score: Score, rng: Rng) -> None:
    """Step, side, close: down on one, rising on two, high on three; boxes and turns."""
    frame = _framed(rng)
    length, rise = rng.uniform(0.25, 0.6), rng.uniform(0.02, 0.06)
    turn = pick(rng, 0, 0, pi / 4, pi / 2, -pi / 4)
    for bar in range(int(rng.choice((2, 4)))):
        way = 1.0 if bar % 2 == 0 else -1.0
        if rng.random() < 0.3:
            way = 1.0
        down = _stride(frame, (0.08, 0.5 * way * length), (-0.08, -0.4 * way * length), -0.05)
        side = _stride(frame, (0.20, 0.0), (-0.20, 0.0), 0.5 * rise)
        high = _stride(frame, (0.06, 0.0), (-0.06, 0.0), rise)
        score.to(down, 1, "sustained", travel=(0.0, 0.6 * way * length), lead=1)
        score.to(side, 1, "sustained", travel=(-0.2 * way, 0.0), turn=turn, lead=-1)
        score.to(high, 1, "sustained", lead=1)


def slow_and_quick(score: Score, rng: Rng) -> None:
    """Walk in hold, slow and quick, gliding or skipping: foxtrot, quickstep, tango."""
    frame = _framed(rng)
    sharp = rng.random() < 0.4
    low = rng.uniform(0.03, 0.10) if sharp else 0.0
    frame[HIPS] -= (0.0, low, 0.0)
    easing, share = ("float", rng.uniform(0.4, 0.7)) if sharp else ("sustained", 1.0)
    way = pick(rng, 1, 1, -1)
    length, rise = rng.uniform(0.2, 0.5), 0.0 if sharp else rng.uniform(0.0, 0.05)
    side = 1
    for beats in ((2, 2, 1, 1), (1, 1, 2), (2, 1, 1))[int(rng.integers(3))]:
        lean = 0.5 * way * length * side
        body = _stride(frame, (0.06, lean), (-0.06, -lean), -0.03)
        travel = (0.0, way * length * min(beats, 1.5))
        score.to(body, beats / 2, easing, share=share, travel=travel, lead=side)
        passing = _stride(frame, (0.06, 0.0), (-0.06, 0.0), rise)
        score.to(passing, beats / 2, easing, share=share, travel=travel, lead=-side)
        side = -side
    if rng.random() < 0.5:
        turned = posed(score.body, head=(rng.normal(0.0, 0.8), 0.0, 0.0))
        score.to(turned, 1, "float", turn=float(rng.choice((-1, 1))) * pi / 2)


def _latin_arms(rng: Rng) -> Groove:
    """Hold the partner's hand, or bent arms at the waist; the free one floats aside."""
    held = near(rng, rng.uniform(-0.1, 0.2), rng.uniform(-0.3, -0.08), 0.32)
    free = near(rng, 0.42, rng.uniform(-0.15, 0.12), rng.uniform(-0.05, 0.25))
    waist = near(rng, 0.10, -0.24, 0.20, (0.7, -0.5, -0.4))
    waist2 = near(rng, 0.14, -0.30, 0.12, (0.7, -0.4, -0.6))
    up = near(rng, 0.1, 0.45, 0.15)
    choice = rng.random()
    if choice < 0.25:
        return arms(4, [(0, held)], [(0, held)])
    if choice < 0.5:
        return arms(
            8,
            [(0, held), (4, near(rng, 0.0, -0.2, 0.36))],
            [(0, free), (4, near(rng, 0.3, -0.3, 0.1))],
        )
    if choice < 0.6:
        return arms(8, [(0, up), (4, held)], [(0, free)], 1.0)
    return alternating(2, [(0, waist), (1, waist2)], 1.0)


def _latin_hips(period: float, rng: Rng) -> Groove:
    size, phase = rng.uniform(0.4, 1.2), rng.uniform(0.0, 0.25) * period
    return groove(
        hips=swung((0.05 * size, 0.0, 0.0), period, phase),
        pelvis=swung((0.18 * size, 0.0, -0.16 * size), period, phase),
        spine=swung((-0.22 * size, 0.0, 0.14 * size), period, phase),
    ) + groove(
        hips=still((0.0, -rng.uniform(0.0, 0.04), 0.0)),
        spine=still((0.0, rng.uniform(-0.1, 0.05), 0.0)),
        head=still((rng.normal(0.0, 0.1), 0.0, 0.0)),
    )


def _turn_alone(score: Score, rng: Rng, start: Array) -> None:
    """Spin once, hands close to the body."""
    tucked = near(rng, -0.05, -0.2, 0.22)
    body = posed(start, left_arm=tucked, right_arm=other(tucked))
    turn = 2 * pi * float(rng.choice((-1, 1)))
    score.to(body, 1)
    score.to(body, float(rng.choice((2, 3))), "swing", turn=turn, lead=0)
    score.to(start, 1)


def basic(score: Score, rng: Rng) -> None:
    """Break forward, break back, or to the sides: salsa, mambo, rumba."""
    far = rng.uniform(0.12, 0.34)
    close = foot(0.09, 0.0)
    if rng.random() < 0.7:
        first, second = foot(0.08, far), foot(0.08, -far, heel=0.5)
        shift = (0.0, 0.0, 0.4 * far)
    else:
        first = second = foot(0.1 + far, pick(rng, 0.0, -0.15), heel=pick(rng, 0.0, 0.4))
        shift = (0.4 * far, 0.0, 0.0)
    away, still_here = np.array(shift), np.zeros(3)
    legs = feet(
        8,
        [(0, first), (1, first), (2, close)],
        [(4, second), (5, second), (6, close)],
        0.7,
    ) + groove(hips=keyed(8, [(0, away), (2, still_here), (4, -away), (6, still_here)], 0.8))
    dance = legs + _latin_arms(rng) + _latin_hips(2.0, rng)
    perform(score, dance, 8.0)
    if rng.random() < 0.35:
        _turn_alone(score, rng, dance(np.zeros(1))[0])


def chasse(score: Score, rng: Rng) -> None:
    """Rock back, then three quick steps to the side, and back: cha-cha, triple step, jive."""
    far, quick = rng.uniform(0.1, 0.25), pick(rng, 0.5, 1.0)
    period = 4.0 * quick * 2
    out, near_ = foot(0.1 + far, 0.0), foot(0.1 - far, 0.0)
    rock = foot(0.08 - far, pick(rng, 0.25, -0.25), heel=0.4)
    q = quick
    wide, back = foot(0.2 + far, 0.0), foot(0.04 - far, 0.0)
    row = ((0, rock), (1, rock), (2, out), (3, wide), (4, near_), (6, back), (7, near_))
    legs = steps(period, [(count * q, place) for count, place in row], 0.8)
    legs += groove(hips=swung((0.9 * far, 0.0, 0.0), period, 2.5 * q))
    if rng.random() < 0.5:
        legs += groove(hips=pulsed((0.0, -0.04, 0.0), q, 0.0))
    perform(
        score, legs + _latin_arms(rng) + _latin_hips(2 * q, rng), period * float(rng.choice((1, 2)))
    )


def rumba_walk(score: Score, rng: Rng) -> None:
    """Walk slowly with straightening legs, the arms opening one after the other."""
    for _ in range(int(rng.integers(2, 5))):
        for side in (1, -1):
            body = posed(
                STANDING,
                hips=(0.05 * side, -0.02, 0.0),
                pelvis=(0.15 * side, 0.0, -0.15 * side),
                spine=(-0.25 * side, -0.06, 0.14 * side),
                left_arm=near(rng, 0.45, rng.uniform(-0.2, 0.3), rng.uniform(0.0, 0.3)),
                right_arm=other(near(rng, 0.45, rng.uniform(-0.3, 0.2), rng.uniform(0.0, 0.3))),
                left_foot=foot(0.06, 0.16 * side, heel=0.0 if side > 0 else 0.6),
                right_foot=(-0.06, 0.0, 0.1 - 0.16 * side, -0.2, 0.6 if side > 0 else 0.0, -0.1),
            )
            score.to(body, pick(rng, 1, 2), "sustained", travel=(0.0, 0.3), lead=side)


def kicks(score: Score, rng: Rng) -> None:
    """Kick and step with swinging arms: charleston, lindy hop, jive, polka."""
    far, high = rng.uniform(0.2, 0.5), rng.uniform(0.08, 0.4)
    period = pick(rng, 2, 4)
    keys = [
        (0, foot(0.1, pick(rng, 0.0, -0.3))),
        (period / 4, foot(0.1, far, high, heel=0.6, yaw=0.1)),
        (period / 2, foot(0.1, 0.0)),
        (0.75 * period, foot(0.1, -0.2, 0.2, heel=1.2)),
    ]
    swing = [(0, near(rng, 0.12, -0.3, 0.3)), (period / 2, near(rng, 0.2, -0.38, -0.2))]
    hands = alternating(period, swing, 1.0) if rng.random() < 0.6 else _latin_arms(rng)
    hop = rng.uniform(0.02, 0.06)
    dance = steps(period, keys, 1.0) + hands
    dance += groove(
        hips=pulsed((0.0, -hop, 0.0), 1.0, 0.0),
        spine=still((0.0, rng.uniform(0.0, 0.3), 0.0)),
        pelvis=swung((0.1, 0.0, 0.05), period),
    )
    perform(score, dance, 8.0)


def grapevine(score: Score, rng: Rng) -> None:
    """Side, behind, side, touch; hands in the belt, on the hips, or clapping: line dances."""
    far = rng.uniform(0.15, 0.35)
    belt = near(rng, 0.06, -0.36, 0.10, (1.0, -0.2, -0.4))
    body = posed(STANDING, left_arm=belt, right_arm=other(belt), hips=(0.0, -0.04, 0.0))
    wide = _stride(body, (0.2, 0.0), (-0.2, 0.0), -0.02)
    behind = _stride(body, (0.08, 0.1), (0.02, -0.14), -0.03)
    touch = posed(
        _stride(body, (0.1, 0.0), (0.0, 0.05), 0.0),
        right_foot=(-0.1, *rng.uniform((0.0, 0.1), (0.2, 0.4)), -0.2, pick(rng, -0.4, 0.6), -0.2),
    )
    if rng.random() < 0.4:
        clap = near(rng, -0.15, -0.1, 0.3)
        touch = posed(touch, left_arm=clap, right_arm=other(clap))
    pace = pick(rng, 0.5, 1, 1)
    score.to(wide, pace, travel=(far, 0.0), lead=1)
    score.to(behind, pace, travel=(far, 0.0), lead=-1)
    score.to(wide, pace, travel=(far, 0.0), lead=1)
    score.to(touch, pace, turn=pick(rng, 0, 0, pi / 2), lead=-1)


def heel_digs(score: Score, rng: Rng) -> None:
    """Heels, toes, stomps and scuffs, thumbs in the belt."""
    at = near(rng, 0.06, -0.36, 0.10, (1.0, -0.2, -0.4))
    places = (
        foot(0.12, 0.3, heel=-0.5), foot(0.12, 0.0), foot(0.3, 0.05, heel=0.4),
        foot(0.12, -0.25, heel=0.7), foot(0.12, 0.3, 0.2, heel=0.2),
    )  # fmt: skip
    row = [(i * 1.0, places[int(rng.integers(5)) if i % 2 == 0 else 1]) for i in range(4)]
    dance = steps(8, row, 0.7) + arms(4, [(0, at)])
    dance += groove(
        hips=pulsed((0.0, -0.03, 0.0), 1.0, 0.0), spine=still((0.0, rng.uniform(0, 0.15), 0.0))
    )
    perform(score, dance, 8.0)


KINDS: Final[dict[str, Kind]] = {
    "ballroom_waltz": Kind("other", (waltz,), (84.0, 180.0)),
    "ballroom_walks": Kind(
        "other",
        (
            slow_and_quick,
            slow_and_quick,
            waltz,
        ),
        (110.0, 200.0),
    ),
    "ballroom_latin": Kind(
        "other",
        (
            basic,
            chasse,
            rumba_walk,
        ),
        (90.0, 125.0),
    ),
    "salsa": Kind(
        "other",
        (
            basic,
            basic,
            chasse,
        ),
        (150.0, 210.0),
    ),
    "swing": Kind(
        "other",
        (
            kicks,
            chasse,
            kicks,
        ),
        (130.0, 180.0),
    ),
    "line_dance": Kind(
        "other",
        (
            grapevine,
            grapevine,
            heel_digs,
        ),
        (100.0, 140.0),
    ),
}
