"""Breaking: toprock on the feet, footwork on hands and feet, power moves and freezes.

Names and counts after Schloss, "Foundation: B-Boys, B-Girls and Hip-Hop Culture
in New York" (2009), and the common terms of the Rock Steady Crew.
"""

from math import pi
from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.grooves import (
    Groove,
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
    down_bounce,
    isolations,
    loose_swing,
    street_pose,
)
from choreai_live.training.etudes.hiphop_steps import criss_cross, kick_step, knee_up, two_step
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import STANDING, arm, gesture, other, posed

# ---------------------------------------------------------------- toprock


def _open_arms(period: float, rng: Rng) -> Groove:
    """Open the arms as one foot comes to the front, fold them as it goes back."""
    wide, folded = near(rng, 0.42, rng.uniform(-0.3, 0.1), 0.1), near(rng, -0.08, -0.2, 0.25)
    away = near(rng, 0.25, -0.35, -0.15)
    if rng.random() < 0.5:
        return arms(period / 2, [(0, wide), (period / 4, folded)], share=rng.uniform(0.6, 1.0))
    half = period / 2
    return arms(
        period, [(0, wide), (half, folded)], [(0, folded), (half, away)], rng.uniform(0.6, 1)
    )


def indian_step(score: Score, rng: Rng) -> None:
    """Cross one foot over to the front, step back, close; then the other: the basic toprock."""
    unit, far = pick(rng, 0.5, 0.5, 1), rng.uniform(0.12, 0.38)
    cross, wide = rng.uniform(-0.22, 0.12), rng.uniform(0.1, 0.22)
    kicked = rng.random() < 0.5
    keys = [
        (0, foot(cross, far, heel=rng.uniform(-0.3, 0.2), yaw=0.0)),
        (unit, foot(wide, -0.05)),
        (2 * unit, foot(wide + 0.04, -0.16, heel=0.5)),
        (3.5 * unit, foot(wide, 0.1, 0.25 if kicked else 0.06, heel=0.6)),
    ]
    period = 4 * unit
    twist, hop = rng.uniform(0.1, 0.5), rng.uniform(0.02, 0.08)
    dance = steps(period, keys, 0.9) + groove(
        hips=pulsed((0.0, -hop, 0.0), period / 2, rng.uniform(0, 0.3)),
        pelvis=swung((twist, 0.0, 0.06), period, 0.0, 0.7),
        spine=swung((0.5 * twist, 0.0, 0.0), period, rng.uniform(0, unit)),
    )
    dance += _open_arms(period, rng)
    low = rng.uniform(0.0, 0.10)
    dance += groove(hips=still((0.0, -low, 0.0)), spine=still((0.0, rng.uniform(0.05, 0.3), 0.0)))
    perform(score, dance, float(rng.choice((4, 8))))


def rock(score: Score, rng: Rng) -> None:
    """Other toprocks: kicks, knees, cross steps and jumps, arms open and closed."""
    legs = any_of((kick_step, knee_up, criss_cross, two_step, kick_step), rng)
    hands = _open_arms(4.0, rng) if rng.random() < 0.6 else loose_swing(rng)
    dance = legs + hands + down_bounce(rng, 0.03, 0.09) + isolations(rng, 0.6)
    perform(score, dance, float(rng.choice((4, 8))))


def burn(score: Score, rng: Rng) -> None:
    """Uprock: jerk down with both hands, throw a gesture, stand up again."""
    deep = street_pose(rng, rng.uniform(0.25, 0.45))
    score.to(street_pose(rng, 0.08), 1.0, "float", share=0.7)
    score.to(deep, 1.0, "hit", share=0.7)
    score.hold(pick(rng, 0, 0, 1))
    if rng.random() < 0.3:
        score.jump(street_pose(rng, 0.03), street_pose(rng), 1.0, rng.uniform(0.05, 0.2))


# ---------------------------------------------------------------- on the floor


