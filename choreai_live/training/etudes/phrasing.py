"""Writing a dance down: which posture on which beat, how it is reached, what rides on top.

A :class:`Score` is filled by phrases (functions that call its methods) and
then read at any number of times at once. Between two keys the feet keep to
the floor of the room and step, one after the other, however the dancer
travels; arms, head and trunk may each run a little late.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.kinematics import smoothstep, turned
from choreai_live.training.etudes.postures import (
    HEAD,
    LEFT_FOOT,
    LIFT,
    RIGHT_FOOT,
    SIZE,
    TURN,
    mirrored,
)

Rng = np.random.Generator
_Item = TypeVar("_Item")
#: What is added to the postures at beats (frames,) since the layer began: (frames, 45).
Layer = Callable[[Array], Array]

_GRAVITY: Final = 9.81
_ARMS: Final = slice(12, 24)
_FRONT: Final = np.array((0.0, -0.35, 0.94))


def _sustained(p: Array) -> Array:
    return smoothstep(p)


def _even(p: Array) -> Array:
    return p


def _hit(p: Array) -> Array:
    """Shoot off, arrive in the first part of the time left, overshoot a little, settle."""
    result: Array = 1.0 - np.exp(-7.0 * p) * np.cos(5.0 * p) - p * 0.0003
    return result


def _swing(p: Array) -> Array:
    result: Array = 0.5 - 0.5 * np.cos(pi * p)
    return result


def _drop(p: Array) -> Array:
    """Start slowly, arrive at full speed, as what falls or stamps."""
    return p * p


def _float(p: Array) -> Array:
    """Start at once, arrive ever more slowly."""
    result: Array = 1.0 - (1.0 - p) ** 3
    return result


#: How a posture is reached, by name: progress 0 to 1 of the time for it, (frames,) to (frames,).
EASINGS: Final[dict[str, Callable[[Array], Array]]] = {
    "sustained": _sustained,
    "even": _even,
    "hit": _hit,
    "swing": _swing,
    "drop": _drop,
    "float": _float,
}


@dataclass(frozen=True, eq=False, slots=True)
class _Key:
    beat: float
    body: Array
    place: Array  # x, z, yaw in the room
    easing: str
    share: float
    lead: int
    stepping: bool
    path: str  # how the place is reached


class Score:
    """A dance that is being written down.

    Parameters
    ----------
    tempo
        Beats per minute.
    start
        (45,) posture at the beginning.

    Attributes
    ----------
    beat
        Where the next key is counted from.
    body
        (45,) the last posture written, as the phrase wrote it (not mirrored).
    """

    def __init__(self, tempo: float, start: Array) -> None:
        self.tempo = tempo
        self.beat = 0.0
        self.body = start
        self._mirrored = False
        self._place = np.zeros(3)
        self._keys = [_Key(0.0, start, self._place, "sustained", 1.0, 0, False, "even")]
        self._layers: list[tuple[float, float, float, bool, Layer]] = []

    @property
    def seconds(self) -> float:
        """How long the dance is so far."""
        return self.beat * 60.0 / self.tempo

    def beats(self, seconds: float) -> float:
        """Return how many beats ``seconds`` are."""
        return seconds * self.tempo / 60.0

    def mirror(self, on: bool) -> None:
        """Exchange left and right in all that is written from here on, or not."""
        if on != self._mirrored:
            self.body = mirrored(self.body)
        self._mirrored = on

    def to(
        self,
        body: Array,
        beats: float,
        easing: str = "sustained",
        *,
        share: float = 1.0,
        travel: Sequence[float] = (0.0, 0.0),
        turn: float = 0.0,
        lead: int | None = None,
        path: str | None = None,
    ) -> None:
        """Write: ``beats`` from the last key, be in ``body``.

        Parameters
        ----------
        body
            (45,).
        beats
            Above 0; at least 0.05 s are taken.
        easing
            A name of :data:`EASINGS`.
        share
            Share of the beats spent on the way, the last ones; before that the
            posture before is held. 1 flows, 0.4 hits on the beat.
        travel
            Metres to the dancer's left and to the front, as they face before.
        turn
            Radians to the dancer's left; they face that way afterwards.
        lead
            Which foot steps first where feet have to move: 1 left, -1 right, 0
            both at once (jumps, glides); None picks the one the dancer travels to.
        """
        left, front = travel
        if lead is None:
            lead = 0 if body[LIFT] > 0.0 or self.body[LIFT] > 0.0 else (1 if left >= 0.0 else -1)
        self.beat += max(beats, self.beats(0.05))
        self.body = body
        if self._mirrored:
            body, left, turn, lead = mirrored(body), -left, -turn, -lead
        yaw = self._place[2]
        c, s = np.cos(yaw), np.sin(yaw)
        self._place = self._place + np.array((left * c + front * s, front * c - left * s, turn))
        if path is None:
            path = easing if easing in ("even", "swing") else "sustained"
        swivel = abs(turn) + abs(float(body[TURN] - self._keys[-1].body[TURN]))
        self._keys.append(
            _Key(
                self.beat,
                body,
                self._place,
                easing,
                share,
                lead,
                swivel < 1.8 and lead != 0,
                path,
            )
        )

    def hold(self, beats: float) -> None:
        """Write: stay in the last posture for ``beats``."""
        if beats > 0.0:
            self.to(self.body, beats)

    def jump(
        self,
        air: Array,
        land: Array,
        beats: float,
        height: float,
        *,
        travel: Sequence[float] = (0.0, 0.0),
        turn: float = 0.0,
    ) -> None:
        """Write: leave the floor and be back in ``land`` after ``beats``.

        Time in the air follows from the height (ballistic flight). Where it is
        longer than the beats the jump is lower; where it is shorter the
        dancer stays in the posture before.

        Parameters
        ----------
        air, land
            (45,) at the top of the jump, with :data:`LIFT` 0, and on landing.
        height
            Metres the body rises.
        travel, turn
            As in :meth:`to`, over the whole jump.
        """
        flight = self.beats(2.0 * sqrt(2.0 * height / _GRAVITY))
        if flight > beats:
            height *= (beats / flight) ** 2
            flight = beats
        self.hold(beats - flight)
        self.layer(_flight(height, flight), flight, fade=0.0)
        half = (travel[0] / 2, travel[1] / 2)
        self.to(air, flight / 2, "float", travel=half, turn=turn / 2, lead=0, path="even")
        c, s = np.cos(turn / 2), np.sin(turn / 2)
        rest = (half[0] * c - half[1] * s, half[0] * s + half[1] * c)
        self.to(land, flight / 2, "drop", travel=rest, turn=turn / 2, lead=0, path="even")

    def layer(self, layer: Layer, beats: float, fade: float = 0.5) -> None:
        """Add ``layer`` to what is danced in the ``beats`` from here on.

        Parameters
        ----------
        layer
            Called with the beats (frames,) since here.
        beats
            How long it lasts; it does not move :attr:`beat`.
        fade
            Beats over which it comes and goes.
        """
        self._layers.append((self.beat, beats, fade, self._mirrored, layer))

    def read(
        self, beats: Array, late: Callable[[slice], float] = lambda part: 0.0
    ) -> tuple[Array, Array]:
        """Return what is danced at ``beats`` (frames,).

        Parameters
        ----------
        late
            How many beats behind the music a part of the body is: called with
            ``slice`` of the arms (12 to 24), head, and the rest (None to None).

        Returns
        -------
        postures (frames, 45) and places (frames, 2), x and z in the room; metres.
        """
        keys = self._keys
        times = np.array([key.beat for key in keys])
        bodies = np.stack([key.body for key in keys])
        places = np.stack([key.place for key in keys])
        index, weight = self._progress(beats, times)
        result = _mixed(bodies[index], bodies[index + 1], weight)
        for part in (_ARMS, HEAD):
            behind, eased = self._progress(beats - late(part), times)
            result[:, part] = _mixed(bodies[behind], bodies[behind + 1], eased)[:, part]
        _, along = self._progress(beats, times, path=True)
        place = places[index] + (places[index + 1] - places[index]) * along[:, None]
        self._set_feet(result, index, weight, bodies, places, place)
        for start, length, fade, flipped, layer in self._layers:
            active = np.flatnonzero((beats >= start) & (beats <= start + length))
            if len(active):
                since = beats[active] - start
                delta = layer(since)
                if fade > 0.0:
                    into = np.minimum(since, length - since) / fade
                    delta = delta * smoothstep(into)[:, None]
                result[active] += mirrored(delta) if flipped else delta
        result[:, TURN] += place[:, 2]
        return result, place[:, :2]

    def _progress(
        self, beats: Array, times: Array, path: bool = False
    ) -> tuple[npt.NDArray[np.int64], Array]:
        """Return the key before each beat (frames,), and how far on towards the next, eased."""
        keys = self._keys
        index = np.clip(np.searchsorted(times, beats, side="right") - 1, 0, len(keys) - 2)
        share = np.array([key.share for key in keys])[index + 1]
        part = (beats - times[index]) / (times[index + 1] - times[index])
        part = np.clip((part - 1.0) / share + 1.0, 0.0, 1.0)
        weight = np.empty_like(part)
        names = np.array([key.path if path else key.easing for key in keys])[index + 1]
        for name in set(names.tolist()):
            chosen = names == name
            weight[chosen] = EASINGS[name](part[chosen])
        return index, weight

    def _set_feet(
        self,
        result: Array,
        index: npt.NDArray[np.int64],
        weight: Array,
        bodies: Array,
        places: Array,
        place: Array,
    ) -> None:
        """Let the feet step in the room instead of gliding along with the dancer."""
        leads = np.array([key.lead for key in self._keys])[index + 1]
        stepping = np.array([key.stepping for key in self._keys])[index + 1]
        # Where the body itself turns on the spot, its feet turn with it.
        yaws = places[:, 2] + bodies[:, TURN]
        yaw = np.where(stepping, place[:, 2] + result[:, TURN], 0.0)
        for side, part in ((1, LEFT_FOOT), (-1, RIGHT_FOOT)):
            feet = bodies[:, part]
            planted = feet[:, [0, 1, 2]] * (1.0, 0.0, 1.0)
            world = turned(planted, yaws) + places[:, [0, 0, 1]] * (1.0, 0.0, 1.0)
            begin = np.where(leads == side, 0.0, 0.35)
            swung = np.where(
                leads == 0,
                weight,
                smoothstep((weight - begin) / 0.65) * (weight < 1) + (weight >= 1),
            )[:, None]
            in_room = world[index] + (world[index + 1] - world[index]) * swung
            local = turned(in_room - place[:, [0, 0, 1]] * (1.0, 0.0, 1.0), -yaw)
            moved = feet[index] + (feet[index + 1] - feet[index]) * swung
            moved_yaw = yaws[index] + (yaws[index + 1] - yaws[index]) * swung[:, 0]
            moved_yaw = moved_yaw - place[:, 2] - result[:, TURN]
            ways = np.where(
                stepping[:, None],
                (world[index + 1] - world[index]),
                planted[index + 1] - planted[index],
            )
            distance = np.linalg.norm(ways, axis=1)
            height = np.maximum(feet[index, 1], feet[index + 1, 1])
            arc = 4.0 * swung[:, 0] * (1.0 - swung[:, 0]) * np.minimum(0.45 * distance, 0.10)
            result[:, part] = moved
            result[:, part.start + 1] += arc * (leads != 0) * (1.0 - smoothstep(height / 0.12))
            result[stepping, part.start] = local[stepping, 0]
            result[stepping, part.start + 2] = local[stepping, 2]
            result[stepping, part.start + 3] += moved_yaw[stepping]


def one_of(rng: Rng, items: Sequence[_Item]) -> _Item:
    """Draw one of ``items``."""
    return items[int(rng.integers(len(items)))]


def wave(
    channels: slice | int | Sequence[int],
    amount: float | Sequence[float],
    period: float,
    phase: float = 0.0,
    sharp: float = 1.0,
) -> Layer:
    """Return a layer that swings ``channels`` by ``amount``.

    Parameters
    ----------
    channels
        Which channels of a posture.
    amount
        Radians or metres, one for all or one for each.
    period
        Beats.
    phase
        Turns: 0 is highest on the beat, 0.5 lowest, 0.25 rising through 0.
    sharp
        1 is a sine; smaller is squarer (held at the ends), larger more pointed.
    """

    def layer(beats: Array) -> Array:
        value = np.cos(2 * pi * (beats / period - phase))
        value = np.sign(value) * np.abs(value) ** sharp
        delta = np.zeros((len(beats), SIZE))
        delta[:, channels] = (
            value[:, None] * np.asarray(amount)
            if not isinstance(channels, int)
            else value * float(np.asarray(amount))
        )
        return delta

    return layer


def bounce(depth: float, period: float = 1.0, phase: float = 0.0, sharp: float = 1.0) -> Layer:
    """Return a layer that bends the knees by ``depth`` metres, lowest on the beat."""

    def layer(beats: Array) -> Array:
        delta = np.zeros((len(beats), SIZE))
        low = 0.5 + 0.5 * np.cos(2 * pi * (beats / period - phase))
        delta[:, 1] = -depth * low**sharp
        return delta

    return layer


def _flight(height: float, beats: float) -> Layer:
    def layer(since: Array) -> Array:
        part = np.clip(since / beats, 0.0, 1.0)
        delta = np.zeros((len(since), SIZE))
        delta[:, LIFT] = 4.0 * height * part * (1.0 - part)
        return delta

    return layer


def _mixed(first: Array, second: Array, weight: Array) -> Array:
    """Return :func:`choreai_live.demo.posture.mixed` of postures (frames, 45)."""
    weight = weight[:, None]
    result: Array = first + (second - first) * weight
    arms = [body[:, _ARMS].reshape(-1, 4, 3) for body in (first, second)]
    opposed = -np.einsum("nai,nai->na", *arms)
    by_front = 3.2 * weight * (1.0 - weight) * np.maximum(opposed, 0.0)
    result[:, _ARMS] += (by_front[:, :, None] * _FRONT).reshape(len(result), 12)
    return result
