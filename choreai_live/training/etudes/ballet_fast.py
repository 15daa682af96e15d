"""Ballet that turns, jumps and travels.

Vocabulary after Grant (1982) and, for how allegro steps push off and land,
Beaumont & Idzikowski, "The Cecchetti Method of Classical Ballet" (2003).
"""

from math import pi

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.ballet_postures import (
    AHEAD,
    AHEAD_HIGH,
    AKIMBO,
    ALLONGE_SIDE,
    ALLONGE_UP,
    BEHIND,
    DEMI_SECOND,
    EN_BAS,
    FIFTH,
    FIRST,
    SECOND,
    arms,
    attitude,
    faced,
    kneel,
    on_one_leg,
    paired,
    passe,
    stand,
    tendu,
)
from choreai_live.training.etudes.phrasing import Rng, Score, one_of
from choreai_live.training.etudes.postures import STRETCH, gesture, mirrored, posed


def _spun(score: Score, body: Array, turns: float, seconds_each: float) -> None:
    """Turn on the spot in a posture, even after a quick start."""
    beats = score.beats(abs(turns) * seconds_each)
    pieces = max(round(abs(turns) * 2), 1)
    for _ in range(pieces):
        score.to(body, beats / pieces, "even", turn=2 * pi * turns / pieces, lead=0)


def pirouette(score: Score, rng: Rng) -> None:
    """From fourth, turn on the right toes, the left foot at the knee; land in fourth or fifth."""
    prepare = arms(stand("fourth", sink=rng.uniform(0.12, 0.2)), FIRST, SECOND, rng)
    score.to(arms(tendu(on_one_leg(), "seconde"), SECOND, SECOND, rng), 1.0)
    score.to(prepare, rng.uniform(0.8, 1.5))
    poses = (
        passe(on_one_leg(rise=1.0)),
        passe(on_one_leg(rise=1.0)),
        passe(on_one_leg(rise=1.0)),
        attitude(on_one_leg(rise=1.0), height=-12.0),
        tendu(on_one_leg(rise=1.0), "seconde", rng.uniform(-40.0, 0.0)),
        tendu(on_one_leg(rise=1.0), "derriere", rng.uniform(-40.0, -20.0)),
    )
    left, right = one_of(
        rng, ((FIRST, FIRST), (FIRST, FIRST), (FIFTH, FIFTH), (FIFTH, FIRST), (EN_BAS, EN_BAS))
    )
    pose = arms(one_of(rng, poses), left, right, rng)
    way = float(rng.choice([1.0, 1.0, -1.0]))
    score.to(pose, score.beats(0.22), "float", turn=way * 0.9, lead=0)
    turns = float(rng.choice([1.0, 1.0, 2.0, 3.0]))
    _spun(score, pose, way * (turns - 0.9 / (2 * pi)), rng.uniform(0.5, 0.95))
    end = stand("fourth", sink=0.15) if rng.random() < 0.6 else stand("fifth", sink=0.12)
    if rng.random() < 0.15:
        end = kneel()
    score.to(paired(end, rng), score.beats(0.4))
    score.hold(rng.uniform(0.3, 1.5))


def chaines(score: Score, rng: Rng) -> None:
    """Chain half turns from foot to foot, on the toes, along a line."""
    high = stand("first", rise=1.0)
    half = score.beats(rng.uniform(0.24, 0.42))
    length = rng.uniform(0.15, 0.35)
    score.to(arms(tendu(on_one_leg(sink=0.1), "devant"), FIRST, SECOND, rng), 1.0)
    sign = 1.0
    for step in range(2 * int(rng.integers(2, 5))):
        body = arms(high, FIRST, FIRST, rng)
        foot = 25 if step % 2 == 0 else 31  # lift of the foot that steps
        body[foot] = 0.04
        body[STRETCH] = 0.0
        score.to(body, half, "even", travel=(sign * length, 0.0), turn=pi, lead=0)
        sign = -sign
    end = tendu(on_one_leg(), "derriere") if rng.random() < 0.5 else stand("fourth", sink=0.1)
    score.to(paired(end, rng), score.beats(0.5))
    score.hold(rng.uniform(0.3, 1.5))


