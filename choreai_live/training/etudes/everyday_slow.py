"""Standing at ease, and what is done slowly: stretching, yoga, tai chi."""

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.grooves import (
    foot,
    near,
)
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import (
    STANDING,
    gesture,
    other,
    posed,
)


def at_ease(rng: Rng) -> Array:
    """Return somebody who stands, weight on one leg."""
    side = rng.normal(0.0, 0.04)
    hang = near(rng, 0.08, -0.5, 0.06, (0.5, 0.0, -0.8))
    return posed(
        STANDING,
        hips=(side, -rng.uniform(0.0, 0.03), 0.0),
        pelvis=(rng.normal(0, 0.15), 0.0, -side),
        spine=(rng.normal(0, 0.1), rng.normal(0.06, 0.08), side),
        head=tuple(rng.normal((0.0, 0.08, 0.0), (0.25, 0.12, 0.06))),
        left_arm=hang,
        right_arm=other(near(rng, 0.08, -0.5, 0.06, (0.5, 0.0, -0.8))),
        left_foot=foot(rng.uniform(0.06, 0.2), rng.normal(0, 0.06)),
        right_foot=(-rng.uniform(0.06, 0.2), 0.0, rng.normal(0.1, 0.06), -0.2, 0.0, -0.2),
    )


def again(body: Array, rng: Rng) -> Array:
    """Return the same stance with the head and the trunk elsewhere."""
    return posed(
        body,
        spine=tuple(rng.normal((0.0, 0.08, 0.0), (0.15, 0.08, 0.05))),
        head=tuple(rng.normal((0.0, 0.08, 0.0), (0.35, 0.15, 0.07))),
    )


def go(
    score: Score, body: Array, seconds: float, easing: str = "sustained", turn: float = 0.0
) -> None:
    """Write: be in ``body`` after some seconds; daily life keeps no beat."""
    score.to(body, score.beats(seconds), easing, turn=turn)


def held(rng: Rng) -> tuple[float, ...]:
    """Return a left arm as it is held in daily life."""
    places = (
        near(rng, 0.0, 0.14, 0.10, (0.8, -0.6, 0.2)),  # phone at the ear, hand at the face
        near(rng, -0.08, -0.18, 0.26),  # phone or cup before the chest
        near(rng, -0.05, -0.30, 0.25),  # at a table
        near(rng, 0.08, -0.36, 0.05, (1.0, -0.1, -0.5)),  # on the hip
        near(rng, -0.25, -0.22, 0.22),  # arms folded
        near(rng, -0.05, -0.40, -0.15, (0.9, 0.0, -0.5)),  # behind the back
        near(rng, 0.08, -0.5, 0.05, (0.5, 0.0, -0.8)),  # hanging
        near(rng, 0.05, -0.42, 0.12, (0.7, 0.0, -0.8)),  # in a pocket
    )
    return places[int(rng.integers(len(places)))]


def stretch(score: Score, rng: Rng) -> None:
    """Stretch: arms up, aside, to the toes, a lunge; hold."""
    up, aside = near(rng, 0.05, 0.5, 0.0, (1, 0, 0)), near(rng, 0.5, 0.0, 0.0)
    down = near(rng, 0.05, -0.3, 0.4)
    stand = at_ease(rng)
    bend, twist, lean = rng.uniform(0.4, 0.9), rng.normal(0, 0.6), rng.uniform(0.3, 0.6)
    bowed = posed(stand, pelvis=(0.0, 0.7, 0.0), spine=(0.0, bend, 0.0), hips=(0.0, 0.0, -0.2))
    pulled, pulling = near(rng, -0.35, 0.0, 0.3), other(near(rng, -0.1, 0.0, 0.2))
    bodies = (
        posed(stand, left_arm=up, right_arm=other(up), spine=(0.0, -0.1, 0.0)),
        posed(stand, left_arm=up, right_arm=other(held(rng)), spine=(0.0, 0.0, lean)),
        posed(bowed, left_arm=down, right_arm=other(down)),
        posed(stand, left_arm=aside, right_arm=other(aside), spine=(twist, 0.0, 0.0)),
        posed(stand, left_arm=pulled, right_arm=pulling),
    )
    body = bodies[int(rng.integers(len(bodies)))]
    go(score, body, rng.uniform(1.0, 2.5))
    score.hold(score.beats(rng.uniform(0.5, 4.0)))
    if rng.random() < 0.5:
        go(score, stand, rng.uniform(0.8, 1.5))


def yoga(score: Score, rng: Rng) -> None:
    """Hold a pose: tree, warriors, chair, triangle, dog; breathe."""
    aside, up = near(rng, 0.52, 0.03, 0.0), near(rng, -0.05, 0.5, 0.05, (1, 0, 0))
    palms = near(rng, -0.15, -0.15, 0.2, (1, -0.2, 0))
    high = posed(STANDING, left_arm=up, right_arm=other(up))
    wide = posed(
        STANDING,
        hips=(rng.uniform(0.0, 0.2), -rng.uniform(0.1, 0.4), 0.0),
        head=(1.0, 0.0, 0.0),
        left_arm=aside,
        right_arm=other(aside),
        left_foot=foot(0.45, 0.0, yaw=1.3),
        right_foot=(-0.5, 0.0, 0.1, -0.2, 0.0, -0.2),
    )
    bodies = [
        posed(wide, spine=(0.0, 0.0, 0.0)),  # warrior
        posed(wide, hips=(-0.1, 0.0, 0.0), spine=(0.2, 0.0, -0.9), pelvis=(0.0, 0.0, -0.4)),
        posed(high, hips=(0.0, -0.3, -0.2), spine=(0.0, 0.4, 0.0)),  # chair
        gesture(posed(high, pelvis=(0.0, 1.2, 0.0)), 1, 180.0, -10.0),
    ]
    hands = up if rng.random() < 0.5 else palms
    tree = posed(STANDING, hips=(-0.08, 0.0, 0.0), left_arm=hands, right_arm=other(hands))
    bodies.append(posed(tree, left_foot=(0.05, rng.uniform(0.2, 0.5), 0.1, 0.9, 0.9, 1.3)))
    dog = posed(high, tumble=(1.9, 0.0), ground=1.0)
    for side in (1, -1):
        dog = gesture(dog, side, 0.0, -15.0 + rng.normal(0, 5), 0.03)
    bodies.append(dog)
    body = bodies[int(rng.integers(len(bodies)))]
    go(score, body, rng.uniform(1.5, 3.0))
    score.hold(score.beats(rng.uniform(1.0, 6.0)))


def tai_chi(score: Score, rng: Rng) -> None:
    """Shift the weight slowly from foot to foot, pushing and parting the hands."""
    for _ in range(int(rng.integers(2, 5))):
        side = float(rng.choice((-1, 1)))
        body = posed(
            STANDING,
            hips=(0.14 * side, -rng.uniform(0.08, 0.25), 0.0),
            pelvis=(rng.normal(0, 0.4), 0.0, 0.0),
            left_arm=near(rng, *rng.uniform((-0.25, -0.3, 0.15), (0.35, 0.15, 0.42))),
            right_arm=other(near(rng, *rng.uniform((-0.25, -0.3, 0.15), (0.35, 0.15, 0.42)))),
            left_foot=foot(0.3, rng.normal(0, 0.1), yaw=0.4),
            right_foot=(-0.3, 0.0, rng.normal(0.1, 0.1), -0.4, 0.0, -0.4),
        )
        go(score, body, rng.uniform(2.0, 4.0), str(rng.choice(("sustained", "swing"))))
