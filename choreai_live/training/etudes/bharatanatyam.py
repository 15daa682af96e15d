"""Bharatanatyam: adavus, their combinations, and acted passages between them.

The families of adavus and how they go after Sarabhai, "Understanding Bharata
Natyam" (1979), and the syllabus of Kalakshetra: tatta, natta, visharu
(paraval), kuditta metta, tattimetti, mandi, sarukkal, paaval, teermanam; in
three speeds, to the right and to the left. Stances:
:mod:`choreai_live.training.etudes.bharatanatyam_postures`.
"""

from typing import Final

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes import abhinaya
from choreai_live.training.etudes.bharatanatyam_postures import (
    ACROSS,
    BENT_UP,
    CHEST,
    DOLA,
    FRONT,
    FRONT_LOW,
    HELD,
    LOW_ASIDE,
    NATYARAMBHE,
    OVERHEAD,
    SIDE,
    STRETCHES,
    UP_ASIDE,
    UP_FRONT,
    Arm,
    aramandi,
    arms,
    crossed,
    lunge,
    muzhumandi,
    prenkhana,
    raised,
    samapada,
)
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Layer, Rng, Score, one_of, wave
from choreai_live.training.etudes.postures import HEAD, SPINE, mirrored

_ARMS: Final = slice(12, 24)
#: Which foot stamps, stroke after stroke: 1 left, -1 right, 0 a rest.
_STAMPS: Final[tuple[tuple[int, ...], ...]] = (
    (1, -1),
    (1, 1, -1, -1),
    (1, -1, -1),
    (1, -1, 1, 0),
    (1, -1, 1, 0, -1, 1, -1, 0),
    (1, 1, 1, 0, -1, -1, -1, 0),
    (1, -1, 1, -1, 1, 0, -1, 1, -1, 1, -1, 0),
)


def _speed(score: Score, rng: Rng) -> float:
    """Draw beats per stroke: vilamba, madhya or durita, no stroke shorter than 0.16 s."""
    return max(float(rng.choice([1.0, 1.0, 0.5, 0.5, 0.25])), score.beats(0.16))


def _low(rng: Rng) -> Array:
    """Draw how low this dancer sits in aramandi this time."""
    return aramandi(rng.uniform(0.13, 0.32), rng.uniform(0.85, 1.35), rng.uniform(0.02, 0.12))


def strike(score: Score, body: Array, beats: float, foot: int, height: float) -> None:
    """Lift a foot (1 left, -1 right) and stamp it flat on the beat, arms arriving with it.

    ``foot`` 0 stamps none: the arms just arrive.
    """
    if foot == 0:
        score.to(body, beats, "hit", share=0.8)
        return
    # However slow the music, a stamp takes its time and no more.
    quick = min(beats, score.beats(0.7))
    score.hold(beats - quick)
    beats = quick
    lifted = raised(body, height) if foot > 0 else mirrored(raised(mirrored(body), height))
    lifted[_ARMS] = 0.5 * (score.body[_ARMS] + body[_ARMS])
    lifted[0] -= foot * 0.02
    score.to(lifted, 0.5 * beats, "float", lead=foot)
    score.to(body, 0.5 * beats, "drop", share=0.8, lead=foot)


def looking(body: Array, towards: float, down: float = 0.0) -> Array:
    """Let the eyes follow the hand: to the left for ``towards`` above 0."""
    body = body.copy()
    body[HEAD] = (towards, down, 0.12 * towards)
    return body


def tatta(score: Score, rng: Rng) -> None:
    """Stamp in aramandi, one foot after the other, in groups of 1 to 7, the arms held."""
    body = arms(_low(rng), *one_of(rng, HELD), rng)
    beats, height = _speed(score, rng), rng.uniform(0.12, 0.34)
    pattern = one_of(rng, _STAMPS)
    score.to(body, 0.7, "float")
    for _ in range(2 if len(pattern) > 4 else 4):
        for foot in pattern:
            if foot:
                strike(score, body, beats, foot, height if beats > 0.4 else 0.5 * height)
            else:
                score.hold(beats)


