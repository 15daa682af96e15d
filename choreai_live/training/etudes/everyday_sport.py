"""Sport and exercise, done and not danced."""

from math import pi

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.grooves import (
    Groove,
    alternating,
    arms,
    feet,
    foot,
    groove,
    near,
    perform,
    pick,
    pulsed,
    steps,
    still,
)
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import STANDING, arm, gesture, other, posed


def _ready(rng: Rng) -> Array:
    """Return an athlete's stance."""
    low = rng.uniform(0.03, 0.2)
    guard = near(rng, -0.02, -0.05, 0.25)
    return posed(
        STANDING,
        hips=(rng.normal(0, 0.04), -low, -0.2 * low),
        pelvis=(rng.normal(0, 0.4), 0.1, 0.0),
        spine=(0.0, rng.uniform(0.05, 0.3), 0.0),
        left_arm=guard,
        right_arm=other(near(rng, -0.04, -0.08, 0.2)),
        left_foot=foot(rng.uniform(0.1, 0.25), rng.uniform(0.0, 0.25)),
        right_foot=(-rng.uniform(0.1, 0.25), 0.0, rng.uniform(-0.2, 0.1), -0.4, 0.2, -0.4),
    )


def _go(score: Score, body: Array, seconds: float, easing: str = "sustained") -> None:
    score.to(body, score.beats(seconds), easing)


def exercise(score: Score, rng: Rng) -> None:
    """Jumping jacks, squats, lunges, knee lifts, marching, skipping rope; over and over."""
    beats = score.beats(rng.uniform(0.7, 2.4))
    hang, up = near(rng, 0.08, -0.48, 0.0), near(rng, 0.08, 0.5, 0.0, (1, 0, 0))
    choice = rng.integers(5)
    ready = foot(0.12, 0.0)
    if choice == 0:  # jacks
        beats = score.beats(rng.uniform(0.7, 1.2))
        wide = [(0, ready), (beats / 2, foot(rng.uniform(0.3, 0.45), 0.0))]
        dance = feet(beats, wide, wide, 1.0) + arms(beats, [(0, hang), (beats / 2, up)], share=1.0)
        dance += groove(hips=pulsed((0.0, 0.06, 0.0), beats / 2, beats / 4))
    elif choice == 1:  # squats
        deep, at = rng.uniform(0.2, 0.5), foot(rng.uniform(0.16, 0.3), 0.0, yaw=0.4)
        front = near(rng, 0.0, -0.02, 0.45)
        dance = feet(beats, [(0, at)], [(0, at)])
        dance += arms(beats, [(0, hang if rng.random() < 0.5 else front), (beats / 2, front)])
        dance += groove(
            hips=pulsed((0.0, -deep, -0.35 * deep), beats, beats / 2),
            spine=pulsed((0.0, 0.6 * deep, 0.0), beats, beats / 2),
            pelvis=pulsed((0.0, 0.5 * deep, 0.0), beats, beats / 2),
        )
    elif choice == 2:  # lunges
        hip = near(rng, 0.08, -0.34, 0.03, (1.0, -0.1, -0.4))
        far = foot(0.1, rng.uniform(0.3, 0.5))
        dance = steps(2 * beats, [(0, ready), (beats / 2, far), (beats, ready)])
        dance += arms(beats, [(0, hip)])
        dance += groove(hips=pulsed((0.0, -rng.uniform(0.15, 0.35), 0.1), beats, beats / 2))
    elif choice == 3:  # knees and marching
        beats = score.beats(rng.uniform(0.7, 1.3))
        high = foot(0.1, 0.2, rng.uniform(0.15, 0.45), heel=0.6)
        dance = steps(beats, [(0, ready), (beats / 4, high), (beats / 2, ready)], 1.0)
        swing = [(0, near(rng, 0.08, -0.2, 0.25)), (beats / 2, near(rng, 0.1, -0.35, -0.1))]
        dance += alternating(beats, swing, 1.0)
    else:  # skipping rope, hopping
        beats = score.beats(rng.uniform(0.4, 0.6))
        toes = foot(0.07, 0.0, heel=0.4)
        dance = feet(beats, [(0, toes)], [(0, toes)])
        wrist = near(rng, 0.22, -0.32, 0.1)
        dance += arms(beats, [(0, wrist), (beats / 2, near(rng, 0.2, -0.36, 0.12))], share=1.0)
        dance += groove(hips=pulsed((0.0, rng.uniform(0.03, 0.1), 0.0), beats, beats / 2))
    dance += groove(hips=still((0.0, -0.02, 0.0)), spine=still((0.0, rng.uniform(-0.05, 0.1), 0.0)))
    perform(score, dance, beats * int(rng.integers(3, 9)), score.beats(0.6))


