"""One camera, one body and one noise model over all sources.

Every style comes from other cameras, estimators and rigs, and a model that
recognises those knows nothing of dance. So whatever tells sources apart is
drawn anew here, from the same distributions for all of them: viewpoint, bone
lengths, smoothness, jitter, missing and swapped limbs, scores, frame rate.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d, median_filter

from choreai_live.messages import Floats
from choreai_live.skeleton import (
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    LEGS,
    MIRROR,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
    mirrored,
)
from choreai_live.training.cameras import film, random_camera
from choreai_live.training.datasets import SEEN, PoseSequence, resample

Rng = np.random.Generator

#: Torso length every sequence is brought to, px.
TORSO: Final = 100.0

_ARMS: Final = (LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST)
_LOWER_LEGS: Final = (LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE)
_CHAINS: Final = (
    (LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST),
    (RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST),
    (LEFT_HIP, LEFT_KNEE, LEFT_ANKLE),
    (RIGHT_HIP, RIGHT_KNEE, RIGHT_ANKLE),
)
#: How much more than the shoulders each keypoint trembles.
_TREMBLE: Final = np.array(
    [0.8] * 5 + [1, 1, 1.3, 1.3, 1.8, 1.8, 1, 1, 1.2, 1.2, 1.7, 1.7], dtype=np.float32
)


@dataclass(frozen=True, slots=True)
class AugmentationSettings:
    """How far apart two looks at the same dance may be.

    Parameters
    ----------
    tempo
        Largest change of speed, as a share.
    bones
        Standard deviation of the logarithm of each bone's length factor.
    habit
        Standard deviation of a lasting turn of each limb, degrees: how a
        dancer, or a rig, always holds it.
    amplitude
        Standard deviation of the logarithm of how large the movement of the
        trunk is, of the arms, and of the legs.
    narrowing
        Largest narrowing of 2D sequences, as a share. Nobody can walk round
        those; a narrower dancer stands in for one seen from the side.
    roll
        Standard deviation of the camera's roll, degrees.
    bias
        Standard deviation of where estimators and rigs see the same joint,
        torso lengths; constant over a sequence.
    smoothing
        Largest low-pass width, seconds (standard deviation of the Gaussian).
    jitter
        Least and most trembling of a keypoint, torso lengths.
    bursts
        Mean number per minute of outliers, swaps and dropouts, each.
    half_body
        Share of sequences in which the legs are not seen.
    rates
        Frame rates of the cameras that are imitated, Hz.
    """

    tempo: float = 0.2
    bones: float = 0.15
    habit: float = 7.0
    amplitude: float = 0.15
    narrowing: float = 0.35
    roll: float = 6.0
    bias: float = 0.05
    smoothing: float = 0.05
    jitter: tuple[float, float] = (0.005, 0.07)
    bursts: float = 10.0
    half_body: float = 0.25
    rates: tuple[float, ...] = (10.0, 12.5, 15.0, 24.0, 25.0, 30.0, 30.0, 30.0)


def augment(
    sequence: PoseSequence,
    rate: float,
    rng: Rng,
    settings: AugmentationSettings,
    seconds: float = np.inf,
) -> Floats:
    """Return one new look at (a stretch of) a sequence.

    Parameters
    ----------
    sequence
        In 2D or 3D.
    rate
        Frames per second wanted.
    rng
        Where chance comes from.
    settings
        How much is left to chance.
    seconds
        Length of the stretch, drawn from anywhere in the sequence; everything
        when it is longer than that.

    Returns
    -------
    float32 (frames, keypoints=17, 3)
        x px, y px, score, with a median torso of :data:`TORSO` pixels and the
        hips of the first frame at the origin.
    """
    tempo = 1.0 + rng.uniform(-settings.tempo, settings.tempo)
    points = _stretch(sequence.points, sequence.rate, seconds * tempo, rng)
    if sequence.is_3d:
        points = film(_disturb_depth(points, rng), random_camera(rng))
    camera_rate = float(rng.choice(settings.rates))
    # At the tempo it is danced now, the source has another rate.
    source_rate = sequence.rate * tempo
    points = resample(points, source_rate, max(camera_rate, rate))
    points = place(points)
    if not sequence.is_3d:
        points[..., 0] *= rng.uniform(1.0 - settings.narrowing, 1.05)
    points = _rescale_bones(points, settings.bones, rng)
    points = _rehabituate(points, settings, rng)
    if rng.random() < 0.5:
        points = mirrored(points)
    points = _roll(points, rng.normal(0.0, settings.roll), 1.0 + rng.normal(0.0, 0.04))
    points[..., :2] += rng.normal(0.0, settings.bias * TORSO, size=(17, 2))
    points = detect(points, max(camera_rate, rate), rng, settings)
    if camera_rate < rate:
        points = resample(points, rate, camera_rate)
        return resample(points, camera_rate, rate)
    return resample(points, camera_rate, rate)


def steady(sequence: PoseSequence) -> PoseSequence:
    """Take most of its own estimator's trembling out of a sequence.

    A median over a sixth of a second, then a Gaussian of 40 ms: the noise that
    :func:`detect` adds is then the same for motion capture and for video.
    """
    points = sequence.points.copy()
    frames = 2 * round(sequence.rate / 15.0) + 1
    points[..., :-1] = median_filter(points[..., :-1], size=(frames, 1, 1), mode="nearest")
    points[..., :-1] = gaussian_filter1d(
        points[..., :-1], 0.04 * sequence.rate, axis=0, mode="nearest"
    )
    return replace(sequence, points=points)


def detect(points: Floats, rate: float, rng: Rng, settings: AugmentationSettings) -> Floats:
    """Return keypoints as some pose estimator might have read them.

    Parameters
    ----------
    points
        float32 (frames, keypoints=17, 3) with a torso of :data:`TORSO` pixels.
    rate
        Frames per second.

    Returns
    -------
    float32 (frames, keypoints=17, 3)
        Smoothed, trembling, in places swapped, displaced or lost, with scores
        that no longer tell where they come from.
    """
    points = points.copy()
    frames = len(points)
    width = rng.uniform(0.0, settings.smoothing) * rate * (rng.random() < 0.6)
    if width > 0.3:
        points[..., :2] = gaussian_filter1d(points[..., :2], width, axis=0, mode="nearest")
    seen = points[..., 2] >= SEEN
    amplitude = TORSO * rng.uniform(*settings.jitter) * _TREMBLE
    noise = rng.standard_normal((frames, 17, 2), dtype=np.float32)
    drift = rng.standard_normal((frames, 17, 2), dtype=np.float32)
    drift = gaussian_filter1d(drift, 0.12 * rate, axis=0)
    drift *= np.sqrt(2 * np.sqrt(np.pi) * 0.12 * rate)
    share = rng.uniform(0.2, 0.9)
    mixed = share * noise + np.sqrt(1 - share**2) * drift
    points[..., :2] += amplitude[:, None] * mixed

    lost = np.zeros((frames, 17), dtype=bool)
    minutes = frames / rate / 60.0
    for _ in range(rng.poisson(settings.bursts * minutes)):
        _swap(points, _some_frames(frames, rate, 0.5, rng), rng)
    for _ in range(rng.poisson(settings.bursts * minutes)):
        stretch, keypoint = _some_frames(frames, rate, 0.3, rng), rng.integers(17)
        points[stretch, keypoint, :2] += rng.normal(0.0, 0.5 * TORSO, size=2)
        lost[stretch, keypoint] |= rng.random() < 0.5
    for _ in range(rng.poisson(2 * settings.bursts * minutes)):
        stretch = _some_frames(frames, rate, 1.0, rng)
        chain = _CHAINS[rng.integers(4)]
        hidden = list(chain[rng.integers(3) :])
        lost[stretch.start : stretch.stop, hidden] = True
        points[stretch, hidden, :2] += rng.normal(0.0, 0.25 * TORSO, size=(1, len(hidden), 2))
    if rng.random() < settings.half_body:
        _hide_legs(points, lost, rng)
    points[..., 2] = _scores(seen & ~lost, rate, rng)
    return points


def hide_legs(points: Floats) -> Floats:
    """Return (frames, keypoints=17, 3) as a camera sees it that ends above the hips."""
    points = points.copy()
    points[:, LEGS, 2] = 0.0
    return points


def place(points: Floats) -> Floats:
    """Bring (frames, keypoints=17, 3) to a torso of :data:`TORSO` px, hips first at the origin."""
    points = points.copy()
    shoulders, hips = points[:, 5:7, :2].mean(axis=1), points[:, 11:13, :2].mean(axis=1)
    length = np.quantile(np.linalg.norm(shoulders - hips, axis=-1), 0.6)
    points[..., :2] = (points[..., :2] - hips[0]) * (TORSO / max(float(length), 1e-3))
    np.clip(points[..., :2], -50 * TORSO, 50 * TORSO, out=points[..., :2])
    return points


def _stretch(points: Floats, rate: float, seconds: float, rng: Rng) -> Floats:
    frames = len(points)
    wanted = int(min(seconds * rate + 1, frames))
    start = int(rng.integers(frames - wanted + 1))
    return points[start : start + max(wanted, 2)]


def _disturb_depth(points: Floats, rng: Rng) -> Floats:
    """Make every 3D source about as unsure of depth as one read from video."""
    points = points.copy()
    squeeze = rng.uniform(0.7, 1.1)
    hips = points[:, 11:13, 2:3].mean(axis=1, keepdims=True)
    points[..., 2:3] = hips + (points[..., 2:3] - hips) * squeeze
    wobble = rng.normal(size=(len(points), 17)) * rng.uniform(0.0, 0.06)
    points[..., 2] += 4.0 * gaussian_filter1d(wobble, 4.0, axis=0)
    points[..., 2] += rng.normal(0.0, 0.02, size=17)
    return points


def _rescale_bones(points: Floats, spread: float, rng: Rng) -> Floats:
    """Give the dancer another build: every bone, left and right alike, its own factor."""
    result = points.copy()
    xy, new = points[..., :2], result[..., :2]
    mid_hip, mid_shoulder = xy[:, 11:13].mean(axis=1), xy[:, 5:7].mean(axis=1)
    factors = np.exp(rng.normal(0.0, spread, size=8)).astype(np.float32)
    hip_width, shoulder_width, head, torso = factors[:4]
    new_shoulder = mid_hip + (mid_shoulder - mid_hip) * torso
    new[:, 11:13] = mid_hip[:, None] + (xy[:, 11:13] - mid_hip[:, None]) * hip_width
    new[:, 5:7] = new_shoulder[:, None] + (xy[:, 5:7] - mid_shoulder[:, None]) * shoulder_width
    new[:, :5] = new_shoulder[:, None] + (xy[:, :5] - mid_shoulder[:, None]) * head
    for chain, (upper, lower) in zip(
        _CHAINS, (factors[4:6], factors[4:6], factors[6:8], factors[6:8]), strict=True
    ):
        root, middle, end = chain
        new[:, middle] = new[:, root] + (xy[:, middle] - xy[:, root]) * upper
        new[:, end] = new[:, middle] + (xy[:, end] - xy[:, middle]) * lower
    return result


def _rehabituate(points: Floats, settings: AugmentationSettings, rng: Rng) -> Floats:
    """Hold trunk and limbs a little otherwise throughout, and move each of them more or less."""
    spread, points = np.radians(settings.habit), points.copy()
    old, new = points[..., :2].copy(), points[..., :2]

    def moved(start: Floats, end: Floats, factor: float, angle: float) -> Floats:
        bone = end - start
        usual = bone.mean(axis=0, keepdims=True)
        return _turned(usual + factor * (bone - usual), angle)

    arms, legs, trunk = np.exp(rng.normal(0.0, settings.amplitude, size=3))
    hips, shoulders = old[:, 11:13].mean(axis=1), old[:, 5:7].mean(axis=1)
    lean = rng.normal(0.0, 0.7 * spread)
    top = hips + moved(hips, shoulders, trunk, lean)
    upper = slice(0, 7)
    new[:, upper] = top[:, None] + _turned(old[:, upper] - shoulders[:, None], lean)
    for chain, factor in zip(_CHAINS, (arms, arms, legs, legs), strict=True):
        start, middle, end = chain
        turn = rng.normal(0.0, spread)
        new[:, middle] = new[:, start] + moved(old[:, start], old[:, middle], factor, turn)
        turn += rng.normal(0.0, spread)
        new[:, end] = new[:, middle] + moved(old[:, middle], old[:, end], factor, turn)
    return points


def _turned(vectors: Floats, angle: float) -> Floats:
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    result: Floats = vectors @ turn.T.astype(np.float32)
    return result


def _roll(points: Floats, degrees: float, aspect: float) -> Floats:
    """Tilt the camera, and stretch the picture a little as odd pixel shapes do."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = points.copy()
    points[..., :2] = points[..., :2] @ (turn * (aspect, 1.0)).T
    return points