def tattimetti(score: Score, rng: Rng) -> None:
    """Beat rhythms with flat foot and heel, low and quick, arms held or changing slowly."""
    low = _low(rng)
    first, second = one_of(rng, HELD), one_of(rng, HELD)
    if rng.random() < 0.5:
        second = first
    beats = max(_speed(score, rng) * 0.5, score.beats(0.14))
    count = int(rng.choice([8, 12, 16]))
    high = rng.uniform(0.05, 0.16)
    start, end = arms(low, *first, rng), arms(low, *second, rng)
    score.to(start, 0.8, "float")
    for index in range(count):
        part = (index + 1) / count
        body = start + (end - start) * part
        foot = 1 if index % 2 == 0 else -1
        lifted = body.copy()
        if index % 4 == 3:  # mettu: the heel lifts, the toes stay
            lifted[28 if foot > 0 else 34] = 0.5
        else:  # tattu: the flat foot
            lifted = raised(body, high) if foot > 0 else mirrored(raised(mirrored(body), high))
        score.to(lifted, beats / 2, "float")
        score.to(body, beats / 2, "drop")


def natta(score: Score, rng: Rng) -> None:
    """Stretch a leg aside on its heel with the arm of that side; draw both back with a stamp."""
    sink = rng.uniform(0.14, 0.30)
    low = aramandi(sink, rng.uniform(0.9, 1.3), rng.uniform(0.03, 0.1))
    far = one_of(rng, (SIDE, LOW_ASIDE, UP_ASIDE, NATYARAMBHE, FRONT_LOW, UP_FRONT))
    near = one_of(rng, (CHEST, CHEST, CHEST, NATYARAMBHE, BENT_UP))
    out = prenkhana(sink, rng.uniform(30.0, 90.0), bool(rng.random() < 0.8))
    lean = rng.uniform(-0.3, 0.1)
    out[8] = lean
    out[6] = rng.uniform(-0.1, 0.3)
    home = arms(low, CHEST, CHEST, rng)
    out = looking(arms(out, far, near, rng), rng.uniform(0.2, 0.7), rng.uniform(-0.1, 0.25))
    beats = _speed(score, rng)
    both = rng.random() < 0.6
    for index in range(int(rng.choice([4, 8]))):
        side = both and index % 2 == 1
        score.to(mirrored(out) if side else out, beats, "hit", share=0.7, lead=0)
        strike(
            score,
            mirrored(home) if side else home,
            beats,
            -1 if side else 1,
            rng.uniform(0.05, 0.2),
        )


def visharu(score: Score, rng: Rng) -> None:
    """Sweep one arm, then the other, out from the chest and round, stepping in place."""
    low = _low(rng)
    beats = _speed(score, rng)
    ways: tuple[tuple[tuple[Arm, Arm], ...], ...] = (
        ((CHEST, CHEST), (UP_ASIDE, CHEST), (LOW_ASIDE, CHEST), (CHEST, CHEST)),
        ((CHEST, CHEST), (FRONT, CHEST), (SIDE, CHEST), (CHEST, CHEST)),
        ((CHEST, CHEST), (UP_ASIDE, LOW_ASIDE), (NATYARAMBHE, NATYARAMBHE), (CHEST, CHEST)),
        ((OVERHEAD, OVERHEAD), (SIDE, SIDE), (LOW_ASIDE, LOW_ASIDE), (CHEST, CHEST)),
        ((CHEST, CHEST), (FRONT, FRONT), (NATYARAMBHE, NATYARAMBHE), (CHEST, CHEST)),
        ((NATYARAMBHE, CHEST), (UP_FRONT, CHEST), (SIDE, CHEST), (LOW_ASIDE, CHEST)),
    )
    way = one_of(rng, ways)
    for index in range(8):
        left, right = way[index % 4]
        body = arms(low, left, right, rng)
        if index % 4 in (1, 2):
            body = looking(body, rng.uniform(0.1, 0.5), rng.uniform(-0.1, 0.2))
            body[8] += rng.uniform(-0.2, 0.1)
            if index % 4 == 1 and rng.random() < 0.5:
                body = arms(prenkhana(0.2, 70.0, heel=False), left, right, rng)
        body = mirrored(body) if index >= 4 else body
        strike(score, body, beats, 1 if index % 2 == 0 else -1, rng.uniform(0.08, 0.25))