def floor_exercise(score: Score, rng: Rng) -> None:
    """Press-ups, planks, sit-ups, bridges."""
    seconds = rng.uniform(0.5, 1.2)
    straight, bent = arm(15, 0, 12, 0), arm(80, 20, -40, 10)
    choice = rng.integers(3)
    if choice < 2:
        low, high = (
            posed(STANDING, left_arm=a, right_arm=other(a), tumble=(tip, 0.0), ground=1.0)
            for a, tip in ((straight, 1.15), (bent, 1.45))
        )
    else:
        behind = near(rng, -0.05, 0.1, 0.05, (1.0, 0.3, 0.2))
        low = posed(STANDING, left_arm=behind, right_arm=other(behind), ground=1.0)
        low = posed(low, tumble=(-1.5, 0.0))
        for side in (1, -1):
            low = gesture(low, side, 0.0, -50.0, 0.4)
        high = posed(low, spine=(0.0, 0.6, 0.0), tumble=(-1.0, 0.0))
    _go(score, posed(STANDING, hips=(0.0, -0.45, -0.1), spine=(0, 0.8, 0), ground=1.0), 1.0)
    for _ in range(int(rng.integers(2, 8))):
        _go(score, low, seconds)
        _go(score, high, seconds)
    if rng.random() < 0.5:
        score.hold(score.beats(rng.uniform(0.5, 3.0)))
    _go(score, posed(STANDING, hips=(0.0, -0.45, -0.1), spine=(0, 0.8, 0), ground=1.0), 1.0)


def dribble(score: Score, rng: Rng) -> None:
    """Dribble a ball, low or high, on the spot or moving, changing hands."""
    beats = score.beats(rng.uniform(0.45, 0.8))
    ready = _ready(rng)
    top, bottom = near(rng, 0.12, -0.28, 0.28), near(rng, 0.12, -0.46, 0.22)
    dance = arms(beats, [(0, bottom), (beats / 2, top)], [(0, near(rng, 0.25, -0.2, 0.2))], 1.0)
    at = foot(0.18, 0.1)
    step = [(0, at), (2 * beats, foot(0.2, 0.1 + rng.normal(0, 0.15)))]
    dance += steps(4 * beats, step)
    dance += groove(
        hips=still((0.0, ready[1], 0.0)),
        spine=still((rng.normal(0, 0.3), ready[7], 0.1)),
        head=still((rng.normal(0, 0.4), 0.0, 0.0)),
    ) + groove(hips=pulsed((0.0, -0.02, 0.0), beats))
    perform(score, dance, beats * int(rng.integers(4, 10)), score.beats(0.5))


def shoot(score: Score, rng: Rng) -> None:
    """Bend, jump and shoot or catch a ball."""
    ready = _ready(rng)
    held = near(rng, -0.08, 0.0, 0.28)
    low = posed(ready, hips=(0.0, -0.25, -0.05), left_arm=held, right_arm=other(held))
    high = near(rng, 0.02, 0.48, 0.15)
    air = posed(STANDING, left_arm=high, right_arm=other(near(rng, 0.05, 0.35, 0.2)))
    air = posed(
        air, left_foot=foot(0.1, 0.0, heel=0.8), right_foot=(-0.1, 0.0, 0.1, -0.1, 0.8, -0.1)
    )
    _go(score, low, rng.uniform(0.4, 0.9))
    score.jump(air, ready, score.beats(0.8), rng.uniform(0.08, 0.4))
    score.hold(score.beats(rng.uniform(0.2, 1.2)))


def throw(score: Score, rng: Rng) -> None:
    """Throw a ball over or under the arm, or catch one."""
    ready = _ready(rng)
    under = rng.random() < 0.3
    back = near(rng, 0.2, -0.4, -0.3) if under else near(rng, 0.25, 0.22, -0.15, (1.0, 0.0, -0.5))
    front = near(rng, 0.0, -0.1, 0.45) if under else near(rng, -0.1, 0.05, 0.45)
    twist = rng.uniform(0.3, 0.8)
    wound = posed(ready, left_arm=back, spine=(twist, -0.1, 0.0), pelvis=(0.4, 0.0, 0.0))
    after = posed(ready, left_arm=front, spine=(-twist, 0.3, 0.0), pelvis=(-0.3, 0.1, 0.0))
    _go(score, ready, rng.uniform(0.4, 1.0))
    _go(score, wound, rng.uniform(0.4, 0.8))
    _go(score, after, rng.uniform(0.2, 0.35), "even")
    score.hold(score.beats(rng.uniform(0.2, 1.5)))