def pique_turns(score: Score, rng: Rng) -> None:
    """Step out onto the toes and turn, again and again."""
    pose = passe(on_one_leg(rise=1.0), low=bool(rng.random() < 0.3))
    if rng.random() < 0.2:
        pose = attitude(on_one_leg(rise=1.0))
    turn = rng.uniform(0.5, 0.8)
    for _ in range(int(rng.integers(2, 5))):
        score.to(
            arms(tendu(on_one_leg(sink=0.12), "devant"), FIRST, SECOND, rng), score.beats(0.35)
        )
        held = arms(pose, FIRST, FIRST, rng)
        score.to(held, score.beats(0.2), "float", travel=(-0.3, 0.2), turn=-0.8, lead=0)
        _spun(score, held, -1.0 + 0.8 / (2 * pi), turn)
    score.to(paired(stand("fourth", sink=0.12), rng), score.beats(0.4))


def soutenu(score: Score, rng: Rng) -> None:
    """Draw the legs together on the toes and turn once round."""
    score.to(arms(tendu(on_one_leg(sink=0.15), "seconde"), SECOND, SECOND, rng), 1.0)
    high = arms(stand("fifth", rise=1.0), *one_of(rng, ((FIRST, FIRST), (FIFTH, FIFTH))), rng)
    score.to(high, score.beats(0.3))
    _spun(score, high, float(rng.choice([-1.0, 1.0])), rng.uniform(0.7, 1.2))
    score.to(arms(stand("fifth", sink=0.1), SECOND, SECOND, rng), 1.0)


def fouettes(score: Score, rng: Rng) -> None:
    """Whip the leg from the front to the side into turn after turn, or turn in second."""
    whip = rng.random() < 0.6
    each = rng.uniform(0.55, 0.8)
    score.to(arms(stand("fourth", sink=0.18), FIRST, SECOND, rng), 1.0)
    for _ in range(int(rng.integers(3, 8))):
        if whip:
            out = arms(tendu(on_one_leg(sink=0.12), "seconde", -25.0), SECOND, SECOND, rng)
            score.to(out, score.beats(0.3))
            held = arms(passe(on_one_leg(rise=1.0)), FIRST, FIRST, rng)
            score.to(held, score.beats(0.15), "float", turn=0.9, lead=0)
            _spun(score, held, 1.0 - 0.9 / (2 * pi), each)
        else:
            sunk = arms(tendu(on_one_leg(sink=0.1), "seconde", -8.0), SECOND, SECOND, rng)
            held = arms(tendu(on_one_leg(rise=1.0), "seconde", -5.0), FIRST, FIRST, rng)
            score.to(sunk, score.beats(0.25), lead=0)
            score.to(held, score.beats(0.2), turn=1.0, lead=0)
            _spun(score, held, 1.0 - 1.0 / (2 * pi), each)
    score.to(paired(stand("fourth", sink=0.15), rng), score.beats(0.4))
    score.hold(rng.uniform(0.3, 1.0))


def bourree(score: Score, rng: Rng) -> None:
    """Skim on the toes with tiny steps, arms moving slowly above."""
    pace = 1.0 / score.beats(rng.uniform(0.09, 0.14))
    steps = int(pace * rng.uniform(3.0, 6.0))
    drift = rng.uniform(-0.09, 0.09)
    turn = rng.uniform(-0.05, 0.05)
    path = [
        one_of(
            rng,
            (
                (FIRST, FIRST),
                (FIFTH, FIFTH),
                (SECOND, SECOND),
                (FIFTH, SECOND),
                (ALLONGE_UP, ALLONGE_SIDE),
                (EN_BAS, EN_BAS),
            ),
        )
        for _ in range(3)
    ]
    start = arms(stand("fifth", rise=1.0), EN_BAS, EN_BAS, rng)
    score.to(start, 0.7)
    marks = [arms(start, *pair, rng) for pair in path]
    marks.insert(0, start)
    for step in range(steps):
        where = step / steps * 3.0
        index = int(where)
        body = marks[index] + (marks[index + 1] - marks[index]) * (where - index)
        body[25 if step % 2 else 31] = 0.035
        body[STRETCH] = 0.0
        score.to(body, 1.0 / pace, "even", travel=(drift, 0.0), turn=turn, lead=0)


