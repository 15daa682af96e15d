"""Ballet at the barre, in adagio and in port de bras.

Vocabulary and counts after Grant (1982) and Vaganova (1969); see
:mod:`choreai_live.training.etudes.ballet_postures`. The working leg is the left.
"""

from collections.abc import Callable

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.ballet_postures import (
    AHEAD,
    AHEAD_HIGH,
    ALLONGE_SIDE,
    ALLONGE_UP,
    BARRE,
    BARRE_IN_FRONT,
    BEHIND,
    BEHIND_LOW,
    CROSSED_LOW,
    DEMI_SECOND,
    EN_BAS,
    FIFTH,
    FIFTH_FRONT,
    FIRST,
    SECOND,
    SWAN_DOWN,
    SWAN_UP,
    Arm,
    arms,
    attitude,
    bent,
    faced,
    kneel,
    loosened,
    on_one_leg,
    paired,
    passe,
    penche,
    stand,
    tendu,
)
from choreai_live.training.etudes.phrasing import Rng, Score, one_of
from choreai_live.training.etudes.postures import mirrored, other, posed

_CROSS = ("devant", "seconde", "derriere", "seconde")
_POSITIONS = ("first", "second", "fourth", "fifth")


def _at_barre(rng: Rng) -> Callable[[Array, Arm], Array]:
    """Return what gives a posture its arms: the right hand, or both, stay on the barre."""
    right = other(loosened(BARRE, rng, 0.1))
    if rng.random() < 0.15:
        facing = loosened(BARRE_IN_FRONT, rng)
        return lambda body, left: posed(body, left_arm=facing, right_arm=other(facing))

    def armed(body: Array, left: Arm) -> Array:
        return posed(body, left_arm=loosened(left, rng), right_arm=right)

    return armed


def barre_plies(score: Score, rng: Rng) -> None:
    """Demi-pliés and grands pliés, a rise and a cambré at the end."""
    armed, turnout = _at_barre(rng), rng.uniform(0.75, 1.3)
    position = one_of(rng, _POSITIONS)
    beats = float(rng.choice([2.0, 4.0]))

    def body(sink: float = 0.0, rise: float = 0.0) -> Array:
        return stand(position, sink=sink, rise=rise, turnout=turnout)

    score.to(armed(body(), SECOND), 2)
    for _ in range(int(rng.integers(1, 3))):
        score.to(armed(body(rng.uniform(0.14, 0.22)), DEMI_SECOND), beats / 2)
        score.to(armed(body(), SECOND), beats / 2)
    for _ in range(int(rng.integers(1, 3))):
        score.to(armed(body(0.2), DEMI_SECOND), beats / 2)
        score.to(
            armed(body(rng.uniform(0.38, 0.48), 0.0 if position == "second" else 1.0), EN_BAS),
            beats / 2,
        )
        score.to(armed(body(0.2), FIRST), beats / 2)
        score.to(armed(body(), SECOND), beats / 2)
    if rng.random() < 0.6:
        way = one_of(rng, ("forward", "back", "side"))
        score.to(armed(bent(body(), rng, way), FIFTH), beats)
        score.to(armed(body(), FIFTH), beats)
    score.to(armed(body(rise=1.0), one_of(rng, (FIFTH, FIRST, SECOND))), 1.5)
    score.hold(rng.uniform(0.5, 3.0))


def barre_tendus(score: Score, rng: Rng) -> None:
    """Tendus or dégagés en croix, some with a fast finish."""
    armed = _at_barre(rng)
    height = float(rng.choice([-67.0, -67.0, rng.uniform(-58.0, -45.0)]))
    beats = float(rng.choice([0.5, 1.0, 1.0, 2.0]))
    arm = one_of(rng, (SECOND, SECOND, FIFTH, DEMI_SECOND))
    easing = "sustained" if beats > 1 else "hit"
    close = armed(stand("fifth"), arm)
    for direction in _CROSS[: int(rng.integers(1, 5))]:
        for _ in range(int(rng.choice([2, 3, 4]))):
            out = armed(faced(tendu(on_one_leg(), direction, height), rng), arm)
            score.to(out, beats, easing, share=0.8)
            score.to(close, beats, easing, share=0.8)


