"""Abhinaya, the acted half of Bharatanatyam: poses of the gods, gestures, walks.

Poses and gaits after the Abhinaya Darpana (tr. M. Ghosh, 1957) and, for what
the hands tell, Puri, "Abhinaya in Indian Dance" and Sarabhai (1979).
"""

from typing import Final

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.bharatanatyam_postures import (
    ACROSS,
    ANJALI,
    AT_EAR,
    AT_FACE,
    BENT_UP,
    CHEST,
    DOLA,
    FLUTE,
    FLUTE_FAR,
    FRONT,
    FRONT_LOW,
    LOW_ASIDE,
    NATYARAMBHE,
    OVERHEAD,
    SIDE,
    UP_ASIDE,
    UP_FRONT,
    WAIST,
    Arm,
    aramandi,
    arms,
    crossed,
    lunge,
    raised,
    samapada,
    tribhanga,
)
from choreai_live.training.etudes.phrasing import Rng, Score, one_of
from choreai_live.training.etudes.postures import mirrored

_HANDS: Final[tuple[Arm, ...]] = (
    CHEST, CHEST, AT_FACE, AT_EAR, BENT_UP, WAIST, WAIST, DOLA, DOLA, SIDE, UP_FRONT, FRONT,
    FRONT_LOW, ACROSS, ANJALI, OVERHEAD, UP_ASIDE, LOW_ASIDE,
)  # fmt: skip


def pose(rng: Rng) -> Array:
    """Draw a pose that could end a passage."""
    name = one_of(
        rng, ("nataraja", "krishna", "archer", "tribhanga", "aramandi", "lotus", "one leg")
    )
    if name == "nataraja":  # the left leg lifted across, the left arm along it
        body = raised(aramandi(0.14), rng.uniform(0.4, 0.6), rng.uniform(0.6, 1.3))
        body[24], body[26] = body[24] - 0.15, 0.28
        body[0] = -0.05
        body = arms(body, ACROSS, BENT_UP, rng)
    elif name == "krishna":
        body = arms(crossed(0.04), FLUTE, FLUTE_FAR, rng)
        body[8], body[11] = rng.uniform(-0.2, 0.2), rng.uniform(-0.2, 0.2)
    elif name == "archer":
        body = arms(lunge(rng.uniform(0.15, 0.28)), SIDE, CHEST, rng)
        body[9] = 0.8
    elif name == "tribhanga":
        body = _bent(rng)
        body = arms(body, one_of(rng, _HANDS), one_of(rng, _HANDS), rng)
    elif name == "lotus":
        body = arms(
            samapada(),
            one_of(rng, (OVERHEAD, ANJALI, BENT_UP)),
            one_of(rng, (OVERHEAD, ANJALI, BENT_UP)),
            rng,
        )
    elif name == "one leg":
        body = raised(aramandi(0.12), rng.uniform(0.3, 0.45), 1.0)
        body[0] = -0.06
        body = arms(
            body, one_of(rng, (OVERHEAD, BENT_UP, UP_ASIDE)), one_of(rng, (CHEST, NATYARAMBHE)), rng
        )
    else:
        body = arms(
            aramandi(),
            one_of(rng, (NATYARAMBHE, UP_ASIDE, BENT_UP)),
            one_of(rng, (NATYARAMBHE, CHEST, BENT_UP)),
            rng,
        )
    body[9] += rng.uniform(-0.4, 0.4)
    return mirrored(body) if rng.random() < 0.5 else body


def _bent(rng: Rng) -> Array:
    return tribhanga(rng.uniform(0.3, 1.1), rng.uniform(-0.02, 0.1), rng.uniform(-0.1, 0.4))


def telling(score: Score, rng: Rng) -> None:
    """Stand in one hip and tell something with the hands, phrase by phrase."""
    stance = one_of(rng, (_bent(rng), _bent(rng), samapada(), crossed(0.03), aramandi(0.08)))
    for _ in range(int(rng.integers(3, 6))):
        if rng.random() < 0.35:
            stance = mirrored(stance)
        body = arms(stance, one_of(rng, _HANDS), one_of(rng, _HANDS), rng, 0.1)
        body[6] += rng.uniform(-0.25, 0.25)
        body[8] += rng.uniform(-0.15, 0.15)
        body[9] += rng.uniform(-0.5, 0.5)
        body[10] += rng.uniform(-0.15, 0.2)
        score.to(
            body,
            float(rng.choice([1.0, 1.5, 2.0])),
            one_of(rng, ("sustained", "float")),
            share=rng.uniform(0.5, 1.0),
        )
        score.hold(rng.uniform(0.0, 1.5))


def posing(score: Score, rng: Rng) -> None:
    """Go from pose to pose, and hold each."""
    for _ in range(int(rng.integers(2, 4))):
        score.to(pose(rng), rng.uniform(0.5, 1.5), one_of(rng, ("sustained", "hit", "float")))
        score.hold(rng.uniform(0.5, 2.5))


def walking(score: Score, rng: Rng) -> None:
    """Walk in rhythm, an arm swinging or held, the hips going along; a stamp now and then."""
    left, right = one_of(
        rng,
        (
            (DOLA, CHEST),
            (WAIST, WAIST),
            (NATYARAMBHE, CHEST),
            (CHEST, DOLA),
            (DOLA, DOLA),
            (BENT_UP, WAIST),
        ),
    )
    beats = float(rng.choice([0.5, 1.0]))
    length = rng.uniform(0.15, 0.4) * rng.choice([1.0, 1.0, -0.6])
    turn = rng.uniform(-0.3, 0.3)
    for step in range(int(rng.integers(4, 9))):
        body = arms(tribhanga(rng.uniform(0.2, 0.7)), left, right, rng)
        body[24:30] = (0.10, 0.0, 0.22, 0.5, 0.0, 0.5)
        side = step % 2 == 1
        score.to(
            mirrored(body) if side else body,
            beats,
            "sustained",
            travel=(0.0, length),
            turn=turn,
            lead=-1 if side else 1,
        )


def swaying(score: Score, rng: Rng) -> None:
    """Shift from hip to hip with both hands drawing slow curves."""
    beats = float(rng.choice([1.0, 2.0]))
    first = (one_of(rng, _HANDS), one_of(rng, _HANDS))
    for step in range(int(rng.choice([4, 6]))):
        body = arms(_bent(rng), *first, rng)
        score.to(body if step % 2 == 0 else mirrored(body), beats, "swing")


PHRASES: Final = (telling, telling, posing, walking, swaying)