def balances(score: Score, rng: Rng) -> None:
    """Waltz: down, up, down from side to side, arms and head following."""
    length = rng.uniform(0.25, 0.6)
    left, right = one_of(
        rng, ((FIFTH, SECOND), (SECOND, FIRST), (ALLONGE_UP, ALLONGE_SIDE), (SECOND, SECOND))
    )
    down = posed(
        stand("second", sink=0.13, over=0.10), right_foot=(-0.04, 0.0, -0.06, -0.9, 0.8, -0.8)
    )
    down = arms(faced(down, rng), left, right, rng)
    down[8] += rng.uniform(-0.05, 0.25)
    high = arms(stand("fifth", rise=0.9), FIRST, FIRST, rng)
    third = score.beats(rng.uniform(0.28, 0.4)) if rng.random() < 0.5 else 1.0
    for index in range(4):
        body = down if index % 2 == 0 else mirrored(down)
        sign = 1.0 if index % 2 == 0 else -1.0
        score.to(body, third, travel=(sign * length, 0.0))
        score.to(high, third * 0.8)
        score.to(body, third)


def small_jumps(score: Score, rng: Rng) -> None:
    """Sautés, changements, échappés, entrechats, soubresauts: straight up, feet pointed."""
    name = one_of(rng, ("first", "second", "fifth", "change", "escape", "beat"))
    beats = float(rng.choice([1.0, 1.0, 2.0]))
    height = rng.uniform(0.10, 0.30)
    left, right = one_of(
        rng,
        (
            (EN_BAS, EN_BAS),
            (DEMI_SECOND, DEMI_SECOND),
            (SECOND, SECOND),
            (FIRST, FIRST),
            (AKIMBO, AKIMBO),
        ),
    )
    opening = "fifth" if name in ("change", "escape", "beat") else name
    low = arms(stand(opening, sink=0.2), left, right, rng)
    score.to(low, 1.0)
    for index in range(int(rng.integers(4, 9))):
        position = opening
        if name == "escape":
            position = "second" if index % 2 == 0 else "fifth"
        air = arms(_pointed(stand(position)), left, right, rng)
        land = arms(stand(position, sink=rng.uniform(0.14, 0.22)), left, right, rng)
        if name in ("change", "beat") and index % 2 == 0:
            land = _feet_swapped(land)
        score.jump(air, land, beats, height)
    score.to(arms(stand(opening), EN_BAS, EN_BAS, rng), 1.0)


