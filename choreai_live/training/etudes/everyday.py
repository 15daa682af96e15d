"""People who move and do not dance: walking, working, sport, talking, sitting, stretching.

Gait after Perry & Burnfield, "Gait Analysis" (2nd ed., 2010): cadence, arm
swing, the knee's bend in swing. The rest is what one sees in front of a camera.
"""

from math import pi
from typing import Final

import numpy as np

from choreai_live.training.etudes.everyday_slow import (
    again,
    at_ease,
    go,
    held,
    stretch,
    tai_chi,
    yoga,
)
from choreai_live.training.etudes.everyday_sport import (
    box,
    climb,
    dribble,
    exercise,
    floor_exercise,
    jump_about,
    kick,
    serve,
    shoot,
    throw,
)
from choreai_live.training.etudes.grooves import (
    Groove,
    alternating,
    arms,
    foot,
    groove,
    near,
    pick,
    pulsed,
    steps,
    still,
    swung,
)
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import (
    LEFT_ARM,
    RIGHT_ARM,
    other,
    posed,
)

# ---------------------------------------------------------------- on the way


def walk(score: Score, rng: Rng) -> None:
    """Walk, faster or slower, straight on or round a corner; hands free or full."""
    half, beats = rng.uniform(0.14, 0.34), score.beats(rng.uniform(0.85, 1.3))
    keys = [
        (0, foot(0.08, half, heel=-0.2)),
        (beats / 2, foot(0.08, -0.7 * half, heel=0.5)),
        (0.72 * beats, foot(0.09, -0.1 * half, 0.08, heel=0.6)),
    ]
    far = rng.uniform(0.0, 0.3)
    back, front = near(rng, 0.08, -0.48, -0.1 - 0.5 * far), near(rng, 0.06, -0.46, 0.08 + far)
    hands = alternating(beats, [(0, back), (beats / 2, front)], 1.0)
    if rng.random() < 0.3:
        # Carrying, phoning, hands in the pockets or behind the back.
        hands = arms(beats, [(0, held(rng))], [(0, held(rng))])
    dance = steps(beats, keys, 1.0) + hands + groove(
        hips=pulsed((0.0, -0.03, 0.0), beats / 2, 0.0),
        pelvis=swung((0.12, 0.0, 0.04), beats, beats / 2),
        spine=swung((-0.2 * far - 0.08, 0.0, 0.0), beats, beats / 2),
    )  # fmt: skip
    dance += groove(spine=still((0.0, rng.uniform(-0.02, 0.2), 0.0)), hips=still((0.0, -0.02, 0.0)))
    _on_the_way(score, rng, dance, score.beats(rng.uniform(2.0, 5.0)), 1.2)


def run(score: Score, rng: Rng) -> None:
    """Run or jog, on the way or on the spot."""
    half, beats = rng.uniform(0.02, 0.4), score.beats(rng.uniform(0.6, 0.8))
    knee, heel = rng.uniform(0.1, 0.4), rng.uniform(0.1, 0.45)
    keys = [
        (0, foot(0.08, 0.5 * half)),
        (0.35 * beats, foot(0.08, -half, heel=0.7)),
        (0.55 * beats, foot(0.08, -0.8 * half - 0.1, heel, heel=1.4)),
        (0.82 * beats, foot(0.09, 0.4 * half + 0.1, knee, heel=0.4)),
    ]
    swing = [(0, near(rng, 0.12, -0.25, -0.12)), (beats / 2, near(rng, 0.04, -0.12, 0.24))]
    dance = steps(beats, keys, 1.0) + alternating(beats, swing, 1.0) + groove(
        hips=pulsed((0.0, 0.05, 0.0), beats / 2, beats / 4),
        pelvis=swung((0.15, 0.0, 0.03), beats, beats / 2),
        spine=swung((-0.25, 0.0, 0.0), beats, beats / 2),
    ) + groove(
        spine=still((0.0, rng.uniform(0.0, 0.25), 0.0)), hips=still((0.0, -0.06, 0.0))
    )  # fmt: skip
    _on_the_way(score, rng, dance, score.beats(rng.uniform(2.0, 4.0)), 2.5 if half > 0.15 else 0.0)


