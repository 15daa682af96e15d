"""Pop dances, aerobics and the shuffle: upright, light, in step with everybody else."""

from math import pi
from typing import Final

from choreai_live.training.etudes.grooves import (
    Groove,
    alternating,
    any_of,
    arms,
    feet,
    foot,
    groove,
    near,
    perform,
    pick,
    pulsed,
    reach,
    steps,
    still,
    swung,
)
from choreai_live.training.etudes.hiphop_steps import kick_step, running_man, tap_aside, two_step
from choreai_live.training.etudes.kinds import Kind
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import STANDING, arm, other, posed


def upright(rng: Rng, low: float = 0.04) -> Groove:
    """Return an erect trunk and knees hardly bent."""
    return groove(
        hips=still((0.0, -rng.uniform(0.0, low), 0.0)),
        spine=still((0.0, rng.uniform(-0.1, 0.06), 0.0)),
        head=still((0.0, rng.uniform(-0.1, 0.05), 0.0)),
    )


def sway(rng: Rng, size: float = 0.06) -> Groove:
    """Shift the hips from side to side, at most ``size`` metres; trunk and head follow."""
    period, shift = pick(rng, 2, 2, 4), rng.uniform(0.2, 1.0) * size
    return groove(
        hips=swung((shift, 0.0, 0.0), period),
        pelvis=swung((0.0, 0.0, -shift), period),
        spine=swung((rng.normal(0.0, 0.06), 0.0, 0.5 * shift), period, 0.1),
        head=swung((0.1, 0.0, 0.05), period, 0.2),
    )


# ---------------------------------------------------------------- pop


def clean_line(rng: Rng) -> tuple[float, ...]:
    """Return a left arm of clean lines: stretched, or bent once, in one of eight directions."""
    out, up = pick(rng, 0, 45, 90, 90), pick(rng, -90, -45, 0, 0, 45, 90)
    if rng.random() < 0.5:
        return arm(out, up, out, up)
    return arm(out, up, pick(rng, -90, 0, 90), pick(rng, -60, 0, 60, 90))


_HEART: Final = reach(-0.10, 0.42, 0.05, (1.0, 0.3, 0.0))
_CHEEK: Final = reach(-0.06, 0.10, 0.14, (0.8, -0.6, 0.2))
ON_THE_HIP: Final = reach(0.08, -0.36, 0.04, (1.0, -0.1, -0.4))


def formation(score: Score, rng: Rng) -> None:
    """Go through clean, mostly symmetrical lines on the beat, hips swaying, then once more."""
    pace, tense = pick(rng, 0.5, 1, 1), rng.uniform(0.5, 1.0)
    easing = str(rng.choice(("sustained", "float", "hit")))
    row = []
    for _ in range(int(rng.choice((4, 8)))):
        special = (_HEART, _CHEEK, ON_THE_HIP)[int(rng.integers(3))]
        left = special if rng.random() < 0.3 else clean_line(rng)
        right = left if rng.random() < 0.6 else (ON_THE_HIP, clean_line(rng))[int(rng.integers(2))]
        side = rng.normal(0.0, 0.05)
        row.append(
            posed(
                STANDING,
                hips=(side, -rng.uniform(0.0, 0.06), 0.0),
                pelvis=(rng.normal(0, 0.1), 0.0, -1.2 * side),
                spine=(rng.normal(0, 0.1), rng.normal(0.0, 0.04), side),
                head=(rng.normal(0, 0.15), 0.0, rng.normal(0.0, 0.1)),
                left_arm=left,
                right_arm=other(right),
                left_foot=foot(rng.uniform(0.06, 0.3), 0.0, heel=pick(rng, 0, 0, 0.5)),
                right_foot=(-rng.uniform(0.06, 0.3), 0.0, 0.1, -0.2, 0.0, -0.2),
            )
        )
    for _ in range(2):
        for body in row:
            score.to(body, pace, easing, share=tense)


def step_touch(score: Score, rng: Rng) -> None:
    """Step, touch, arms in easy symmetry: pop, parties, aerobics, zumba."""
    period = pick(rng, 1, 2, 2)
    a, b = clean_line(rng), near(rng, 0.1, -0.25, 0.25)
    hands = (arms if rng.random() < 0.7 else alternating)(period, [(0, a), (period / 2, b)])
    legs = any_of((two_step, two_step, tap_aside, kick_step), rng)
    dance = legs + hands + upright(rng, 0.08) + sway(rng)
    dance += groove(hips=pulsed((0.0, -rng.uniform(0.0, 0.05), 0.0), 1.0, pick(rng, 0, 0.5)))
    perform(score, dance, 8.0)