def kuditta_metta(score: Score, rng: Rng) -> None:
    """Jump on the toes, strike the heels; the arms stretch on one and return on the other."""
    low = _low(rng)
    toes = low.copy()
    toes[[28, 34]] = rng.uniform(0.5, 0.85)
    toes[1] += 0.05
    beats = _speed(score, rng)
    both = rng.random() < 0.4
    stretch = one_of(rng, STRETCHES)
    rest = one_of(rng, (CHEST, CHEST, NATYARAMBHE))
    for index in range(int(rng.choice([4, 8]))):
        out = arms(toes, stretch, stretch if both else rest, rng)
        out = looking(out, 0.0 if both else rng.uniform(0.0, 0.4))
        home = arms(low, rest, rest, rng)
        if index % 2 and not both:
            out, home = mirrored(out), mirrored(home)
        score.jump(out, out, beats, rng.uniform(0.03, 0.08))
        score.to(home, beats, "hit", share=0.6)


def mandi(score: Score, rng: Rng) -> None:
    """Hop in the full squat; stretch a leg aside or put a knee down from it."""
    low = muzhumandi(rng.uniform(1.0, 1.3))
    pair = one_of(rng, HELD)
    beats = max(_speed(score, rng), score.beats(0.3))
    home = arms(low, *pair, rng)
    name = one_of(rng, ("hop", "stretch", "knee"))
    score.to(home, 1.0)
    for index in range(4):
        if name == "hop":
            out = arms(low, *one_of(rng, HELD), rng)
        elif name == "stretch":
            out = low.copy()
            out[24:30] = (0.68, 0.08, 0.10, 1.0, -0.6, 0.8)
            out = looking(arms(out, one_of(rng, (SIDE, LOW_ASIDE, UP_ASIDE)), CHEST, rng), 0.4)
        else:
            out = low.copy()
            out[0:3] = (-0.05, -0.50, 0.0)
            out[24:30] = (0.30, 0.0, -0.32, 0.5, 1.3, 0.4)
            out = arms(out, one_of(rng, STRETCHES), CHEST, rng)
        if index % 2:
            out = mirrored(out)
        score.jump(out, out, beats, rng.uniform(0.02, 0.07))
        score.to(home, beats, "hit")
    score.to(arms(aramandi(), *pair, rng), 1.0)


def sarukkal(score: Score, rng: Rng) -> None:
    """Slide to the side, low, one arm leading; the other foot drags up to it."""
    beats = _speed(score, rng)
    far = rng.uniform(0.25, 0.5)
    wide = lunge(rng.uniform(0.16, 0.28), rng.uniform(0.5, 0.65))
    left, right = one_of(
        rng, ((NATYARAMBHE, CHEST), (UP_ASIDE, LOW_ASIDE), (SIDE, CHEST), (CHEST, OVERHEAD))
    )
    for _ in range(int(rng.integers(2, 5))):
        score.to(
            looking(arms(wide, left, right, rng), 0.4),
            beats,
            "hit",
            travel=(-far / 2, 0.0),
            lead=-1,
        )
        score.to(arms(_low(rng), CHEST, CHEST, rng), beats, "hit", travel=(-far / 2, 0.0), lead=1)