def barre_rond_de_jambe(score: Score, rng: Rng) -> None:
    """Ronds de jambe, on the floor or in the air, outwards or inwards."""
    armed = _at_barre(rng)
    height = float(rng.choice([-67.0, -67.0, -45.0, rng.uniform(-20.0, 10.0)]))
    beats = float(rng.choice([1.0, 2.0]))
    way = ("devant", "seconde", "derriere")
    if rng.random() < 0.4:
        way = way[::-1]
    sink = float(rng.choice([0.0, 0.0, 0.14]))
    for _ in range(int(rng.integers(2, 5))):
        for direction in way:
            score.to(armed(tendu(on_one_leg(sink=sink), direction, height), SECOND), beats, "even")
        score.to(armed(stand("first"), SECOND), beats, "even")


def barre_fondus(score: Score, rng: Rng) -> None:
    """Melt into the standing leg, stretch both."""
    armed = _at_barre(rng)
    rise = float(rng.random() < 0.5)
    height = rng.uniform(-50.0, 0.0)
    for direction in _CROSS[: int(rng.integers(2, 5))]:
        score.to(armed(passe(on_one_leg(sink=rng.uniform(0.1, 0.18)), low=True), FIRST), 2)
        score.to(armed(tendu(on_one_leg(rise=rise), direction, height), SECOND), 2)
    score.to(armed(stand(rise=rise), FIRST), 1)


def barre_frappes(score: Score, rng: Rng) -> None:
    """Strike out from the ankle."""
    armed = _at_barre(rng)
    rise = float(rng.random() < 0.5)
    beats = float(rng.choice([0.5, 0.5, 1.0]))
    for direction in _CROSS[: int(rng.integers(2, 5))]:
        for _ in range(int(rng.choice([2, 4]))):
            score.to(armed(passe(on_one_leg(rise=rise), low=True), SECOND), beats)
            score.to(armed(tendu(on_one_leg(rise=rise), direction, -52.0), SECOND), beats, "hit")


def barre_grand_battement(score: Score, rng: Rng) -> None:
    """Throw the leg up, let it come down."""
    armed = _at_barre(rng)
    for direction in _CROSS[: int(rng.integers(1, 5))]:
        height = rng.uniform(0.0, 40.0) if direction != "derriere" else rng.uniform(-20.0, 5.0)
        for _ in range(int(rng.integers(2, 4))):
            score.to(armed(tendu(on_one_leg(), direction), SECOND), 0.5)
            score.to(armed(tendu(on_one_leg(), direction, height), SECOND), 0.5, "float")
            score.to(armed(tendu(on_one_leg(), direction), SECOND), 0.7, "swing")
            score.to(armed(stand(), SECOND), 0.3)


def barre_developpe(score: Score, rng: Rng) -> None:
    """Through passé into the air, hold, lower."""
    armed = _at_barre(rng)
    _unfold(score, rng, lambda body, arm: armed(body, arm))


def centre_developpe(score: Score, rng: Rng) -> None:
    """Unfold the leg away from the barre."""
    right = one_of(rng, (SECOND, FIFTH, ALLONGE_SIDE))

    _unfold(score, rng, lambda body, arm: arms(body, arm, right, rng))


def _unfold(score: Score, rng: Rng, armed: Callable[[Array, Arm], Array]) -> None:
    beats = float(rng.choice([1.0, 2.0]))
    direction = one_of(rng, _CROSS)
    height = rng.uniform(-35.0, 35.0) if direction != "derriere" else rng.uniform(-35.0, 5.0)
    arm = one_of(rng, (SECOND, FIFTH, AHEAD, ALLONGE_UP))
    rise = float(rng.random() < 0.25)
    score.to(armed(stand(), EN_BAS), beats)
    score.to(armed(passe(on_one_leg(), low=True), EN_BAS), beats / 2)
    score.to(armed(passe(on_one_leg(rise=rise)), FIRST), beats)
    score.to(armed(faced(tendu(on_one_leg(rise=rise), direction, height), rng), arm), 2 * beats)
    score.hold(rng.uniform(0.0, 2.0))
    if rng.random() < 0.4:
        following = one_of(rng, _CROSS)
        high = min(height, 0.0) if following == "derriere" else height
        score.to(armed(tendu(on_one_leg(rise=rise), following, high), SECOND), 2 * beats)
    last = one_of(rng, _CROSS)
    score.to(armed(tendu(on_one_leg(), last), SECOND), beats)
    score.to(armed(stand(), EN_BAS), beats)