def sissonnes(score: Score, rng: Rng) -> None:
    """Sissonnes, assemblés and temps levés: off one or two feet, the legs opening in the air."""
    name = one_of(rng, ("sissonne", "assemble", "temps leve", "ballonne"))
    height = rng.uniform(0.12, 0.28)
    for _ in range(int(rng.integers(2, 5))):
        score.to(arms(stand(sink=0.2), FIRST, FIRST, rng), 1.0)
        if name == "assemble":
            air = gesture(_pointed(stand()), 1, 78.0, rng.uniform(-50.0, -25.0), out=1.1)
            land = stand(sink=0.2)
            score.jump(
                arms(air, SECOND, SECOND, rng),
                arms(land, SECOND, EN_BAS, rng),
                1.0,
                height,
                travel=(0.25, 0.0),
            )
            continue
        direction = one_of(rng, ("derriere", "derriere", "seconde"))
        line = one_of(
            rng,
            ((BEHIND, AHEAD), (AHEAD, ALLONGE_SIDE), (SECOND, FIFTH), (ALLONGE_SIDE, AHEAD_HIGH)),
        )
        open_leg = tendu(on_one_leg(), direction, rng.uniform(-45.0, -15.0))
        air = arms(_right_pointed(open_leg), *line, rng)
        land = arms(tendu(on_one_leg(sink=0.18), direction, -45.0), *line, rng)
        if name == "ballonne":
            land = arms(passe(on_one_leg(sink=0.18), low=True), *line, rng)
        score.jump(
            air,
            land,
            1.0,
            height,
            travel=(0.0, 0.0 if name == "temps leve" else rng.uniform(0.2, 0.6)),
        )
        if name == "temps leve":
            score.jump(air, land, 1.0, height, travel=(0.0, 0.25))


def jetes(score: Score, rng: Rng) -> None:
    """Petits jetés from foot to foot, coupé behind; pas de chat; emboîtés."""
    name = one_of(rng, ("jete", "jete", "pas de chat", "emboite"))
    height = rng.uniform(0.10, 0.25)
    drift = rng.uniform(0.0, 0.3)
    left, right = one_of(
        rng,
        ((FIRST, SECOND), (SECOND, FIRST), (EN_BAS, DEMI_SECOND), (SECOND, SECOND), (FIRST, FIFTH)),
    )
    score.to(arms(stand(sink=0.18), left, right, rng), 1.0)
    for index in range(2 * int(rng.integers(2, 4))):
        land = passe(on_one_leg(sink=0.17), low=True)
        if name == "emboite":
            land = posed(land, left_foot=(0.02, 0.22, 0.22, 0.3, 1.1, 0.9))
            air = _right_pointed(posed(land, right_foot=(-0.06, 0.12, 0.18, -0.3, 1.1, -0.9)))
        elif name == "pas de chat":
            air = posed(passe(stand("first")), right_foot=(0.01, 0.40, 0.09, -0.45, 1.25, -1.35))
            land = stand(sink=0.18)
        else:
            air = _right_pointed(gesture(stand("first"), -1, 75.0, -40.0, out=1.1))
        land, air = arms(land, left, right, rng), arms(air, left, right, rng)
        if index % 2:
            land, air = mirrored(land), mirrored(air)
        sign = 1.0 if index % 2 == 0 else -1.0
        score.jump(air, land, 1.0, height, travel=(sign * drift, 0.1))


def grand_jete(score: Score, rng: Rng) -> None:
    """Run and leap with the legs split; land in arabesque or attitude."""
    heading = float(rng.choice([0.0, 0.9, -0.9, 1.4, -1.4]))
    running = score.beats(rng.uniform(0.25, 0.4))
    steps = int(rng.integers(2, 5))
    for step in range(steps):
        body = posed(
            stand("first", sink=0.08),
            left_foot=(0.06, 0.0, 0.25, 0.4, 0.2, 0.4),
            right_foot=(-0.06, 0.10, -0.28, -0.4, 1.3, -0.4),
        )
        body = arms(body, DEMI_SECOND, DEMI_SECOND, rng)
        body = body if step % 2 == 0 else mirrored(body)
        score.to(
            body,
            running,
            "even",
            travel=(0.0, 0.55),
            turn=heading if step == 0 else 0.0,
            lead=1 if step % 2 == 0 else -1,
        )
    push = posed(
        stand("first", sink=0.17),
        left_foot=(0.06, 0.0, 0.2, 0.5, 0.0, 0.5),
        right_foot=(-0.06, 0.05, -0.25, -0.5, 1.2, -0.5),
    )
    push = push if steps % 2 == 0 else mirrored(push)
    score.to(
        arms(push, FIRST, FIRST, rng), running, travel=(0.0, 0.4), lead=1 if steps % 2 == 0 else -1
    )
    air = gesture(
        stand("first"),
        1,
        172.0,
        rng.uniform(-35.0, -2.0),
        float(rng.choice([0.0, 0.0, 0.25])),
        out=1.3,
    )
    air = gesture(air, -1, 8.0, rng.uniform(-30.0, 2.0), out=0.8)
    air[4], air[7] = 0.12, -0.22
    line = one_of(
        rng,
        (
            (BEHIND, AHEAD),
            (ALLONGE_UP, ALLONGE_UP),
            (SECOND, FIFTH),
            (FIFTH, FIFTH),
            (ALLONGE_SIDE, AHEAD_HIGH),
        ),
    )
    land = tendu(on_one_leg(sink=0.16), "derriere", -38.0)
    score.jump(
        arms(air, *line, rng),
        arms(land, *line, rng),
        score.beats(0.75),
        rng.uniform(0.3, 0.55),
        travel=(0.0, rng.uniform(0.9, 1.6)),
    )
    if rng.random() < 0.5:
        score.to(arms(tendu(on_one_leg(), "derriere"), *line, rng), 1.0)
        score.hold(rng.uniform(0.3, 1.5))
    score.to(arms(stand(), SECOND, SECOND, rng), 1.0, turn=-heading)