def paaval(score: Score, rng: Rng) -> None:
    """Spring aside or forward with one knee lifted, arms wide, and land in aramandi or a lunge."""
    beats = max(_speed(score, rng), score.beats(0.35))
    direction = one_of(rng, ((0.4, 0.0), (0.25, 0.25), (0.0, 0.4), (0.0, -0.3)))
    pair = one_of(
        rng,
        (
            (NATYARAMBHE, NATYARAMBHE),
            (UP_ASIDE, LOW_ASIDE),
            (UP_FRONT, SIDE),
            (OVERHEAD, CHEST),
            (BENT_UP, NATYARAMBHE),
        ),
    )
    for _ in range(int(rng.integers(2, 5))):
        score.to(arms(_low(rng), CHEST, CHEST, rng), beats / 2)
        air = raised(aramandi(0.05), rng.uniform(0.2, 0.42), rng.uniform(0.0, 0.5))
        air = looking(arms(air, *pair, rng), rng.uniform(-0.2, 0.4))
        land = mirrored(lunge(0.2)) if rng.random() < 0.3 else _low(rng)
        score.jump(air, arms(land, *pair, rng), beats, rng.uniform(0.08, 0.2), travel=direction)
        strike(score, arms(_low(rng), CHEST, CHEST, rng), beats / 2, -1, 0.15)


def swastika(score: Score, rng: Rng) -> None:
    """Step across behind and back (tei-ya-tei-yi), the trunk bending to the stretching arm."""
    beats = _speed(score, rng)
    stretch, rest = one_of(rng, STRETCHES), one_of(rng, (CHEST, DOLA, NATYARAMBHE, BENT_UP))
    behind = crossed(rng.uniform(0.05, 0.2))
    behind[8] = rng.uniform(-0.35, 0.35)
    for index in range(4):
        out = looking(arms(behind, stretch, rest, rng), rng.uniform(-0.3, 0.5))
        home = arms(_low(rng), CHEST, CHEST, rng)
        if index % 2:
            out, home = mirrored(out), mirrored(home)
        score.to(out, beats, "hit", share=0.8)
        strike(score, home, beats, -1 if index % 2 else 1, rng.uniform(0.08, 0.25))


def teermanam(score: Score, rng: Rng) -> None:
    """End a passage: one short figure three times, ever sharper, then a pose that is held."""
    beats = _speed(score, rng)
    figure = []
    for _ in range(int(rng.choice([3, 4, 5]))):
        body = one_of(rng, (_low(rng), _low(rng), prenkhana(), lunge(), crossed(), samapada()))
        body = arms(
            body, one_of(rng, STRETCHES), one_of(rng, (CHEST, NATYARAMBHE, SIDE, UP_ASIDE)), rng
        )
        body[8] += rng.uniform(-0.2, 0.2)
        body = looking(body, rng.uniform(-0.5, 0.5), rng.uniform(-0.1, 0.2))
        figure.append((mirrored(body) if rng.random() < 0.5 else body, int(rng.choice([-1, 0, 1]))))
    for _ in range(3):
        for body, foot in figure:
            strike(score, body, beats, foot if body[25] < 0.05 else 0, 0.2)
    end = abhinaya.pose(rng)
    score.to(end, score.beats(0.3), "hit")
    score.hold(rng.uniform(1.0, 3.0))


def korvai(score: Score, rng: Rng) -> None:
    """Put together stretches of the arms in all directions over stamps, turning to the corners."""
    beats = _speed(score, rng)
    turn = float(rng.choice([0.0, 0.0, 0.6, 1.57]))
    low = _low(rng)
    for index in range(8):
        stretch = one_of(rng, STRETCHES)
        body = arms(low, stretch, one_of(rng, (CHEST, CHEST, NATYARAMBHE, stretch)), rng)
        body = looking(body, rng.uniform(-0.2, 0.6), rng.uniform(-0.1, 0.2))
        home = arms(low, CHEST, CHEST, rng)
        side = index % 2 == 1
        strike(score, mirrored(body) if side else body, beats, -1 if side else 1, 0.18)
        if index % 2 == 0 and turn:
            score.to(home, beats, "hit", turn=turn if index < 4 else -turn)
        else:
            strike(score, home, beats, 1 if side else -1, 0.1)