def _propped(
    rng: Rng,
    pitch: float,
    roll: float,
    left: tuple[float, float, float],
    right: tuple[float, float, float],
    left_arm: tuple[float, ...],
    right_arm: tuple[float, ...],
    bend: float = 0.0,
) -> Array:
    """Return a posture on the floor.

    ``pitch`` and ``roll`` tip the trunk, degrees; each leg is given by where it
    points from the hip (outward, upward) and its fold, arms in the chest's frame.
    """
    tip = np.radians(rng.normal((pitch, roll), 6.0))
    body = posed(
        STANDING,
        hips=(0.0, 0.0, 0.0),
        spine=(float(rng.normal(0, 0.12)), bend, float(rng.normal(0, 0.08))),
        head=(float(rng.normal(0, 0.15)), float(rng.normal(-0.2, 0.15)), 0.0),
        left_arm=left_arm,
        right_arm=other(right_arm),
        tumble=(float(tip[0]), float(tip[1])),
        ground=1.0,
    )
    for side, (outward, upward, fold) in ((1, left), (-1, right)):
        outward, upward = rng.normal((outward, upward), 6.0)
        body = gesture(body, side, outward, upward, min(max(fold + rng.normal(0, 0.03), 0), 0.68))
    return body


def _prop_arm(rng: Rng) -> tuple[float, ...]:
    """Return a left arm that stands on the floor in front of a chest that faces it."""
    return arm(*(float(x) for x in rng.normal((15.0, -5.0, 8.0, -5.0), (12.0, 10.0, 8.0, 8.0))))


def _back_arm(rng: Rng) -> tuple[float, ...]:
    """Return a left arm that props the dancer from behind."""
    return arm(*(float(x) for x in rng.normal((150.0, -40.0, 160.0, -55.0), (15, 10, 15, 8))))


def _free_arm(rng: Rng) -> tuple[float, ...]:
    return arm(*(float(x) for x in rng.uniform((20, -40, -60, -30), (110, 50, 60, 80))))


def _crouches(rng: Rng) -> list[Array]:
    """Return where footwork goes through: six postures round the hands."""
    prop = _prop_arm
    return [
        # Both hands in front, legs back: a press-up.
        _propped(rng, 62, 0, (160, -68, 0.05), (170, -72, 0.1), prop(rng), prop(rng)),
        # One leg threads through to the front.
        _propped(rng, 45, 0, (-40, -45, 0.35), (20, -65, 0.5), prop(rng), prop(rng), 0.3),
        # Sitting on one heel, one hand behind, a leg out to the front.
        _propped(rng, -25, 0, (20, -40, 0.05), (35, -30, 0.6), _free_arm(rng), _back_arm(rng), 0.3),
        # A crab: both hands behind, both feet in front.
        _propped(rng, -50, 0, (15, -40, 0.4), (15, -35, 0.35), _back_arm(rng), _back_arm(rng), 0.3),
        # A leg out to the side, weight over the other, hand in front.
        _propped(rng, 35, 8, (95, -55, 0.03), (35, -40, 0.62), prop(rng), prop(rng), 0.4),
        # A squat, one hand down between the feet.
        _propped(rng, 28, 0, (35, -35, 0.62), (35, -35, 0.62), prop(rng), _free_arm(rng), 0.5),
    ]


def six_step(score: Score, rng: Rng) -> None:
    """Run the legs round the hands: six-step, three-step, CCs, kick-outs, hooks."""
    places = _crouches(rng)
    count = int(rng.choice((2, 3, 4, 6, 6)))
    order = list(range(6)) if count == 6 else rng.integers(0, 6, count).tolist()
    pace = pick(rng, 0.5, 0.5, 0.75, 1)
    round_ = pick(rng, 0, 0, 1, 2) * pi / 3
    easing = str(rng.choice(("sustained", "float", "swing")))
    for _ in range(int(rng.integers(1, 3))):
        for place in order:
            score.to(places[place], pace, easing, turn=round_, lead=0)


def go_down(score: Score, rng: Rng) -> None:
    """Drop from standing to the hands and come up again later: knee drop, sweep."""
    places = _crouches(rng)
    score.to(posed(street_pose(rng, 0.4), ground=1.0), 1.0, "drop", lead=0)
    score.to(
        places[int(rng.integers(1, 6))], 1.0, lead=0, turn=float(rng.choice((0, 0, -pi / 2, pi)))
    )
    score.hold(pick(rng, 0, 0, 1))