def jumping(score: Score, rng: Rng) -> None:
    """Exercise to music: jacks, knee lifts, lunges, arms pressing: aerobics."""
    out, high = rng.uniform(0.2, 0.4), rng.uniform(0.2, 0.45)
    period = pick(rng, 1, 2)
    choice = rng.integers(3)
    if choice == 0:
        jack = [(0, foot(out, 0.0)), (1, foot(0.06, 0.0))]
        legs = feet(2, jack, jack, 1.0)
        legs += groove(hips=pulsed((0.0, 0.05, 0.0), 1.0, 0.5))
    elif choice == 1:
        knee = foot(0.12, 0.2, high, heel=0.8)
        legs = steps(2 * period, [(0, foot(0.12, 0.0)), (period, knee)], 1.0)
    else:
        legs = steps(4, [(0, foot(out, -0.2, heel=0.5)), (2, foot(0.12, 0.0))], 0.8)
    keys = [(0, clean_line(rng)), (period / 2, near(rng, 0.15, -0.05, 0.15))]
    dance = legs + arms(period, keys) + upright(rng)
    perform(score, dance, 8.0)


def disco(score: Score, rng: Rng) -> None:
    """Point up and across, roll the hands, step and touch, spin."""
    up = near(rng, 0.30, 0.42, 0.1)
    down = near(rng, -0.3, -0.3, 0.25)
    hands = arms(2, [(0, up), (1, down)], [(0, ON_THE_HIP)], rng.uniform(0.4, 0.9))
    if rng.random() < 0.3:
        rounds = ((0.08, 0.25), (0.0, 0.34), (-0.08, 0.25), (0.0, 0.16))
        hands = alternating(1, [(i / 4, reach(-0.1, u, f)) for i, (u, f) in enumerate(rounds)], 1.0)
    legs = any_of((two_step, tap_aside), rng)
    dance = legs + hands + sway(rng, 0.12) + upright(rng)
    perform(score, dance, 8.0)
    if rng.random() < 0.3:
        score.to(score.body, 2, "swing", turn=2 * pi, lead=0)


# ---------------------------------------------------------------- shuffle


def t_step(score: Score, rng: Rng) -> None:
    """Melbourne shuffle: one foot swivels along while the other knee lifts and drops."""
    unit, far, high = pick(rng, 0.5, 1), rng.uniform(0.06, 0.16), rng.uniform(0.1, 0.35)
    turn = rng.uniform(0.4, 0.8)
    left = [
        (0, foot(0.1 + far, 0.0, yaw=turn)),
        (unit, foot(0.1, 0.0, yaw=-0.6 * turn, heel=0.2)),
    ]
    right = [(0, foot(0.1, 0.0)), (unit, foot(0.1 + 0.5 * far, 0.1, high, heel=0.5, yaw=0.4))]
    hop = rng.uniform(0.01, 0.05)
    dance = feet(2 * unit, left, right, 1.0) + _loose_arms(rng, 2 * unit)
    dance += groove(
        hips=pulsed((0.0, -hop, 0.0), unit),
        pelvis=swung((0.35, 0.0, 0.05), 2 * unit),
        spine=swung((-0.2, 0.0, 0.05), 2 * unit),
    ) + upright(rng, 0.1)
    perform(score, dance, float(rng.choice((4, 8))))


def shuffle_run(score: Score, rng: Rng) -> None:
    """Do the running man and kicks, fast and light, without let-up."""
    legs = running_man(rng) if rng.random() < 0.7 else kick_step(rng)
    dance = legs + _loose_arms(rng, pick(rng, 1, 2)) + upright(rng, 0.1)
    dance += groove(
        hips=pulsed((0.0, -rng.uniform(0.01, 0.05), 0.0), 1.0),
        spine=still((0.0, rng.uniform(0.0, 0.2), 0.0)),
    )
    perform(score, dance, float(rng.choice((4, 8))))
    if rng.random() < 0.2:
        score.to(score.body, 1.0, "swing", turn=2 * pi, lead=0)


def _loose_arms(rng: Rng, period: float) -> Groove:
    far = rng.uniform(0.03, 0.22)
    a = near(rng, 0.15, rng.uniform(-0.4, -0.2), 0.12 + far)
    b = near(rng, 0.2, rng.uniform(-0.45, -0.25), 0.1 - far)
    draw = alternating if rng.random() < 0.7 else arms
    return draw(period, [(0, a), (period / 2, b)], share=1.0)


_TEMPO: Final = (100.0, 132.0)

KINDS: Final[dict[str, Kind]] = {
    "pop_formation": Kind("other", (formation, formation, step_touch), _TEMPO),
    "pop_easy": Kind("other", (step_touch, disco), _TEMPO),
    "aerobics": Kind("other", (jumping, jumping, step_touch), (125.0, 150.0)),
    "shuffle": Kind("other", (t_step, shuffle_run, shuffle_run), (118.0, 140.0)),
}
