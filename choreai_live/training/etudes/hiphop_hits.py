"""Popping and locking: dances of hits and stops.

Vocabulary after Pabon, "Physical Graffiti: The History of Hip-Hop Dance" (in
Chang, "Total Chaos", 2006) and the locking terms of Don Campbell and The Lockers.
"""

from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.grooves import (
    alternating,
    any_of,
    arms,
    foot,
    groove,
    keyed,
    near,
    perform,
    pick,
    steps,
    still,
    swung,
)
from choreai_live.training.etudes.hiphop_arms import (
    alive,
    arm_wave,
    down_bounce,
    isolations,
    street_arm,
    street_pose,
)
from choreai_live.training.etudes.hiphop_steps import (
    kick_step,
    knee_up,
    lunge,
    stand,
    tap_aside,
    two_step,
)
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Layer, Rng, Score
from choreai_live.training.etudes.postures import LEFT_ARM, RIGHT_ARM, SIZE, SPINE, other, posed

_AXES: Final = np.array(
    ((1.0, 0, 0), (0, 1.0, 0), (0, -1.0, 0), (0, 0, 1.0), (-0.9, 0, 0.4), (0.7, 0, 0.7))
)


def pops(rng: Rng) -> Layer:
    """Return a layer that contracts all muscles at once on every beat, and lets go."""
    period, speed = pick(rng, 0.5, 1, 1, 2), rng.uniform(4.0, 9.0)
    phase = rng.normal(0.0, 0.03)
    size = rng.normal(0.0, 1.0, SIZE) * 0.04
    size[0:3] = (0.0, rng.uniform(-0.03, 0.03), 0.02)
    size[3:6] *= 1.0
    size[6:9] = rng.normal((0.0, -0.12, 0.0), (0.06, 0.08, 0.03))
    size[9:12] = rng.normal(0.0, 0.08, 3)
    size[12:24] = rng.normal(0.0, 0.12, 12)
    size[24:] = 0.0

    def layer(beats: Array) -> Array:
        since = (beats - phase) % period
        # Rises within a few hundredths of a second, rings down.
        value = (1.0 - np.exp(-40.0 * since)) * np.exp(-speed * since) * np.cos(6.0 * since)
        result: Array = value[:, None] * size
        return result

    return layer


def right_angles(rng: Rng) -> tuple[float, ...]:
    """Draw a left arm of right angles: upper arm and forearm along the body's axes."""
    upper = _AXES[int(rng.integers(len(_AXES)))]
    while True:
        fore = _AXES[int(rng.integers(len(_AXES)))]
        if abs(float(upper @ fore)) < 0.75:
            return (*upper, *fore)


def tutting(score: Score, rng: Rng) -> None:
    """Build right angles with the arms, one after the other, legs nearly still."""
    base = stand(rng)(np.zeros(1))[0]
    base[1] -= rng.uniform(0.0, 0.15)
    count, pace = int(rng.integers(6, 14)), pick(rng, 0.5, 0.5, 1)
    tense = rng.uniform(0.3, 0.7)
    for _ in range(count):
        left, right = right_angles(rng), other(right_angles(rng))
        if rng.random() < 0.3:
            right = other(left)
        base = posed(base, left_arm=left, right_arm=right, head=(rng.normal(0, 0.35), 0.0, 0.0))
        base = posed(base, spine=tuple(rng.normal(0.0, (0.15, 0.05, 0.05))))
        score.to(base, pace, "float", share=tense)


def popping(score: Score, rng: Rng) -> None:
    """Walk, step or stand through poses, and pop in every one of them."""
    length = float(rng.choice((4, 8)))
    score.layer(pops(rng), length + 1.0)
    if rng.random() < 0.5:
        legs = any_of((stand, stand, two_step, tap_aside, lunge, knee_up), rng)
        swing = alternating(
            pick(rng, 2, 4), [(0, street_arm(rng)), (1, street_arm(rng))], rng.uniform(0.3, 0.6)
        )
        perform(score, legs + swing + down_bounce(rng, 0.0, 0.03) + isolations(rng, 0.5), length)
        return
    pace = pick(rng, 1, 1, 2)
    for _ in range(round((length + 1) / pace)):
        pose = street_pose(rng, rng.uniform(0.0, 0.12))
        score.to(pose, pace, "float", share=rng.uniform(0.3, 0.8))