def flare(score: Score, rng: Rng) -> None:
    """Circle the open legs round the hands: flares, swipes; windmills where the back rolls."""
    turns, parts = int(rng.integers(2, 5)), 8
    pace, spread = rng.uniform(1.4, 2.2), rng.uniform(25, 60)
    windmill, tilt = rng.random() < 0.5, rng.uniform(25.0, 65.0)
    left_arm, right_arm = _prop_arm(rng), _prop_arm(rng)
    # A windmill turns with the legs; of a flare only the legs go round.
    swirl = 2 * pi if windmill else rng.uniform(0.0, 1.0) * 2 * pi
    for i in range(turns * parts):
        angle = 2 * pi * i / parts
        c, s = np.cos(angle), np.sin(angle)
        # Chest down, over the shoulders with the legs up, onto the back, and again.
        pitch, roll = (180.0 + (20.0 + tilt) * c, 15.0 * s) if windmill else (tilt * c, tilt * s)
        legs = [(90.0 + way * spread * c, -15.0 + way * 30.0 * s, 0.05) for way in (1, -1)]
        body = _propped(rng, pitch, roll, legs[0], legs[1], left_arm, right_arm, 0.2)
        score.to(body, pace / parts if i else 1.0, "even", turn=swirl / parts, lead=0)


def headspin(score: Score, rng: Rng) -> None:
    """Spin upside down on head or hand, legs open, crossed or folded."""
    legs = _legs_up(rng)
    turns, pace = rng.integers(1, 5), rng.uniform(1.0, 2.5)
    score.to(_upside_down(rng, legs), 1.5, lead=0)
    for _ in range(int(turns)):
        for _ in range(4):
            score.to(_upside_down(rng, legs), pace / 4, "even", turn=pi / 2, lead=0)


def _legs_up(rng: Rng) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    left, right = (
        (
            float(rng.uniform(0, 180)),
            float(rng.uniform(-85, -10)),
            float(rng.choice((0.02, 0.3, 0.6))),
        )
        for _ in range(2)
    )
    return left, right


def _upside_down(
    rng: Rng, legs: tuple[tuple[float, float, float], tuple[float, float, float]]
) -> Array:
    """Return a freeze: head or hands below, legs anywhere."""
    below = arm(*(float(x) for x in rng.normal((40.0, 35.0, 10.0, 70.0), 12.0)))
    pitch = float(rng.choice((150.0, 165.0, 180.0, 130.0)))
    return _propped(
        rng, pitch, rng.normal(0, 20), legs[0], legs[1], below, below, rng.uniform(0, 0.5)
    )


def freeze(score: Score, rng: Rng) -> None:
    """Stop dead: baby freeze, chair, shoulder and hand freezes; change legs and hold again."""
    body = _upside_down(rng, _legs_up(rng))
    if rng.random() < 0.4:
        # Baby freeze and its like: nearly level, knees on elbows.
        tuck = [(float(rng.uniform(0, 70)), float(rng.uniform(-50, 10)), 0.55) for _ in range(2)]
        prop = arm(30, -20, 10, -75)
        body = _propped(
            rng, rng.uniform(85, 130), rng.normal(0, 20), tuck[0], tuck[1], prop, prop, 0.4
        )
    score.to(body, pick(rng, 1, 1.5, 2), "swing", lead=0)
    score.hold(pick(rng, 0.5, 1, 2))
    if rng.random() < 0.5:
        pitch, roll = body[38:40]
        body = _upside_down(rng, _legs_up(rng))
        body[38:40] = (pitch, roll)
        score.to(body, pick(rng, 0.5, 1), "hit", lead=0)
        score.hold(pick(rng, 1, 2))


def stall(score: Score, rng: Rng) -> None:
    """Footwork that ends in a freeze."""
    six_step(score, rng)
    freeze(score, rng)


_CROUCH: Final = posed(
    STANDING, hips=(0.0, -0.5, -0.1), spine=(0.0, 0.5, 0.0), tumble=(0.4, 0.0), ground=1.0
)

#: On the floor the body is held together.
_TIGHT: Final = (0.8, 1.2)

KINDS: Final[dict[str, Kind]] = {
    "breaking_toprock": Kind("hiphop", (indian_step, indian_step, rock, burn), (100.0, 130.0)),
    "breaking_footwork": Kind(
        "hiphop",
        (six_step, six_step, six_step, go_down, stall),
        (95.0, 125.0),
        _CROUCH,
        looseness=_TIGHT,
    ),
    "breaking_power": Kind(
        "hiphop",
        (flare, flare, headspin, six_step, go_down),
        (90.0, 120.0),
        _CROUCH,
        looseness=_TIGHT,
    ),
    "breaking_freezes": Kind(
        "hiphop",
        (freeze, stall, stall, six_step, go_down),
        (90.0, 120.0),
        _CROUCH,
        looseness=_TIGHT,
    ),
}
