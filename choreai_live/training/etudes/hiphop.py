"""Hip-hop and its relatives: the kinds of études, and what most of them share.

Common to all: the knees are bent and the beat is danced into the ground; the
chest, the shoulders and the arms move on their own; hits are sharp and held.
"""

from typing import Final

import numpy as np

from choreai_live.training.etudes import hiphop_floor, hiphop_hits, hiphop_whips
from choreai_live.training.etudes.grooves import any_of, groove, perform, pulsed, slack
from choreai_live.training.etudes.hiphop_arms import (
    ARMS,
    alive,
    down_bounce,
    freestyle,
    isolations,
    loose_swing,
    street_pose,
)
from choreai_live.training.etudes.hiphop_steps import LEGS
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import SIZE

#: Where in a bar of four beats hits come, as street dancers count them.
_RHYTHMS: Final = (
    (0.0, 1.0, 2.0, 3.0),
    (0.0, 1.0, 2.0, 2.5, 3.0),
    (0.0, 0.75, 1.5, 2.0, 3.0),
    (0.0, 1.5, 3.0),
    (0.0, 0.5, 1.0, 2.0, 3.5),
    (0.5, 1.5, 2.0, 2.5, 3.0),
    (0.0, 0.5, 1.0, 1.5, 2.0, 3.0),
    (0.0, 2.0, 2.25, 2.5, 3.0),
)


def party(score: Score, rng: Rng) -> None:
    """Any step with any arms, on a bounce: the party dances and everything between them."""
    dance = any_of(LEGS, rng) + any_of(ARMS, rng) + down_bounce(rng) + slack(rng)
    if rng.random() < 0.7:
        dance += isolations(rng, 0.6)
    perform(score, dance, float(rng.choice((4, 8, 8))))
    if rng.random() < 0.2:
        turn_jump(score, rng)


def body_roll(score: Score, rng: Rng) -> None:
    """Roll the body from the chest down, or from the knees up, over any arms."""
    period, way = float(rng.choice((2.0, 2.0, 4.0))), float(rng.choice((-1.0, 1.0)))
    size, lag = rng.uniform(0.5, 1.2), way * period * rng.uniform(0.10, 0.2)
    roll = groove(
        head=pulsed((0.0, 0.3 * size, 0.0), period, -lag),
        spine=pulsed((0.0, -0.5 * size, 0.0), period, 0.0),
        pelvis=pulsed((0.0, 0.45 * size, 0.0), period, lag),
        hips=pulsed((0.0, -0.13 * size, -0.1 * size), period, 2.0 * lag),
    )
    legs = LEGS[0](rng)
    dance = legs + any_of(ARMS, rng) + down_bounce(rng, 0.0, 0.03) + roll
    perform(score, dance, float(rng.choice((4, 8))))


def turn_jump(score: Score, rng: Rng) -> None:
    """Turn or jump into a pose."""
    pose = street_pose(rng)
    if rng.random() < 0.5:
        score.jump(street_pose(rng, 0.03), pose, 1.0, rng.uniform(0.05, 0.25))
    else:
        score.to(
            pose, float(rng.choice((1, 2))), "swing", turn=float(rng.choice((-2, -1, 1, 2)) * np.pi)
        )
    score.hold(float(rng.choice((0, 1))))


def hits(score: Score, rng: Rng) -> None:
    """Hit one pose after another, on and off the beat, and hold: choreography."""
    easing = str(rng.choice(("hit", "hit", "float", "sustained")))
    tense = rng.uniform(0.3, 0.8)
    # The count may be danced at half or double time.
    pace = float(rng.choice((1.0, 1.0, 2.0)))
    start = score.beat
    if rng.random() < 0.6:
        # Few freeze altogether between the hits.
        score.layer(alive(rng), 4.5 * pace)
    low = 0.2 * rng.uniform() ** 2
    for _ in range(int(rng.integers(1, 3))):
        rhythm = _RHYTHMS[int(rng.integers(len(_RHYTHMS)))]
        for beat in rhythm:
            at = start + (beat + 0.5) * pace
            depth = low + 0.1 * rng.uniform() ** 2 + (rng.random() < 0.08) * 0.3
            turn = float(rng.normal(0.0, 0.5)) if rng.random() < 0.25 else 0.0
            travel = tuple(rng.normal(0.0, 0.12, 2)) if rng.random() < 0.4 else (0.0, 0.0)
            pose = street_pose(rng, depth)
            if rng.random() < 0.35:
                # Only the arms and the chest; the feet stay.
                pose[[*range(6), *range(24, SIZE)]] = score.body[[*range(6), *range(24, SIZE)]]
                turn, travel = 0.0, (0.0, 0.0)
            score.to(pose, at - score.beat, easing, share=tense, turn=turn, travel=travel)
        start += 4 * pace
    score.hold(start - score.beat)


def isolated(score: Score, rng: Rng) -> None:
    """Keep the feet, move the chest, the hips and the head: isolations."""
    dance = LEGS[0](rng) + freestyle(rng) + isolations(rng, 1.3) + down_bounce(rng, 0.0, 0.05)
    perform(score, dance, 8.0)


def walk_on(score: Score, rng: Rng) -> None:
    """Walk with a bounce, to the front or round."""
    dance = (
        loose_swing(rng)
        + down_bounce(rng, 0.02, 0.07)
        + isolations(rng, 0.5)
        + any_of(LEGS[-12:], rng)
    )
    start = dance(np.zeros(1))[0]
    score.to(start, 1)
    score.layer(lambda beats: dance(beats) - start, 8.0)
    turn = float(rng.choice((0, 0, 0.5, 1, 2))) * np.pi
    for _ in range(4):
        score.to(start, 2, "even", turn=turn / 4, travel=(0.0, rng.uniform(-0.2, 0.4)))


KINDS: Final[dict[str, Kind]] = {
    **hiphop_floor.KINDS,
    **hiphop_hits.KINDS,
    **hiphop_whips.KINDS,
    "hiphop_party": Kind(
        "hiphop", (party, party, party, body_roll, isolated, walk_on), (85.0, 125.0)
    ),
    "hiphop_choreo": Kind("hiphop", (hits, hits, hits, party, body_roll, turn_jump), (80.0, 125.0)),
}