def fresno(score: Score, rng: Rng) -> None:
    """Step to the side, one arm up at a right angle, pop; to the other side."""
    up, low = rng.uniform(0.0, 0.3), rng.uniform(0.05, 0.15)
    out = rng.uniform(0.2, 0.34)
    body = posed(
        left_arm=near(rng, 0.25, up, 0.2),
        right_arm=other(near(rng, 0.15, -0.42, 0.1)),
        hips=(rng.uniform(0.03, 0.12), -low, 0.0),
        spine=(rng.normal(0, 0.3), 0.05, rng.normal(0, 0.15)),
        head=(rng.uniform(0, 0.6), 0.0, 0.0),
        left_foot=foot(out, 0.0, yaw=0.5),
        right_foot=(-out, 0.0, 0.1, -0.3, pick(rng, 0.0, 0.5), -0.3),
    )
    score.layer(pops(rng), 2.0)
    score.to(body, 1.0, "float", share=rng.uniform(0.4, 0.8), lead=int(rng.choice((1, 0))))
    score.hold(float(rng.choice((0, 1))))


def ticking(score: Score, rng: Rng) -> None:
    """Go from one pose to another in jerks: ticking, dime stops, strobing, robot."""
    pose, jerks = street_pose(rng), int(rng.integers(3, 9))
    pose[24:36] = score.body[24:36] if rng.random() < 0.6 else pose[24:36]
    first, pace = score.body, pick(rng, 0.25, 0.5, 0.5)
    sharp = rng.uniform(0.2, 0.6)
    easing = str(rng.choice(("float", "even", "hit")))
    for i in range(1, jerks + 1):
        score.to(first + (pose - first) * i / jerks, pace, easing, share=sharp)
    score.hold(float(rng.choice((0, 0.5, 1))))


def robot(score: Score, rng: Rng) -> None:
    """Turn the trunk, an arm or the head alone, evenly, and stop dead."""
    body = score.body
    if abs(body[1]) > 0.2:
        body = posed(hips=(0.0, -0.05, 0.0))
    for _ in range(int(rng.integers(4, 9))):
        choice = rng.integers(4)
        if choice == 0:
            body = posed(body, spine=(rng.normal(0, 0.5), rng.choice((0.0, 0.3, 0.7)), 0.0))
        elif choice == 1:
            body = posed(body, head=(rng.normal(0, 0.6), rng.normal(0, 0.2), 0.0))
        elif choice == 2:
            body = posed(body, left_arm=right_angles(rng))
        else:
            body = posed(body, right_arm=other(right_angles(rng)))
        score.to(body, pick(rng, 0.5, 1), "even", share=rng.uniform(0.4, 0.9))


def glide(score: Score, rng: Rng) -> None:
    """Slide one flat foot along while the other stands on its toes: glides, moonwalk."""
    period, far = pick(rng, 2, 2, 4), rng.uniform(0.1, 0.25)
    way = rng.uniform(-0.5, 0.5) if rng.random() < 0.5 else rng.uniform(1.2, 2.0)
    x, z = far * np.sin(way), far * np.cos(way)
    keys = [
        (0, foot(0.1 + x, z, heel=0.0)),
        (period * 0.49, foot(0.1 - x, -z, heel=0.0)),
        (period * 0.55, foot(0.1 - x, -z, heel=0.7)),
        (period * 0.95, foot(0.1 + x, z, heel=0.7)),
    ]
    dance = steps(period, keys, 1.0, arc=0.0) + down_bounce(rng, 0.0, 0.02)
    dance += any_of((arm_wave, lambda r: arms(4, [(0, street_arm(r))])), rng)
    score.layer(pops(rng), 8.0)
    perform(score, dance, 8.0)


def waving(score: Score, rng: Rng) -> None:
    """Wave through arms and body; boogaloo rolls of hips and chest."""
    period = pick(rng, 2, 4)
    size, lag = rng.uniform(0.3, 1.0), 0.15 * period * pick(rng, -1, 1)
    roll = groove(
        head=swung((0.2 * size, 0.15 * size, 0.0), period, -lag),
        spine=swung((0.3 * size, -0.25 * size, 0.1 * size), period, 0.0),
        pelvis=swung((0.0, 0.25 * size, 0.15 * size), period, lag),
        hips=swung((0.05 * size, -0.06 * size, -0.05 * size), period, 2 * lag),
    ) + groove(hips=swung((0.04 * size, 0.0, 0.0), period, period / 4))
    low = groove(hips=still((0.0, -rng.uniform(0.05, 0.2), 0.0)))
    perform(score, stand(rng) + arm_wave(rng) + roll + low, 8.0)