def _on_the_way(score: Score, rng: Rng, dance: Groove, beats: float, speed: float) -> None:
    start = dance(np.zeros(1))[0]
    score.to(start, score.beats(0.5))
    score.layer(lambda since: dance(since) - start, beats, fade=0.3)
    turn = float(rng.choice((0, 0, 0, 0.5, -0.5, 1.0))) * pi
    way = speed * beats / score.beats(1.0)
    # Turns little by little: the feet go along.
    for _ in range(6):
        score.to(start, beats / 6, "even", turn=turn / 6, travel=(0.0, way / 6), lead=0)


def turn_round(score: Score, rng: Rng) -> None:
    """Stop, look, turn round in a few steps."""
    body = at_ease(rng)
    go(score, body, rng.uniform(0.5, 1.0))
    turn = rng.normal(0.0, 1.2)
    for _ in range(3):
        go(score, again(body, rng), rng.uniform(0.3, 0.7), turn=turn / 3)


# ---------------------------------------------------------------- with the hands


def talk(score: Score, rng: Rng) -> None:
    """Talk with the hands: now one, now the other, small or large; look about."""
    body = at_ease(rng)
    size = rng.uniform(0.05, 0.2)
    home = rng.uniform((-0.1, -0.35, 0.15), (0.2, -0.12, 0.3))
    for _ in range(int(rng.integers(3, 9))):
        body = again(body, rng)
        for part in (LEFT_ARM, RIGHT_ARM):
            if rng.random() < 0.5:
                x, y, z = home + rng.normal(0.0, size, 3)
                at = near(rng, x, y, z)
                body[part] = at if part == LEFT_ARM else other(at)
        go(score, body, rng.uniform(0.25, 0.9), str(rng.choice(("swing", "sustained", "float"))))
        score.hold(score.beats(pick(rng, 0, 0.1, 0.5, 1.5)))


def hold_still(score: Score, rng: Rng) -> None:
    """Stand with a phone, a cup, arms folded; look elsewhere; shift the weight."""
    body = posed(at_ease(rng), left_arm=held(rng), right_arm=other(held(rng)))
    for _ in range(int(rng.integers(2, 5))):
        go(score, again(body, rng), rng.uniform(0.5, 1.5))
        score.hold(score.beats(rng.uniform(0.2, 3.0)))


def wave_hand(score: Score, rng: Rng) -> None:
    """Wave, beckon, clap, point, conduct."""
    body, seconds = at_ease(rng), rng.uniform(0.15, 0.5)
    first = near(rng, *rng.uniform((-0.1, -0.2, 0.1), (0.3, 0.4, 0.35)))
    second = near(rng, *(np.array((0.1, 0.1, 0.2)) + rng.normal(0.0, 0.15, 3)))
    both = rng.random() < 0.4
    for i in range(2 * int(rng.integers(2, 6))):
        at = first if i % 2 == 0 else second
        body = posed(body, left_arm=at, right_arm=other(at) if both else None)
        go(score, body, seconds, "swing")


def work(score: Score, rng: Rng) -> None:
    """Wipe, stir, chop, sweep, paint, iron, type: hands go to and fro at a table, wall or broom."""
    low = rng.uniform(0.0, 0.5)
    body = posed(
        at_ease(rng),
        pelvis=(rng.normal(0, 0.2), 0.4 * low, 0.0),
        spine=(0.0, low, 0.0),
        head=(rng.normal(0, 0.2), 0.2, 0.0),
    )
    centre = rng.uniform((-0.15, -0.35, 0.2), (0.2, 0.3, 0.4))
    way = rng.normal(0.0, 0.12, 3)
    seconds = rng.uniform(0.2, 0.9)
    together = rng.random() < 0.5
    body = posed(body, right_arm=other(held(rng)))
    for i in range(2 * int(rng.integers(2, 7))):
        x, y, z = centre + (way if i % 2 == 0 else -way) + rng.normal(0.0, 0.03, 3)
        at = near(rng, x, y, z)
        body = posed(body, left_arm=at, right_arm=other(at) if together else None)
        body[6] = (0.1 if i % 2 == 0 else -0.1) * together
        go(score, body, seconds * rng.uniform(0.8, 1.2), "swing")