def arabesque(score: Score, rng: Rng) -> None:
    """Step into one of the arabesques, hold, perhaps penché or a promenade."""
    lines = ((BEHIND, AHEAD), (AHEAD, BEHIND), (ALLONGE_SIDE, AHEAD_HIGH), (ALLONGE_UP, ALLONGE_UP),
             (BEHIND_LOW, AHEAD_HIGH), (AHEAD_HIGH, AHEAD), (SECOND, FIFTH))  # fmt: skip
    left, right = one_of(rng, lines)
    rise = float(rng.random() < 0.35)
    height = rng.uniform(-40.0, -2.0)
    turn = float(rng.choice([0.0, 0.0, -0.9, 0.9, 1.3]))
    score.to(arms(stand("fourth", sink=0.15), FIRST, FIRST, rng), 1.0, turn=turn)
    line = arms(tendu(on_one_leg(rise=rise), "derriere", height), left, right, rng)
    score.to(line, rng.uniform(1.0, 2.5), "sustained", travel=(0.0, rng.uniform(0.1, 0.6)))
    score.hold(rng.uniform(0.5, 3.0))
    if rise == 0.0 and rng.random() < 0.35:
        tilted = arms(penche(on_one_leg(), rng.uniform(0.4, 1.0)), left, right, rng)
        score.to(tilted, 3.0)
        score.hold(rng.uniform(0.0, 1.5))
        score.to(line, 3.0)
    elif rise == 0.0 and rng.random() < 0.4:
        _promenade(score, rng, line)
    if rng.random() < 0.5:
        score.to(arms(passe(on_one_leg()), FIRST, FIRST, rng), 1.5)
    score.to(arms(stand(sink=float(rng.choice([0.0, 0.12]))), DEMI_SECOND, DEMI_SECOND, rng), 1.5)


def attitudes(score: Score, rng: Rng) -> None:
    """Rise into an attitude, behind or in front, and balance or turn in it."""
    behind = bool(rng.random() < 0.65)
    rise = float(rng.random() < 0.5)
    pose = attitude(on_one_leg(rise=rise), behind=behind, height=rng.uniform(-30.0, 8.0))
    pose = faced(
        arms(
            pose,
            *one_of(
                rng, ((FIFTH, SECOND), (SECOND, FIFTH), (FIFTH, FIFTH), (ALLONGE_UP, ALLONGE_SIDE))
            ),
            rng,
        ),
        rng,
    )
    score.to(arms(stand("fourth", sink=0.17), FIRST, SECOND, rng), 1.5)
    score.to(pose, rng.uniform(1.0, 2.0))
    score.hold(rng.uniform(0.5, 3.0))
    if rise == 0.0 and rng.random() < 0.5:
        _promenade(score, rng, pose)
    score.to(
        arms(tendu(on_one_leg(), "derriere" if behind else "devant"), SECOND, SECOND, rng), 1.5
    )
    score.to(arms(stand(), EN_BAS, EN_BAS, rng), 1.0)


def _promenade(score: Score, rng: Rng, pose: Array) -> None:
    """Turn slowly on the flat foot, the heel inching round."""
    beats = float(rng.choice([4.0, 8.0]))
    way = float(rng.choice([-1.0, 1.0]))
    for _ in range(4):
        score.to(pose, beats / 4, "even", turn=way * rng.choice([0.8, 1.57]), lead=0)


