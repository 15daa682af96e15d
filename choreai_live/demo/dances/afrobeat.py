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


def _low(beat: float, depth: float = 0.13) -> Array:
    """Return the ground all grooves stand on: bent knees, hips back, a double-time bounce."""
    body = posture()
    bounce = cos(2 * pi * beat)
    body[HIPS] = (0.0, -depth - 0.030 * bounce, -0.05)
    body[PELVIS] = (0.0, 0.22 + 0.08 * bounce, 0.0)
    body[SPINE] = (0.0, 0.10 - 0.12 * bounce, 0.0)
    body[HEAD] = (0.0, -0.16 + 0.08 * bounce, 0.0)
    body[LEFT_FOOT] = (0.21, 0.0, 0.10, 0.40, 0.0, 0.55)
    body[RIGHT_FOOT] = (-0.21, 0.0, 0.10, -0.40, 0.0, -0.55)
    return body


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
    body[LEFT_ARM] = (0.50, -0.80, -0.05 - 0.50 * late, 0.05, 0.10 - 0.50 * late, 0.90)
    body[RIGHT_ARM] = (-0.50, -0.80, -0.05 + 0.50 * late, -0.05, 0.10 + 0.50 * late, 0.90)
    left, right = _tap(beat, 1.0), _tap(beat, 0.0)
    body[LEFT_FOOT] += (0.0, 0.10 * left, 0.08 * left, 0.0, 0.5 * left, 0.0)
    body[RIGHT_FOOT] += (0.0, 0.10 * right, 0.08 * right, 0.0, 0.5 * right, 0.0)
    return body


def gallop(beat: float) -> Array:
    """Wrists crossed low in front, heels galloping, shoulders shaking: shaku shaku."""
    body, beat = _low(beat, 0.17), beat + _ON
    side = sin(pi * beat)
    shake = sin(2 * pi * beat)
    body[HIPS.start] = 0.10 * side
    body[PELVIS.start + 2] = -0.12 * side
    body[SPINE] += (0.18 * shake, 0.12, 0.10 * side)
    body[HEAD.start] = 0.25 * side
    cross = 0.35 + 0.35 * cos(pi * beat)
    body[LEFT_ARM] = (0.42, -0.80, 0.42, -0.55 * cross, -0.45 + 0.25 * shake, 0.80)
    body[RIGHT_ARM] = (-0.42, -0.80, 0.42, 0.55 * cross, -0.45 - 0.25 * shake, 0.80)
    left, right = _tap(beat, 1.0), _tap(beat, 0.0)
    body[LEFT_FOOT] += (0.10 * left, 0.05 * left, 0.0, 0.35 * left, 0.9 * left, -0.5 * left)
    body[RIGHT_FOOT] += (-0.10 * right, 0.05 * right, 0.0, -0.35 * right, 0.9 * right, 0.5 * right)
    return body


def legwork(beat: float) -> Array:
    """Kick out to the front corner and pull back, one leg after the other, arms opposite."""
    body, beat = _low(beat, 0.12), beat + _ON
    side = sin(pi * beat)
    left, right = _tap(beat, 0.0), _tap(beat, 1.0)
    body[HIPS.start] = -0.09 * side
    body[HIPS.start + 2] -= 0.04 * (left + right)
    body[PELVIS.start] = -0.25 * side
    body[PELVIS.start + 2] = 0.10 * side
    body[SPINE] += (0.45 * side, 0.10 * (left + right), -0.10 * side)
    body[LEFT_ARM] = (0.75 - 0.2 * left, -0.55, -0.15 + 0.5 * right, 0.55 - 0.6 * right, 0.10, 0.75)
    body[RIGHT_ARM] = (
        -0.75 + 0.2 * right, -0.55, -0.15 + 0.5 * left, -0.55 + 0.6 * left, 0.10, 0.75,
    )  # fmt: skip
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
    body = _low(beat, 0.14)
    # Right for four beats, then left.
    leading = 1.0 if beat % 8 < 4 else -1.0
    up = smoothstep(2.2 * sin(pi * beat)) if beat % 2 < 1 else 0.0
    turned = leading * smoothstep(min(beat % 4, 4 - beat % 4) / 0.5)
    body[HIPS] += (0.10 * turned, 0.02, -0.02)
    body[PELVIS.start + 2] = -0.10 * turned
    body[SPINE] += (0.20 * turned, -0.18 * up - 0.10, 0.10 * turned)
    body[HEAD] += (-0.25 * turned, 0.10, 0.0)
    wave = sin(2 * pi * beat)
    body[LEFT_ARM] = (0.55, -0.62, 0.50, 0.15 - 0.15 * turned, 0.55 + 0.35 * wave, 0.75)
    body[RIGHT_ARM] = (-0.55, -0.62, 0.50, -0.15 - 0.15 * turned, 0.55 - 0.35 * wave, 0.75)
    right, left = up * max(turned, 0.0), up * max(-turned, 0.0)
    body[RIGHT_FOOT] += (0.04 * right, 0.36 * right, 0.14 * right, 0.0, 0.35 * right, 0.25 * right)
    body[LEFT_FOOT] += (-0.04 * left, 0.36 * left, 0.14 * left, 0.0, 0.35 * left, -0.25 * left)
    return body


def sunrise(beat: float) -> Array:
    """Push the sky up with one hand after the other while the hips draw circles."""
    body = _low(beat, 0.11)
    angle = pi * (beat + _ON)
    side, front = sin(angle), cos(angle)
    body[HIPS] += (0.08 * side, 0.0, 0.05 * front)
    body[PELVIS] += (0.20 * front, 0.14 * front, -0.20 * side)
    body[SPINE] += (-0.20 * front, -0.10 * front, 0.26 * side)
    left, right = 0.5 + 0.5 * side, 0.5 - 0.5 * side
    body[LEFT_ARM] = (0.62, 0.15 + 0.75 * left, 0.35, 0.05, 0.95, 0.30 - 0.2 * left)
    body[RIGHT_ARM] = (-0.62, 0.15 + 0.75 * right, 0.35, -0.05, 0.95, 0.30 - 0.2 * right)
    body[HEAD] += (0.15 * side, -0.05, 0.10 * side)
    body[LEFT_FOOT.start + 4] = 0.55 * right
    body[RIGHT_FOOT.start + 4] = 0.55 * left
    return body


MOVES: Final[tuple[Move, ...]] = (groove, legwork, sunrise, gallop, groove, stomp)