_LOW_STANCE: Final = posed(
    left_foot=foot(0.26, 0.0, yaw=0.5), right_foot=(-0.26, 0.0, 0.1, -0.5, 0.0, -0.5)
)


def _lock_moves(rng: Rng) -> list[Array]:
    def body(deep: float, bend: float, left: tuple[float, ...], right: tuple[float, ...]) -> Array:
        side = rng.normal(0.0, 0.05)
        return posed(
            _LOW_STANCE,
            hips=(side, -0.8 * deep - rng.uniform(-0.04, 0.06), -0.3 * deep),
            spine=(rng.normal(0, 0.12), bend, rng.normal(0, 0.1)),
            head=(rng.normal(0, 0.25), -0.5 * bend, 0.0),
            left_arm=left,
            right_arm=other(right),
        )

    lock = near(rng, 0.22, -0.22, 0.22, (1.0, 0.4, 0.2))
    muscle = near(rng, 0.30, 0.24, 0.08, (1.0, -0.3, 0.0))
    point, twirl = near(rng, 0.3, 0.3, 0.28), near(rng, 0.2, 0.05, 0.22, (1.0, 0.1, 0.0))
    aside, across = near(rng, 0.5, 0.02, 0.1), near(rng, -0.3, 0.0, 0.32)
    clap, low_point = near(rng, -0.16, -0.3, 0.3), near(rng, 0.25, -0.3, 0.3)
    hang, hip = near(rng, 0.12, -0.48, 0.05), near(rng, 0.14, -0.34, 0.06, (1.0, -0.2, -0.5))
    return [
        body(0.2, 0.3, lock, lock),
        body(0.08, -0.1, muscle, muscle),
        body(0.1, 0.0, point, hip),
        body(0.1, 0.05, aside, hang),
        body(0.12, 0.1, across, hip),
        body(0.22, 0.4, clap, clap),
        body(0.12, 0.1, low_point, twirl),
        body(0.06, 0.0, twirl, twirl),
        body(0.1, 0.0, aside, aside),
        body(0.26, 0.5, clap, hang),
    ]


def locking(score: Score, rng: Rng) -> None:
    """Twirl, point, lock: quick to get there, held a moment, up again."""
    moves, pace = _lock_moves(rng), pick(rng, 0.5, 1, 1)
    if rng.random() < 0.7:
        score.layer(alive(rng), 6.0)
    tense = rng.uniform(0.35, 0.7)
    for _ in range(int(rng.integers(3, 7))):
        body = moves[int(rng.integers(1, len(moves)))]
        if rng.random() < 0.3:
            body = body.copy()
            knee = foot(0.2, 0.25, rng.uniform(0.2, 0.45), heel=0.5)
            body[24:30] = knee
        score.to(body, pace, "hit", share=tense)
        if rng.random() < 0.6:
            score.to(moves[0], pace, "hit", share=tense)
            score.hold(float(rng.choice((0.0, 0.0, 1.0))))


def lock_groove(score: Score, rng: Rng) -> None:
    """Kick, walk and bounce with pointing, pacing and clapping arms: scooby doo, leo walk."""
    legs = any_of((kick_step, kick_step, knee_up, stand, tap_aside, lunge), rng)
    moves = _lock_moves(rng)
    period = pick(rng, 2, 4)
    beats = [0, period / 2] if rng.random() < 0.5 else [0, period / 4, period / 2, 3 * period / 4]
    chosen = [moves[int(rng.integers(len(moves)))] for _ in beats]

    def row(part: slice) -> list[tuple[float, Array]]:
        return [(beat, body[part]) for beat, body in zip(beats, chosen, strict=True)]

    hands = groove(
        left_arm=keyed(period, row(LEFT_ARM), 0.5, arm=True),
        right_arm=keyed(period, row(RIGHT_ARM), 0.5, arm=True),
        spine=keyed(period, row(SPINE), 0.6),
    )
    perform(score, legs + hands + down_bounce(rng, 0.02, 0.08), float(rng.choice((4, 8))))


_POPPING: Final = (popping, popping, fresno, tutting, ticking, robot, glide, waving)

KINDS: Final[dict[str, Kind]] = {
    "popping": Kind("hiphop", _POPPING, (85.0, 120.0)),
    "locking": Kind("hiphop", (locking, locking, lock_groove, lock_groove), (95.0, 125.0)),
}