def port_de_bras(score: Score, rng: Rng) -> None:
    """Carry the arms from position to position over quiet legs."""
    position = one_of(rng, _POSITIONS)
    beats = float(rng.choice([1.0, 2.0, 2.0, 4.0]))
    rise = float(rng.random() < 0.2)
    base = stand(position, turnout=rng.uniform(0.6, 1.2), rise=rise)
    if rng.random() < 0.35:
        base = tendu(on_one_leg(), one_of(rng, _CROSS))
    paths = (
        ((EN_BAS, EN_BAS), (FIRST, FIRST), (FIFTH, FIFTH), (SECOND, SECOND)),
        ((EN_BAS, EN_BAS), (FIRST, FIRST), (SECOND, SECOND)),
        ((FIRST, FIRST), (FIFTH, SECOND), (SECOND, SECOND), (EN_BAS, EN_BAS)),
        ((FIRST, FIRST), (SECOND, FIFTH), (ALLONGE_SIDE, ALLONGE_UP), (EN_BAS, EN_BAS)),
        ((FIRST, SECOND), (FIFTH, SECOND), (SECOND, FIFTH), (SECOND, FIRST)),
        ((CROSSED_LOW, CROSSED_LOW), (FIFTH_FRONT, FIFTH_FRONT), (ALLONGE_SIDE, ALLONGE_SIDE)),
        ((AHEAD, BEHIND), (FIRST, FIRST), (FIFTH, FIFTH), (SECOND, SECOND)),
    )
    for left, right in one_of(rng, paths):
        body = base
        if rng.random() < 0.3:
            body = bent(base, rng, one_of(rng, ("forward", "back", "side", "side")))
        score.to(faced(arms(body, left, right, rng), rng), beats)
    score.hold(float(rng.choice([0.0, 0.0, rng.uniform(0.5, 3.0)])))


def cambre(score: Score, rng: Rng) -> None:
    """Bend forward and rise into a bend back or to the side, arms in fifth."""
    base = stand(one_of(rng, _POSITIONS))
    beats = float(rng.choice([2.0, 4.0]))
    score.to(arms(base, SECOND, SECOND, rng), beats / 2)
    for way in one_of(rng, (("forward", "back"), ("side",), ("back", "side"), ("forward",))):
        arm = one_of(rng, (FIFTH, FIFTH, SECOND))
        score.to(arms(bent(base, rng, way), arm, one_of(rng, (FIFTH, SECOND)), rng), beats)
        score.to(arms(base, FIFTH, FIFTH, rng), beats)
    score.to(arms(base, SECOND, SECOND, rng), beats / 2)


def swan_arms(score: Score, rng: Rng) -> None:
    """Wave both arms like wings, on the toes with tiny steps or standing."""
    rise = float(rng.random() < 0.6)
    drift = rng.uniform(-0.5, 0.5) if rise else 0.0
    base = stand("fifth", rise=rise)
    if rng.random() < 0.3:
        base = kneel()
        drift = 0.0
    beats = rng.uniform(0.8, 2.0)
    for _ in range(int(rng.integers(2, 5))):
        score.to(faced(arms(base, SWAN_UP, SWAN_UP, rng), rng), beats, "swing", travel=(drift, 0.0))
        score.to(arms(base, SWAN_DOWN, SWAN_DOWN, rng), beats, "swing", travel=(drift, 0.0))


def temps_lie(score: Score, rng: Rng) -> None:
    """Move the weight through plié from fifth to a stretched foot behind, in front or aside."""
    direction = one_of(rng, ("derriere", "seconde", "devant"))
    way = {"derriere": (0.0, 0.35), "seconde": (-0.4, 0.0), "devant": (0.0, -0.3)}[direction]
    score.to(arms(stand(sink=0.16), EN_BAS, EN_BAS, rng), 1.5)
    score.to(
        arms(stand("fourth" if way[1] else "second", sink=0.18), FIRST, FIRST, rng),
        1.5,
        travel=(way[0] / 2, way[1] / 2),
    )
    end = faced(tendu(on_one_leg(), direction), rng)
    score.to(paired(end, rng), 1.5, travel=(way[0] / 2, way[1] / 2))
    score.hold(rng.uniform(0.0, 1.0))
    score.to(arms(stand(), SECOND, EN_BAS, rng), 1.0)


