"""Grooves after the social dances of Lagos and Accra: low, loose, hips first.

Knees stay bent, the weight bounces twice a beat, the hips answer every step
and the arms swing from relaxed shoulders.
"""

from math import cos, pi, sin
from typing import Final

from choreai_live.demo.dances.phrasing import Move
from choreai_live.demo.geometry import Array, smoothstep
from choreai_live.demo.posture import (
    HEAD,
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    PELVIS,
    RIGHT_ARM,
    RIGHT_FOOT,
    SPINE,
    posture,
)

#: Added to the beat where a sine should be at its highest on the beat.
_ON: Final = 0.5


def _low(beat: float, depth: float = 0.075) -> Array:
    """Return the ground all grooves stand on: soft knees, hips back, a bounce on every beat."""
    body = posture()
    bounce, deep = cos(2 * pi * beat), cos(pi * beat)
    body[HIPS] = (0.0, -depth - 0.022 * bounce - 0.016 * deep, -0.045)
    body[PELVIS] = (0.0, 0.19 + 0.07 * bounce, 0.0)
    body[SPINE] = (0.0, 0.10 - 0.10 * bounce, 0.0)
    body[HEAD] = (0.0, -0.16 + 0.08 * bounce, 0.0)
    body[LEFT_FOOT] = (0.20, 0.0, 0.10, 0.38, 0.0, 0.45)
    body[RIGHT_FOOT] = (-0.20, 0.0, 0.10, -0.38, 0.0, -0.45)
    return body


def _pumped(side: float, back: float, wide: float = 0.0) -> tuple[float, ...]:
    """Return an arm that swings from the shoulder and folds as it comes forward.

    ``side`` is 1 for the left arm, ``back`` -1 in front to 1 behind, ``wide``
    how far it is held off the body.
    """
    return (
        side * (0.36 + wide), -0.86, -0.05 - 0.52 * back,
        side * (0.06 + 0.5 * wide), -0.22 - 0.72 * back, 0.62 - 0.38 * back,
    )  # fmt: skip


def _tap(beat: float, offset: float) -> float:
    """Return 0 to 1 to 0: how far a foot that taps every other beat is lifted."""
    risen: float = max(sin(pi * (beat - offset)), 0.0) ** 1.5
    return risen


def groove(beat: float) -> Array:
    """Step from side to side, hips rolling under, elbows swinging."""
    body, beat = _low(beat), beat + _ON
    side, late = sin(pi * beat), sin(pi * beat - 0.7)
    body[HIPS.start] = 0.07 * side
    body[PELVIS.start] = 0.25 * late
    body[PELVIS.start + 2] = -0.17 * side
    body[SPINE.start] = -0.40 * late
    body[SPINE.start + 2] = 0.20 * side
    body[HEAD] += (0.15 * late, 0.0, -0.08 * side)
    body[LEFT_ARM] = _pumped(1.0, late)
    body[RIGHT_ARM] = _pumped(-1.0, -late)
    left, right = _tap(beat, 1.0), _tap(beat, 0.0)
    body[LEFT_FOOT] += (0.0, 0.10 * left, 0.08 * left, 0.0, 0.5 * left, 0.0)
    body[RIGHT_FOOT] += (0.0, 0.10 * right, 0.08 * right, 0.0, 0.5 * right, 0.0)
    return body


def gallop(beat: float) -> Array:
    """Wrists crossed low in front, heels galloping, shoulders shaking: shaku shaku."""
    body, beat = _low(beat, 0.10), beat + _ON
    side = sin(pi * beat)
    shake = sin(2 * pi * beat)
    body[HIPS.start] = 0.10 * side
    body[PELVIS.start + 2] = -0.12 * side
    body[SPINE] += (0.18 * shake, 0.12, 0.10 * side)
    body[HEAD.start] = 0.25 * side
    cross, rise = 0.5 + 0.5 * sin(pi * beat / 2), 0.40 * sin(pi * beat / 2 - 0.8)
    body[LEFT_ARM] = (0.44, -0.78, 0.38, 0.45 - 0.95 * cross, -0.40 + rise + 0.2 * shake, 0.72)
    body[RIGHT_ARM] = (-0.44, -0.78, 0.38, -0.45 + 0.95 * cross, -0.40 + rise - 0.2 * shake, 0.72)
    left, right = _tap(beat, 1.0), _tap(beat, 0.0)
    body[LEFT_FOOT] += (0.10 * left, 0.05 * left, 0.0, 0.35 * left, 0.9 * left, -0.5 * left)
    body[RIGHT_FOOT] += (-0.10 * right, 0.05 * right, 0.0, -0.35 * right, 0.9 * right, 0.5 * right)
    return body