def lift_box(score: Score, rng: Rng) -> None:
    """Bend or squat, pick something up, carry or put it elsewhere; tie a shoe."""
    body = at_ease(rng)
    squat = rng.uniform(0.0, 0.5)
    bend = rng.uniform(0.4, 1.1)
    down = near(rng, 0.0, -0.35, 0.35)
    low = posed(
        body,
        hips=(0.0, -squat, -0.25 * squat - 0.15 * bend),
        pelvis=(0.0, 0.5 * bend, 0.0),
        spine=(rng.normal(0, 0.2), 0.6 * bend, 0.0),
        left_arm=down,
        right_arm=other(down),
    )
    carried = near(rng, -0.02, rng.uniform(-0.3, 0.1), 0.3)
    go(score, body, 0.6)
    go(score, low, rng.uniform(0.6, 1.2))
    score.hold(score.beats(rng.uniform(0.1, 1.5)))
    up = posed(body, left_arm=carried, right_arm=other(carried), spine=(0.0, -0.1, 0.0))
    go(score, up, rng.uniform(0.6, 1.2), turn=rng.normal(0.0, 0.6))
    score.hold(score.beats(rng.uniform(0.0, 1.0)))


def sit(score: Score, rng: Rng) -> None:
    """Sit down, stay a while with something in hand, stand up."""
    stand, seat = at_ease(rng), rng.uniform(0.36, 0.5)
    seated = posed(
        stand,
        hips=(0.0, -seat, -0.35),
        pelvis=(0.0, -rng.uniform(0.0, 0.3), 0.0),
        spine=(0.0, rng.uniform(0.0, 0.4), 0.0),
        left_arm=held(rng),
        right_arm=other(held(rng)),
        left_foot=foot(rng.uniform(0.08, 0.25), rng.uniform(-0.1, 0.15)),
        right_foot=(-rng.uniform(0.08, 0.25), 0.0, rng.uniform(0.0, 0.25), -0.2, 0.0, -0.2),
    )
    leaning = posed(seated, hips=(0.0, -0.6 * seat, -0.22), spine=(0.0, 0.6, 0.0))
    go(score, stand, 0.6)
    go(score, leaning, rng.uniform(0.5, 0.9))
    go(score, seated, rng.uniform(0.4, 0.8))
    for _ in range(int(rng.integers(1, 6))):
        seated = again(seated, rng)
        if rng.random() < 0.6:
            seated[LEFT_ARM] = held(rng)
        go(score, seated, rng.uniform(0.4, 1.2))
        score.hold(score.beats(rng.uniform(0.0, 2.0)))
    go(score, leaning, rng.uniform(0.4, 0.8))
    go(score, stand, rng.uniform(0.5, 0.9))


_ANY_TEMPO: Final = (90.0, 120.0)

KINDS: Final[dict[str, Kind]] = {
    "walking": Kind("none", (walk, walk, turn_round, hold_still), _ANY_TEMPO),
    "running": Kind("none", (run, run, walk), _ANY_TEMPO),
    "talking": Kind("none", (talk, talk, hold_still, wave_hand, turn_round), _ANY_TEMPO),
    "working": Kind("none", (work, work, lift_box, walk, hold_still), _ANY_TEMPO),
    "sitting": Kind("none", (sit, sit, talk), _ANY_TEMPO),
    "exercising": Kind("none", (exercise, exercise, floor_exercise, stretch, run), _ANY_TEMPO),
    "stretching": Kind("none", (stretch, stretch, hold_still, walk), _ANY_TEMPO),
    "slow_poses": Kind("none", (yoga, yoga, tai_chi), _ANY_TEMPO),
    "ball_games": Kind("none", (dribble, shoot, throw, serve, kick, jump_about, run), _ANY_TEMPO),
    "fighting": Kind("none", (box, box, kick), _ANY_TEMPO),
    "climbing": Kind("none", (climb, climb, walk), _ANY_TEMPO),
}
