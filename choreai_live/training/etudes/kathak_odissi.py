"""Kathak and Odissi, two more classical dances of India, in short.

Kathak after Kothari, "Kathak: Indian Classical Dance Art" (1989): upright on
straight legs, tatkar footwork, chakkars, tihais that end in a pose. Odissi
after Patnaik, "Odissi Dance" (1971): chowka and tribhangi, the trunk moving
against the hips.
"""

from math import pi
from typing import Final

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes import abhinaya
from choreai_live.training.etudes.bharatanatyam_postures import (
    AT_EAR,
    BENT_UP,
    CHEST,
    DOLA,
    FRONT,
    LOW_ASIDE,
    NATYARAMBHE,
    OVERHEAD,
    SIDE,
    STRAIGHT_UP,
    UP_ASIDE,
    UP_FRONT,
    WAIST,
    Arm,
    aramandi,
    arms,
    prenkhana,
    raised,
    samapada,
    tribhanga,
)
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score, one_of, wave
from choreai_live.training.etudes.postures import HIPS, PELVIS, SPINE, arm, mirrored

#: The square of chowka: upper arms level to the sides, forearms straight ahead.
SQUARE: Final = arm(88, -6, 4, 0)
_KATHAK_ARMS: Final[tuple[tuple[Arm, Arm], ...]] = (
    (CHEST, CHEST),
    (CHEST, CHEST),
    (SIDE, CHEST),
    (UP_FRONT, CHEST),
    (OVERHEAD, SIDE),
    (STRAIGHT_UP, SIDE),
    (UP_ASIDE, LOW_ASIDE),
    (SIDE, SIDE),
    (FRONT, CHEST),
    (AT_EAR, SIDE),
)
_ODISSI_ARMS: Final[tuple[tuple[Arm, Arm], ...]] = (
    (SQUARE, SQUARE),
    (SQUARE, SQUARE),
    (CHEST, CHEST),
    (CHEST, BENT_UP),
    (WAIST, BENT_UP),
    (NATYARAMBHE, CHEST),
    (DOLA, CHEST),
    (OVERHEAD, CHEST),
    (SQUARE, BENT_UP),
    (AT_EAR, WAIST),
)


def tatkar(score: Score, rng: Rng) -> None:
    """Beat out rhythms with flat feet, knees hardly bent, ever faster, arms quiet."""
    start = arms(samapada(), *one_of(rng, _KATHAK_ARMS), rng)
    end = arms(samapada(), *one_of(rng, _KATHAK_ARMS), rng) if rng.random() < 0.5 else start
    beats = max(float(rng.choice([0.5, 0.25, 0.25, 0.125])), score.beats(0.12))
    count = int(rng.choice([8, 16, 16]))
    height = rng.uniform(0.04, 0.14)
    score.to(start, 1.0)
    for index in range(count):
        body = start + (end - start) * ((index + 1) / count)
        body[1] = -0.02
        lifted = raised(body, height)
        if index % 2:
            lifted = mirrored(raised(mirrored(body), height))
        score.to(lifted, beats / 2, "float", lead=0)
        score.to(body, beats / 2, "drop", lead=0)


def chakkars(score: Score, rng: Rng) -> None:
    """Spin on one heel, again and again, an arm up or both out; stop dead in a pose."""
    left, right = one_of(rng, ((STRAIGHT_UP, SIDE), (OVERHEAD, CHEST), (SIDE, SIDE), (CHEST, SIDE)))
    spinning = arms(samapada(), left, right, rng)
    score.to(arms(samapada(), CHEST, CHEST, rng), 1.0)
    third = score.beats(rng.uniform(0.45, 0.9)) / 3
    for turn in range(int(rng.integers(2, 8))):
        for part in range(3):
            body = spinning.copy()
            if part == 0:
                body[25] = 0.06
            if part == 1 and rng.random() < 0.5:  # the arms close and open with every turn
                body = arms(body, CHEST, CHEST, rng) if turn % 2 else body
            score.to(body, third, "even", turn=2 * pi / 3, lead=0)
    score.to(_thaat(rng), score.beats(0.25), "hit")
    score.hold(rng.uniform(0.5, 2.0))


def thaat(score: Score, rng: Rng) -> None:
    """Stand in a pose; only wrists, brows and neck move a little."""
    score.to(_thaat(rng), 1.5)
    beats = rng.uniform(2.0, 4.0)
    score.layer(wave([SPINE.start, SPINE.start + 2], (0.05, 0.03), 2.0), beats)
    score.hold(beats)


def tihai(score: Score, rng: Rng) -> None:
    """Dance the same few strokes three times and end in a pose on the one."""
    beats = max(float(rng.choice([0.5, 0.5, 1.0])), score.beats(0.2))
    figure = [arms(samapada(), *one_of(rng, _KATHAK_ARMS), rng) for _ in range(3)]
    turn = float(rng.choice([0.0, 0.0, 2 * pi]))
    for _ in range(3):
        for index, body in enumerate(figure):
            lifted = raised(body, 0.08) if index % 2 else mirrored(raised(mirrored(body), 0.08))
            score.to(lifted, beats / 2, "float", turn=turn / 6, lead=0)
            score.to(body, beats / 2, "hit", turn=turn / 6, lead=0)
        score.to(_thaat(rng), beats, "hit")
    score.hold(rng.uniform(1.0, 2.5))