def bhramari(score: Score, rng: Rng) -> None:
    """Turn once round with stamps, or in one low hop, arms out or overhead."""
    body = arms(
        _low(rng),
        *one_of(
            rng,
            (
                (NATYARAMBHE, NATYARAMBHE),
                (OVERHEAD, CHEST),
                (NATYARAMBHE, CHEST),
                (UP_ASIDE, LOW_ASIDE),
            ),
        ),
        rng,
    )
    beats = _speed(score, rng)
    score.to(body, 0.8)
    if rng.random() < 0.3:
        score.jump(body, body, max(beats, score.beats(0.6)), 0.15, turn=6.2832)
    else:
        for index in range(4):
            foot = 1 if index % 2 == 0 else -1
            lifted = raised(body, 0.15) if foot > 0 else mirrored(raised(mirrored(body), 0.15))
            score.to(lifted, beats / 2, "float", turn=0.7854, lead=0)
            score.to(body, beats / 2, "drop", turn=0.7854, lead=0)
    score.hold(rng.uniform(0.0, 1.0))


def attami(score: Score, rng: Rng) -> None:
    """Slide the neck from side to side, hands over the head or before the chest."""
    stance = one_of(rng, (samapada(), _low(rng), muzhumandi()))
    body = arms(
        stance,
        *one_of(
            rng,
            ((OVERHEAD, OVERHEAD), (CHEST, CHEST), (NATYARAMBHE, NATYARAMBHE), (ACROSS, OVERHEAD)),
        ),
        rng,
    )
    score.to(body, 1.0)
    beats = rng.uniform(3.0, 6.0)
    slide: Layer = wave(
        [SPINE.start + 2, HEAD.start + 2], (0.05, -0.10), one_of(rng, (1.0, 2.0)), 0.25
    )
    score.layer(slide, beats)
    score.hold(beats)


def namaskaram(score: Score, rng: Rng) -> None:
    """Salute: hands over the head, to the chest, touch the earth, rise."""
    from_above = arms(samapada(), OVERHEAD, OVERHEAD, rng)
    score.to(from_above, 1.5)
    score.to(arms(aramandi(), CHEST, CHEST, rng), 1.5)
    down = arms(muzhumandi(), FRONT_LOW, FRONT_LOW, rng)
    down[4], down[7], down[10] = 0.55, 0.5, 0.3
    score.to(down, 2.0)
    score.to(
        arms(
            samapada(),
            *one_of(rng, ((CHEST, CHEST), (OVERHEAD, OVERHEAD), (NATYARAMBHE, NATYARAMBHE))),
            rng,
        ),
        2.0,
    )


_NRITTA: Final = (
    tatta,
    tatta,
    natta,
    natta,
    visharu,
    visharu,
    kuditta_metta,
    kuditta_metta,
    tattimetti,
    swastika,
    mandi,
    sarukkal,
    paaval,
    korvai,
    korvai,
    teermanam,
    bhramari,
    attami,
)

KINDS: Final[dict[str, Kind]] = {
    "bharatanatyam_adavus": Kind(
        "classical", _NRITTA, (45.0, 110.0), samapada(), repeats=(2, 4), mirroring=0.9
    ),
    "bharatanatyam_jatis": Kind(
        "classical",
        (*_NRITTA, namaskaram, korvai, korvai, teermanam, teermanam, *abhinaya.PHRASES),
        (60.0, 130.0),
        samapada(),
        repeats=(1, 2),
    ),
    "bharatanatyam_abhinaya": Kind(
        "classical",
        (*abhinaya.PHRASES, *abhinaya.PHRASES, attami, namaskaram, tattimetti, bhramari),
        (50.0, 100.0),
        samapada(),
        repeats=(1, 2),
    ),
}