def legwork(beat: float) -> Array:
    """Kick out to the front corner and pull back, one leg after the other, arms opposite."""
    body, beat = _low(beat), beat + _ON
    side = sin(pi * beat)
    left, right = _tap(beat, 0.0), _tap(beat, 1.0)
    body[HIPS.start] = -0.09 * side
    body[HIPS.start + 2] -= 0.04 * (left + right)
    body[PELVIS.start] = -0.25 * side
    body[PELVIS.start + 2] = 0.10 * side
    body[SPINE] += (0.45 * side, 0.10 * (left + right), -0.10 * side)
    body[LEFT_ARM] = _pumped(1.0, 0.9 * side, 0.25)
    body[RIGHT_ARM] = _pumped(-1.0, -0.9 * side, 0.25)
    body[LEFT_FOOT] += (0.16 * left, 0.24 * left, 0.34 * left, 0.2 * left, -0.25 * left, 0.1)
    body[RIGHT_FOOT] += (
        -0.16 * right,
        0.24 * right,
        0.34 * right,
        -0.2 * right,
        -0.25 * right,
        -0.1,
    )
    return body


def stomp(beat: float) -> Array:
    """Lean back, lift the knee for two beats and stomp, hands talking: zanku."""
    body = _low(beat, 0.09)
    # Right for four beats, then left.
    leading = 1.0 if beat % 8 < 4 else -1.0
    up = smoothstep(2.2 * sin(pi * beat)) if beat % 2 < 1 else 0.0
    turned = leading * smoothstep(min(beat % 4, 4 - beat % 4) / 0.5)
    body[HIPS] += (0.10 * turned, 0.02, -0.02)
    body[PELVIS.start + 2] = -0.10 * turned
    body[SPINE] += (0.20 * turned, -0.18 * up - 0.10, 0.10 * turned)
    body[HEAD] += (-0.25 * turned, 0.10, 0.0)
    talk = sin(pi * beat)
    body[LEFT_ARM] = (0.46, -0.78, 0.42, 0.18, -0.05 + 0.75 * talk, 0.70)
    body[RIGHT_ARM] = (-0.46, -0.78, 0.42, -0.18, -0.05 - 0.75 * talk, 0.70)
    right, left = up * max(turned, 0.0), up * max(-turned, 0.0)
    body[RIGHT_FOOT] += (0.04 * right, 0.36 * right, 0.14 * right, 0.0, 0.35 * right, 0.25 * right)
    body[LEFT_FOOT] += (-0.04 * left, 0.36 * left, 0.14 * left, 0.0, 0.35 * left, -0.25 * left)
    return body


def sunrise(beat: float) -> Array:
    """Push one hand up and out, then the other, while the hips draw circles."""
    body = _low(beat)
    angle = pi * (beat + _ON) / 2
    side, front = sin(angle), cos(angle)
    body[HIPS] += (0.09 * side, 0.0, 0.05 * front)
    body[PELVIS] += (0.20 * front, 0.14 * front, -0.20 * side)
    body[SPINE] += (-0.20 * front, -0.10 * front, 0.24 * side)
    for arm, sign in ((LEFT_ARM, 1.0), (RIGHT_ARM, -1.0)):
        up = smoothstep(0.5 + 0.62 * sign * side)
        body[arm] = (
            sign * (0.40 + 0.25 * up), -0.82 + 1.05 * up, -0.10 + 0.50 * up,
            sign * (0.15 + 0.10 * up), -0.60 + 1.45 * up, 0.60 - 0.25 * up,
        )  # fmt: skip
    body[HEAD] += (0.22 * side, -0.05, 0.10 * side)
    body[LEFT_FOOT.start + 4] = 0.55 * smoothstep(-side)
    body[RIGHT_FOOT.start + 4] = 0.55 * smoothstep(side)
    return body


MOVES: Final[tuple[Move, ...]] = (stomp, groove, sunrise, gallop, stomp, legwork)