def gat(score: Score, rng: Rng) -> None:
    """Glide forward and back with small even steps, one hand at the veil, turning round."""
    left, right = one_of(rng, ((AT_EAR, SIDE), (BENT_UP, DOLA), (AT_EAR, WAIST), (CHEST, SIDE)))
    steps = int(rng.choice([6, 8]))
    for step in range(steps):
        body = arms(samapada(), left, right, rng, 0.03)
        body[24:30] = (0.08, 0.0, 0.2, 0.3, 0.0, 0.3)
        way = 0.2 if step < steps / 2 else -0.2
        turn = pi / steps if rng.random() < 0.3 else 0.0
        pose = body if step % 2 == 0 else mirrored(body)
        pose[12:24] = arms(body, left, right, rng, 0.03)[12:24]
        score.to(
            pose, 0.5, "sustained", travel=(0.0, way), turn=turn, lead=1 if step % 2 == 0 else -1
        )


def _thaat(rng: Rng) -> Array:
    body = samapada() if rng.random() < 0.6 else tribhanga(rng.uniform(0.2, 0.6))
    body = arms(body, *one_of(rng, _KATHAK_ARMS), rng)
    body[9] += rng.uniform(-0.4, 0.4)
    return mirrored(body) if rng.random() < 0.5 else body


def chowka(score: Score, rng: Rng) -> None:
    """Stamp in the wide, square half-sit, the chest gliding from side to side over it."""
    low = _chowka(rng)
    pair = one_of(rng, _ODISSI_ARMS)
    beats = max(float(rng.choice([1.0, 1.0, 0.5])), score.beats(0.25))
    shift = rng.uniform(0.08, 0.25)
    score.to(arms(low, *pair, rng), 1.0)
    for index in range(8):
        body = arms(low, *pair, rng)
        body[8] += shift
        body[0] -= 0.04
        body[9] = rng.uniform(0.0, 0.4)
        side = index % 2 == 1
        lifted = raised(body, rng.uniform(0.08, 0.25))
        score.to(mirrored(lifted) if side else lifted, 0.5 * beats, "float")
        score.to(mirrored(body) if side else body, 0.5 * beats, one_of(rng, ("drop", "sustained")))


def tribhangi(score: Score, rng: Rng) -> None:
    """Change from hip to hip in deep bends of knee, waist and neck, arms in curves."""
    beats = float(rng.choice([1.0, 2.0]))
    pair = one_of(rng, _ODISSI_ARMS)
    bend, sink = rng.uniform(0.6, 1.3), rng.uniform(0.05, 0.16)
    for index in range(int(rng.choice([4, 8]))):
        body = arms(tribhanga(bend, sink, rng.uniform(0.2, 0.45)), *pair, rng)
        body[28] = rng.uniform(0.0, 0.6)
        score.to(mirrored(body) if index % 2 else body, beats, one_of(rng, ("swing", "sustained")))
    score.hold(rng.uniform(0.0, 1.5))


def khandi(score: Score, rng: Rng) -> None:
    """From chowka stretch one leg and arm, come back by tribhangi, turn."""
    beats = float(rng.choice([0.5, 1.0, 1.0]))
    for index in range(4):
        out = prenkhana(rng.uniform(0.14, 0.26), rng.uniform(50.0, 85.0), heel=False)
        out = arms(
            out,
            one_of(rng, (SIDE, LOW_ASIDE, UP_ASIDE, FRONT)),
            one_of(rng, (CHEST, SQUARE, BENT_UP)),
            rng,
        )
        out[8] += rng.uniform(-0.3, 0.1)
        home = arms(tribhanga(rng.uniform(0.5, 1.0), 0.1), *one_of(rng, _ODISSI_ARMS), rng)
        side = index % 2 == 1
        score.to(mirrored(out) if side else out, beats, "float")
        score.to(
            mirrored(home) if side else home,
            beats,
            "sustained",
            turn=float(rng.choice([0.0, 0.0, 0.8, -0.8])),
        )


def torso(score: Score, rng: Rng) -> None:
    """Let the trunk circle over still legs, hands following the eyes."""
    stance = one_of(rng, (_chowka(rng), aramandi(0.12), tribhanga(0.5, 0.06)))
    score.to(arms(stance, *one_of(rng, _ODISSI_ARMS), rng), 1.5)
    beats, period = rng.uniform(4.0, 8.0), one_of(rng, (2.0, 4.0))
    score.layer(wave([HIPS.start, PELVIS.start + 2], (0.04, 0.05), period), beats)
    score.layer(wave(SPINE, (0.12, 0.06, -0.16), period, 0.1), beats)
    for _ in range(2):
        score.to(arms(stance, *one_of(rng, _ODISSI_ARMS), rng), beats / 2)


def _chowka(rng: Rng) -> Array:
    return aramandi(rng.uniform(0.16, 0.3), rng.uniform(1.1, 1.4), rng.uniform(0.14, 0.24))


KINDS: Final[dict[str, Kind]] = {
    "kathak": Kind(
        "classical",
        (tatkar, tatkar, chakkars, chakkars, tihai, tihai, gat, thaat, abhinaya.telling),
        (60.0, 130.0),
        samapada(),
        repeats=(1, 2),
    ),
    "odissi": Kind(
        "classical",
        (chowka, chowka, tribhangi, tribhangi, khandi, torso, abhinaya.posing, abhinaya.telling),
        (50.0, 110.0),
        samapada(),
        repeats=(1, 2),
    ),
}