def _some_frames(frames: int, rate: float, mean_seconds: float, rng: Rng) -> slice:
    length = 1 + int(rng.exponential(mean_seconds) * rate)
    start = int(rng.integers(frames))
    return slice(start, min(start + length, frames))


def _swap(points: Floats, stretch: slice, rng: Rng) -> None:
    kind = rng.integers(3)
    swapped = (_ARMS, LEGS, tuple(range(5, 17)))[kind]
    points[stretch, swapped] = points[stretch, tuple(MIRROR[k] for k in swapped)]


def _hide_legs(points: Floats, lost: npt.NDArray[np.bool_], rng: Rng) -> None:
    """Lose the legs below the knee, the hip or the belt, and guess where they are."""
    # Mostly all of them: that is what a webcam on a desk sees.
    hidden = (_LOWER_LEGS[2:], _LOWER_LEGS, LEGS, LEGS)[rng.integers(4)]
    frames = len(points)
    lost[:, hidden] = True
    mid = points[:, 5:7, :2].mean(axis=1, keepdims=True)
    guess = mid + np.array([0.0, TORSO * rng.uniform(1.0, 1.5)])
    blend = rng.random()
    points[:, hidden, :2] = blend * points[:, hidden, :2] + (1 - blend) * guess
    points[:, hidden, :2] += rng.normal(0.0, 0.15 * TORSO, size=(frames, len(hidden), 2))


def _scores(seen: npt.NDArray[np.bool_], rate: float, rng: Rng) -> Floats:
    """Draw scores that tell what is seen and nothing else."""
    frames = len(seen)
    base = rng.uniform(0.4, 1.0) + rng.normal(0.0, 0.08, size=17)
    slow = gaussian_filter1d(rng.normal(size=(frames, 17)), 0.3 * rate, axis=0)
    scores = base + 0.1 * slow * np.sqrt(rate) + rng.normal(0.0, 0.04, size=(frames, 17))
    unseen = rng.uniform(0.0, 0.2) + rng.normal(0.0, 0.05, size=(frames, 17))
    result: Floats = np.clip(np.where(seen, np.maximum(scores, 0.3), unseen), 0.0, 1.0).astype(
        np.float32
    )
    return result
