"""Folk and national dances, and contemporary dance.

Irish step dance after O'Keeffe & O'Brien, "A Handbook of Irish Dances" (1902);
flamenco after Grut, "The Bolero School" and the common terms (braceo,
zapateado, vuelta); contemporary after Laban, "Effort" (1947): reach, fall,
spiral, contraction, in free time.
"""

from math import pi
from typing import Final

from choreai_live.training.etudes.grooves import (
    alternating,
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
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import STANDING, arm, gesture, other, posed
from choreai_live.training.etudes.show_dances import ON_THE_HIP, step_touch, sway, upright


def irish(score: Score, rng: Rng) -> None:
    """Keep the arms at the sides and the feet crossed, on the toes: hops, cuts, kicks."""
    side = near(rng, 0.04, -0.53, -0.02, (0.3, 0.0, -1.0))
    unit = pick(rng, 0.5, 0.5, 1)
    places = (
        foot(-0.02, 0.10, yaw=0.8, heel=0.7), foot(0.02, -0.08, yaw=0.8, heel=0.7),
        foot(-0.05, 0.45, rng.uniform(0.2, 0.8), yaw=0.5, heel=0.8),
        foot(0.0, 0.25, 0.3, yaw=0.6, heel=0.9), foot(0.05, -0.30, 0.35, yaw=0.4, heel=1.6),
        foot(-0.02, 0.30, yaw=0.6, heel=0.7),
    )  # fmt: skip
    count = int(rng.choice((4, 6, 8)))
    chosen = [int(rng.integers(6 if i % 2 else 2)) for i in range(count)]
    row = [(i * unit, places[place]) for i, place in enumerate(chosen)]
    legs = steps(count * unit, row, 0.9, arc=0.1)
    hop = rng.uniform(0.02, 0.08)
    dance = legs + arms(4, [(0, side)]) + upright(rng, 0.0)
    dance += groove(hips=pulsed((0.0, hop, 0.0), unit, unit / 2), pelvis=swung((0.06, 0.0, 0.0), 4))
    perform(score, dance, 8.0)


def flamenco(score: Score, rng: Rng) -> None:
    """Curve the arms up and round, lift the chest, drum with the feet or mark, turn."""
    fifth = near(rng, 0.02, 0.45, 0.10, (1.0, 0.2, 0.3))
    second = near(rng, 0.35, rng.uniform(-0.1, 0.1), 0.15, (0.3, 0.4, -0.6))
    front = near(rng, -0.15, -0.1, 0.3, (1.0, 0.1, 0.1))
    low = near(rng, 0.15, -0.35, -0.1, (0.8, 0.0, -0.6))
    places = (fifth, second, front, low, ON_THE_HIP)
    count = int(rng.integers(2, 4))
    period = 4.0 * count
    left, right = (
        [(4.0 * i, places[int(rng.integers(5))]) for i in range(count)] for _ in range(2)
    )
    hands = arms(period, left, right, 1.0)
    unit = pick(rng, 0.25, 0.5, 1.0)
    high, far = rng.uniform(0.02, 0.15), rng.uniform(-0.05, 0.15)
    legs = steps(2 * unit, [(0, foot(0.09, far)), (unit, foot(0.09, 0.02, high, heel=0.5))], 1.0)
    dance = legs + hands + groove(
        hips=still((0.0, -rng.uniform(0.02, 0.12), 0.0)),
        spine=still((rng.normal(0.0, 0.2), -rng.uniform(0.05, 0.3), rng.normal(0.0, 0.1))),
        pelvis=swung((0.2, 0.0, 0.06), 8),
        head=swung((0.5, 0.0, 0.0), 8, rng.uniform(0, 8)),
    )  # fmt: skip
    perform(score, dance, 8.0, 2.0)
    if rng.random() < 0.4:
        body = posed(score.body, left_arm=fifth, right_arm=other(fifth))
        score.to(body, 3.0, "swing", turn=2 * pi, lead=0)


def bhangra(score: Score, rng: Rng) -> None:
    """Hop with a knee up, arms high, shoulders bouncing; film dances of India, dabke, polka."""
    period, high = pick(rng, 1, 2), rng.uniform(0.1, 0.4)
    knee = foot(0.2, 0.2, high, heel=0.5, knee=0.6)
    legs = steps(2 * period, [(0, foot(0.13, 0.0)), (period, knee)], 1.0)
    up, down = near(rng, 0.25, 0.40, 0.1), near(rng, 0.3, rng.uniform(-0.1, 0.3), 0.15)
    choice = rng.random()
    if choice < 0.4:
        hands = arms(period, [(0, up), (period / 2, down)])
    elif choice < 0.7:
        hands = alternating(2 * period, [(0, up), (period, down)])
    else:
        hands = arms(2 * period, [(0, up), (period, down)], [(0, ON_THE_HIP)])
    hop = rng.uniform(0.03, 0.09)
    dance = legs + hands + sway(rng) + groove(
        hips=pulsed((0.0, -hop, 0.0), period / 2),
        spine=swung((0.0, 0.08, 0.05), period / 2),
    )  # fmt: skip
    perform(score, dance, 8.0)


def hands_joined(score: Score, rng: Rng) -> None:
    """Join hands at the sides or shoulders; step across and behind, hop: circle dances."""
    hand = near(rng, 0.35, pick(rng, -0.35, -0.1, 0.05), 0.08)
    unit, far = pick(rng, 0.5, 1), rng.uniform(0.08, 0.2)
    out, swing = foot(0.1 + far, 0.0), foot(0.05, 0.15, pick(rng, 0.0, 0.15))
    dance = (
        steps(4 * unit, [(0, out), (unit, out), (2 * unit, swing)], 0.9)
        + arms(4, [(0, hand)])
        + upright(rng)
    )
    dance += groove(hips=pulsed((0.0, -rng.uniform(0.01, 0.05), 0.0), unit))
    perform(score, dance, 8.0)


def belly(score: Score, rng: Rng) -> None:
    """Drop, circle and shimmy the hips under a quiet chest; snake the arms."""
    period, size = pick(rng, 0.5, 1, 2, 4), rng.uniform(0.4, 1.2)
    size *= min(period, 1.5) / 1.5
    places = (near(rng, 0.45, 0.05, 0.1), near(rng, 0.35, -0.15, 0.25), near(rng, 0.1, 0.45, 0.05),
              near(rng, 0.25, 0.2, 0.25), near(rng, -0.05, -0.05, 0.35))  # fmt: skip
    left, right = ([(4.0 * i, places[int(rng.integers(5))]) for i in range(2)] for _ in range(2))
    at = foot(0.1, 0.0, yaw=0.3)
    legs = steps(2, [(0, at), (1, (*at[:4], rng.uniform(0.0, 0.5), at[5]))], 1.0)
    quarter = period / 4
    hips = groove(
        hips=swung((0.06 * size, 0.0, 0.0), period),
        pelvis=swung((0.1 * size, 0.0, -0.25 * size), period),
        spine=swung((-0.1 * size, 0.0, 0.25 * size), period),
    ) + groove(
        hips=swung((0.0, 0.0, 0.04 * size), period, quarter),
        pelvis=swung((0.0, 0.15 * size, 0.0), period, quarter),
        spine=swung((0.0, -0.15 * size, 0.0), period, quarter),
    )
    hands = arms(8, left, right, 1.0)
    snake = (0.0, 0.1, 0.0, 0.0, 0.25, 0.0)
    wave = groove(left_arm=swung(snake, 2), right_arm=swung(snake, 2, 1))
    perform(score, legs + hips + hands + wave + upright(rng, 0.08), 8.0)


# ---------------------------------------------------------------- contemporary


def _far(rng: Rng) -> tuple[float, ...]:
    """Return a left arm that reaches anywhere, hardly bent or much."""
    out, up, fore_out, fore_up = rng.uniform((-20, -70, -40, -60), (150, 85, 150, 90))
    return arm(out, up, 0.5 * (out + fore_out), 0.5 * (up + fore_up))


def flowing(score: Score, rng: Rng) -> None:
    """Reach, spiral, contract, fall and recover, in free time."""
    for _ in range(int(rng.integers(2, 5))):
        low = float(rng.choice((0.02, 0.05, 0.2, 0.4)))
        contracted = rng.uniform(-0.4, 0.7)
        side = rng.normal(0.0, 0.12)
        body = posed(
            STANDING,
            hips=(side, -low, 0.0),
            pelvis=(rng.normal(0, 0.3), 0.4 * contracted, rng.normal(0, 0.12)),
            spine=(rng.normal(0, 0.5), 0.6 * contracted, rng.normal(0, 0.35)),
            head=tuple(rng.normal(0.0, (0.4, 0.3, 0.2))),
            left_arm=_far(rng),
            right_arm=other(_far(rng)),
            left_foot=foot(rng.uniform(0.05, 0.5), rng.normal(0, 0.2), yaw=rng.uniform(0, 0.8)),
            right_foot=(-rng.uniform(0.05, 0.4), 0.0, rng.normal(0.1, 0.2), -0.4, 0.3, -0.4),
        )
        if rng.random() < 0.3:
            body = gesture(body, 1, rng.uniform(0, 180), rng.uniform(-60, 10), rng.uniform(0, 0.5))
        if rng.random() < 0.15:
            pitch = pick(rng, -1, 1) * rng.uniform(0.8, 1.5)
            body = posed(body, tumble=(pitch, rng.normal(0, 0.4)), ground=1.0)
        else:
            body = posed(body, ground=1.0 if low > 0.3 else 0.0)
        beats = rng.uniform(0.7, 4.0)
        easing = str(rng.choice(("sustained", "swing", "float", "drop")))
        turn = float(rng.choice((0, 0, 0, 0.5, -0.5, 1, -1, 2))) * pi
        score.to(body, beats, easing, turn=turn, travel=tuple(rng.normal(0.0, 0.3, 2)))
        score.hold(pick(rng, 0, 0, 0.5, 1.5))


def roll(score: Score, rng: Rng) -> None:
    """Go to the floor, roll or lie, reach, and come up."""
    sit = posed(STANDING, hips=(0.0, -0.5, -0.1), spine=(0.0, 0.5, 0.0), ground=1.0)
    score.to(sit, rng.uniform(1, 2), lead=0)
    for _ in range(int(rng.integers(1, 4))):
        body = posed(
            STANDING,
            spine=tuple(rng.normal(0.0, (0.3, 0.3, 0.2))),
            left_arm=_far(rng),
            right_arm=other(_far(rng)),
            tumble=(float(rng.choice((-1.4, 1.4, -0.8))), rng.normal(0.0, 0.3)),
            ground=1.0,
        )
        for side in (1, -1):
            outward, upward, fold = rng.uniform((0, -85, 0), (120, -10, 0.6))
            body = gesture(body, side, outward, upward, fold)
        score.to(body, rng.uniform(1.0, 3.0), "swing", turn=rng.normal(0.0, 1.5), lead=0)
    score.to(sit, rng.uniform(1, 2), lead=0)
    score.to(posed(STANDING, ground=1.0), rng.uniform(1, 2), lead=0)


KINDS: Final[dict[str, Kind]] = {
    "irish": Kind("other", (irish,), (105.0, 125.0)),
    "flamenco": Kind("other", (flamenco,), (80.0, 150.0)),
    "bhangra": Kind("other", (bhangra, bhangra, step_touch), (90.0, 125.0)),
    "circle_dance": Kind("other", (hands_joined,), (90.0, 140.0)),
    "belly": Kind("other", (belly,), (70.0, 120.0)),
    "contemporary": Kind("other", (flowing, flowing, flowing, roll), (60.0, 110.0)),
}