def serve(score: Score, rng: Rng) -> None:
    """Swing a racket, a bat or a club through, with one hand or both."""
    ready, both = _ready(rng), rng.random() < 0.5
    twist = rng.uniform(0.4, 1.0)
    up = rng.uniform(-0.3, 0.4)
    far, across = near(rng, 0.4, up, -0.05), near(rng, -0.3, rng.uniform(-0.2, 0.35), 0.25)
    left = posed(ready, left_arm=far, spine=(twist, 0.1, 0.0))
    right = posed(ready, left_arm=across, spine=(-twist, 0.1, 0.0))
    if both:
        left = posed(left, right_arm=other(near(rng, -0.3, up, 0.2)))
        right = posed(right, right_arm=other(near(rng, 0.3, up, 0.1)))
    _go(score, ready, rng.uniform(0.4, 1.2))
    _go(score, left, rng.uniform(0.4, 0.9))
    _go(score, right, rng.uniform(0.2, 0.4), "even")
    score.hold(score.beats(rng.uniform(0.2, 1.5)))


def kick(score: Score, rng: Rng) -> None:
    """Kick a ball or a pad: front, round or side; back to the stance."""
    ready = _ready(rng)
    out = rng.uniform(0.0, 100.0)
    chamber = gesture(ready, 1, 0.6 * out, -30.0, 0.5)
    struck = gesture(posed(ready, spine=(0.0, -0.2, 0.0)), 1, out, rng.uniform(-50.0, 15.0), 0.03)
    _go(score, ready, rng.uniform(0.3, 1.0))
    if rng.random() < 0.7:
        _go(score, chamber, rng.uniform(0.2, 0.35), "float")
    _go(score, struck, rng.uniform(0.15, 0.3), "float")
    _go(score, chamber, rng.uniform(0.2, 0.4))
    score.to(ready, score.beats(rng.uniform(0.3, 0.5)), turn=rng.normal(0, 0.3))


def box(score: Score, rng: Rng) -> None:
    """Box: jabs, crosses, hooks, uppercuts from a guard, on light feet."""
    ready = _ready(rng)
    hits = (
        near(rng, -0.10, 0.02, 0.50), near(rng, -0.25, 0.02, 0.35, (1.0, 0.2, 0.0)),
        near(rng, -0.10, 0.05, 0.32, (0.3, -1.0, 0.0)), near(rng, -0.05, -0.25, 0.45),
    )  # fmt: skip
    hop = rng.uniform(0.0, 0.04)
    bounce: Groove = groove(hips=pulsed((0.0, hop, 0.0), score.beats(rng.uniform(0.3, 0.6))))
    score.layer(bounce, score.beats(4.0))
    for _ in range(int(rng.integers(2, 7))):
        hit, twist = hits[int(rng.integers(4))], rng.uniform(0.2, 0.6)
        if rng.random() < 0.5:
            struck = posed(ready, left_arm=hit, spine=(-twist, 0.1, 0.0))
        else:
            struck = posed(ready, right_arm=other(hit), spine=(twist, 0.1, 0.0))
        _go(score, struck, rng.uniform(0.12, 0.25), "float")
        _go(score, ready, rng.uniform(0.15, 0.35))
        if rng.random() < 0.3:
            score.to(ready, score.beats(0.4), travel=tuple(rng.normal(0.0, 0.15, 2)))
            score.hold(score.beats(rng.uniform(0.0, 0.8)))


def jump_about(score: Score, rng: Rng) -> None:
    """Jump: up, forward, with a turn; land and stand."""
    ready = _ready(rng)
    hang, up = near(rng, 0.1, -0.45, -0.15), near(rng, 0.15, 0.4, 0.15)
    low = posed(ready, hips=(0.0, -0.28, -0.1), spine=(0.0, 0.4, 0.0))
    low = posed(low, left_arm=hang, right_arm=other(hang))
    air = posed(STANDING, left_arm=up, right_arm=other(up))
    _go(score, low, rng.uniform(0.4, 0.8))
    turn = pick(rng, 0, 0, pi / 2, pi)
    score.jump(air, ready, score.beats(0.8), rng.uniform(0.1, 0.4), turn=turn)
    score.hold(score.beats(rng.uniform(0.2, 1.0)))


def climb(score: Score, rng: Rng) -> None:
    """Climb a ladder or stairs: hand over hand, foot over foot."""
    beats = score.beats(rng.uniform(1.2, 2.6))
    stairs = rng.random() < 0.4
    high = rng.uniform(0.18, 0.4)
    step = foot(0.12, 0.25, high, heel=0.2)
    keys = [(0, foot(0.12, 0.05)), (0.45 * beats, step), (0.6 * beats, step)]
    reach_up, low = near(rng, 0.08, 0.42, 0.25), near(rng, 0.08, 0.05, 0.3)
    if stairs:
        reach_up, low = near(rng, 0.08, -0.3, 0.25), near(rng, 0.08, -0.45, -0.05)
    dance = steps(beats, keys, 1.0) + alternating(beats, [(0, reach_up), (beats / 2, low)], 0.8)
    dance += groove(
        spine=still((0.0, rng.uniform(0.0, 0.3), 0.0)),
        head=still((0.0, rng.uniform(-0.5, 0.1), 0.0)),
        hips=still((0.0, -0.04, 0.0)),
    )
    perform(score, dance, beats * int(rng.integers(2, 5)), score.beats(0.6))