def walks(score: Score, rng: Rng) -> None:
    """Walk as on stage: toes first, chest high, arms opening slowly."""
    steps = int(rng.integers(3, 8))
    length = rng.uniform(0.25, 0.5)
    curve = rng.uniform(-0.5, 0.5)
    left, right = one_of(
        rng, ((DEMI_SECOND, DEMI_SECOND), (SECOND, SECOND), (AHEAD, BEHIND), (EN_BAS, EN_BAS))
    )
    beats = float(rng.choice([0.5, 1.0]))
    for step in range(steps):
        side = 1.0 if step % 2 == 0 else -1.0
        front, back = (0.09, 0.0, 0.28, 0.6, 0.1, 0.5), (-0.09, 0.0, -0.16, -0.5, 0.9, -0.4)
        if side < 0:
            front, back = (0.09, 0.0, -0.16, 0.5, 0.9, 0.4), (-0.09, 0.0, 0.28, -0.6, 0.1, -0.5)
        body = posed(stand("first"), left_foot=front, right_foot=back, hips=(0.0, -0.02, 0.06))
        score.to(
            arms(body, left, right, rng),
            beats,
            "even",
            travel=(0.0, length),
            turn=curve / steps,
            lead=int(side),
        )
    score.to(arms(tendu(on_one_leg(), "derriere"), SECOND, SECOND, rng), 1.0)


def runs(score: Score, rng: Rng) -> None:
    """Run in tiny steps on the toes along a curve, arms trailing or lifted, and stop in a pose."""
    carried = (
        (BEHIND_LOW, BEHIND_LOW),
        (ALLONGE_SIDE, ALLONGE_SIDE),
        (AHEAD, BEHIND),
        (EN_BAS, EN_BAS),
        (ALLONGE_UP, ALLONGE_UP),
        (FIFTH_FRONT, FIFTH_FRONT),
    )
    left, right = one_of(rng, carried)
    pace, length = score.beats(rng.uniform(0.14, 0.24)), rng.uniform(0.2, 0.4)
    curve, chest = rng.uniform(-0.25, 0.25), rng.uniform(-0.2, 0.15)
    score.to(arms(stand("fourth", sink=0.06), left, right, rng), 1.0, turn=rng.uniform(-1.0, 1.0))
    for step in range(int(rng.integers(8, 20))):
        body = posed(
            stand("first", sink=0.05, turnout=0.4),
            left_foot=(0.07, 0.0, 0.16, 0.4, 0.5, 0.4),
            right_foot=(-0.07, 0.10, -0.20, -0.4, 1.2, -0.4),
        )
        body[7] += chest
        lead = 1 if step % 2 == 0 else -1
        body = arms(body if lead > 0 else mirrored(body), left, right, rng)
        score.to(body, pace, "even", travel=(0.0, length), turn=curve, lead=lead)
    score.to(faced(paired(tendu(on_one_leg(), one_of(rng, _CROSS)), rng), rng), score.beats(0.6))
    score.hold(rng.uniform(0.5, 2.5))


def reverence(score: Score, rng: Rng) -> None:
    """Open an arm, step aside, bow or kneel."""
    score.to(arms(stand("first"), FIRST, FIRST, rng), 1.0)
    score.to(arms(tendu(on_one_leg(), "derriere"), SECOND, SECOND, rng), 2.0, travel=(-0.3, 0.0))
    low = kneel() if rng.random() < 0.4 else tendu(on_one_leg(sink=0.16), "derriere")
    low = low.copy()
    low[7] += rng.uniform(0.15, 0.5)
    low[10] += 0.25
    left, right = one_of(
        rng, ((SECOND, SECOND), (EN_BAS, SECOND), (CROSSED_LOW, SECOND), (FIRST, BEHIND))
    )
    score.to(arms(low, left, right, rng), 2.0)
    score.hold(rng.uniform(0.3, 1.5))
    score.to(arms(stand("fifth"), SECOND, SECOND, rng), 2.0)


def stillness(score: Score, rng: Rng) -> None:
    """Stand and wait for the music in a pose."""
    pose = stand("fifth") if rng.random() < 0.4 else tendu(on_one_leg(), one_of(rng, _CROSS))
    score.to(faced(paired(pose, rng), rng), 1.5)
    score.hold(rng.uniform(1.0, 4.0))