def tours(score: Score, rng: Rng) -> None:
    """Tours en l'air: straight up from fifth, once or twice round, land in fifth or on a knee."""
    score.to(arms(stand("fifth", sink=0.2), FIRST, SECOND, rng), 1.0)
    air = arms(_pointed(stand("fifth")), FIRST, FIRST, rng)
    way = float(rng.choice([-1.0, 1.0])) * 2 * pi * float(rng.choice([1.0, 1.0, 2.0]))
    land = arms(stand("fifth", sink=0.2), SECOND, SECOND, rng)
    score.jump(air, land, score.beats(0.75), rng.uniform(0.35, 0.55), turn=way)
    end = kneel() if rng.random() < 0.3 else stand("fifth")
    score.to(paired(end, rng), 1.0)
    score.hold(rng.uniform(0.5, 1.5))


def glissade(score: Score, rng: Rng) -> None:
    """Glissades, pas de bourrée and chassés: low steps that join the jumps."""
    name = one_of(rng, ("glissade", "pas de bourree", "chasse"))
    left, right = one_of(rng, ((DEMI_SECOND, DEMI_SECOND), (FIRST, SECOND), (SECOND, SECOND)))
    length = rng.uniform(0.3, 0.6)
    for _ in range(int(rng.integers(1, 4))):
        score.to(arms(stand(sink=0.16), left, right, rng), 0.6)
        if name == "pas de bourree":
            high = arms(stand(rise=0.9), left, right, rng)
            score.to(posed(high, right_foot=(0.06, 0.0, -0.05, -0.9, 0.8, -0.9)), 0.5, lead=-1)
            score.to(
                arms(stand("second", rise=0.9), left, right, rng), 0.5, travel=(length / 2, 0.0)
            )
        else:
            wide = _pointed(stand("second"))
            far = (length, 0.0) if name == "glissade" else (0.0, length)
            score.jump(
                arms(wide, left, right, rng),
                arms(stand(sink=0.15), left, right, rng),
                1.0,
                0.06,
                travel=far,
            )
    score.to(arms(stand(), left, right, rng), 0.5)


def _pointed(body: Array) -> Array:
    """Let both feet hang stretched in the air."""
    body = body.copy()
    body[[28, 34]] = 1.25
    body[[25, 31]] = -0.11
    return body


def _right_pointed(body: Array) -> Array:
    body = body.copy()
    body[34], body[31] = 1.25, -0.11
    return body


def _feet_swapped(body: Array) -> Array:
    """Return the posture with the other foot in front."""
    result = body.copy()
    result[24:36] = mirrored(body)[24:36]
    return result
