"""Where on the stage a dancer is, and how feet step when the dancer travels."""

from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Final

from choreai_live.demo.geometry import Array, glide, rotation_y, smoothstep
from choreai_live.demo.posture import LEFT_FOOT, PELVIS, RIGHT_FOOT, mixed, posture
from choreai_live.demo.settings import SceneSettings

#: Metres per second at which a dancer crosses the stage on average.
_PACE: Final = 1.05
#: Seconds a dancer who leaves stays away, about; well below the two promised.
_AWAY: Final = 0.85
#: Metres from a dancer's middle to where nothing of the dancer sticks out.
_REACH: Final = 0.62


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the floor: x to the right of the picture, z towards the camera, metres."""

    x: float
    z: float


Way = Callable[[float], Spot]

#: Where one, two, three and four dancers stand.
_HOMES: Final = (
    (Spot(0.0, 0.0),),
    (Spot(-0.68, 0.0), Spot(0.68, -0.1)),
    (Spot(-1.15, -0.35), Spot(0.0, 0.35), Spot(1.15, -0.35)),
    (Spot(-1.70, -0.1), Spot(-0.55, 0.35), Spot(0.55, -0.45), Spot(1.70, 0.1)),
)


def standing(spot: Spot) -> Way:
    """Return the way of a dancer who stays on the spot."""
    return lambda _: spot


def to_and_fro(
    left: float, right: float, z: float, phase: float, pause: float = 1.6, pace: float = _PACE
) -> Way:
    """Return the way of a dancer who crosses the stage, dances there for a while and comes back.

    ``phase`` from 0 to 1 says where in this round the dancer is at time 0,
    ``pause`` how many seconds the dancer stays on either side, and ``pace`` the
    mean speed in between, metres per second.
    """
    walk = (right - left) / pace
    period = 2.0 * (pause + walk)

    def way(time: float) -> Spot:
        at = (time + phase * period) % period
        if at > period / 2:
            return Spot(right + (left - right) * glide((at - period / 2 - pause) / walk), z)
        return Spot(left + (right - left) * glide((at - pause) / walk), z)

    return way


def leaving(home: Spot, edge: float, period: float = 9.0) -> Way:
    """Return the way of a dancer who walks out of the picture and right back in.

    ``edge`` is the x at which the picture ends at the dancer's distance,
    positive or negative for the side to leave by; the dancer is away in the
    middle of every ``period`` seconds.
    """
    side = 1.0 if edge > 0 else -1.0
    out = side * (edge - home.x) + _REACH
    # The last quarter of a glide of length L is L - 8/3 L u^2, so the time spent
    # beyond `out`, there and back, is 2 / pace sqrt(3/8 past L); solved for _AWAY.
    square = 8.0 / 3.0 * (_AWAY * _PACE / 2.0) ** 2
    past = (sqrt(out * out + 4.0 * square) - out) / 2.0
    walk = (out + past) / _PACE
    turn = max(period, 2.0 * walk + 3.0) / 2.0

    def way(time: float) -> Spot:
        away = abs(time % (2.0 * turn) - turn)
        return Spot(home.x + side * (out + past) * glide(1.0 - away / walk), home.z)

    return way


def hidden_by_loudspeaker(half_width: float) -> tuple[float, float]:
    """Return the middle of what the loudspeaker hides of the stage, and half its width.

    ``half_width`` is the x at which the picture ends; everything in metres.
    """
    return 0.28 * half_width, min(0.31 * half_width, 0.56)


def travels(index: int, settings: SceneSettings) -> bool:
    """Return whether dancer ``index`` (from 0) of a scene ever leaves the spot."""
    leaves = settings.exits and index == 0
    hides = settings.occluder and index == settings.dancers - 1
    return settings.crossing or leaves or hides


def way_of(index: int, settings: SceneSettings, half_width: Callable[[float], float]) -> Way:
    """Return the way of dancer ``index`` (from 0) of a scene.

    ``half_width`` gives the x at which the picture ends, for a z.
    """
    count = settings.dancers
    home = _HOMES[count - 1][index]
    if settings.exits and index == 0:
        edge = half_width(home.z)
        return leaving(home, -edge if home.x < 0 else edge)
    if settings.occluder and index == count - 1:
        middle, half = hidden_by_loudspeaker(half_width(0.0))
        way_past = half + 0.38
        return to_and_fro(middle - way_past - 0.35, middle + way_past, 0.0, 0.0, 2.2, pace=0.85)
    if settings.crossing:
        half = 0.95 + 0.25 * (count - 2)
        lane = 0.42 * (count - 1 - 2 * index) / max(count - 1, 1) * (1.0 + 0.4 * (count > 2))
        return to_and_fro(-half, half - 0.1 * index, lane, index / count)
    return standing(home)


class Steps:
    """The feet of a dancer who travels: planted in the world, one step on each beat.

    Parameters
    ----------
    way
        Where the dancer is.
    facing
        Yaw of the dancer when not travelling.
    beat
        Seconds of one beat.
    travels
        Whether the way leads anywhere.
    """

    def __init__(self, way: Way, facing: float, beat: float, *, travels: bool) -> None:
        self._way = way
        self._travels = travels
        self._facing = facing
        self._step = beat
        while self._step > 0.6:
            self._step /= 2.0
        while self._step < 0.3:
            self._step *= 2.0

    def place(self, time: float) -> tuple[Spot, float, float]:
        """Return the spot, the yaw and the speed (m/s) at ``time`` seconds."""
        spot = self._way(time)
        before, after = self._way(time - 0.1), self._way(time + 0.1)
        vx, vz = (after.x - before.x) / 0.2, (after.z - before.z) / 0.2
        speed = hypot(vx, vz)
        heading = atan2(vx, max(vz, 0.0) + 0.9)
        return spot, self._facing + heading * smoothstep(speed / 0.8), speed

    def taken(self, dancing: Array, time: float, scale: float) -> Array:
        """Return a posture (37,) with as much of walking in it as the dancer's speed asks for.

        Who travels does not pirouette: setting off in the middle of a turn
        would spin them back like a top.

        ``scale`` is the dancer's leg length over the one postures are written for.
        """
        spot, yaw, speed = self.place(time)
        if self._travels:
            dancing = posture(dancing, turn=0.0)
        travelling = smoothstep((speed - 0.05) / 0.45)
        if travelling == 0.0:
            return dancing
        walking = self._walking(time, spot, yaw, scale)
        result = mixed(dancing, walking, travelling)
        # Something of the dance stays in the arms and the trunk.
        upper = slice(PELVIS.start, LEFT_FOOT.start)
        result[upper] = mixed(walking, dancing, 1.0 - 0.6 * travelling)[upper]
        return result

    def _walking(self, time: float, spot: Spot, yaw: float, scale: float) -> Array:
        phase = time / self._step
        swing = sin(pi * phase)
        body = posture(
            hips=(0.0, -0.045 + 0.02 * cos(2 * pi * phase), 0.0),
            pelvis=(-0.10 * swing, 0.05, 0.0),
            spine=(0.2 * swing, 0.05, 0.0),
            left_arm=(0.28, -0.92, -0.45 * swing, 0.18, -0.80, 0.45 - 0.45 * swing),
            right_arm=(-0.28, -0.92, 0.45 * swing, -0.18, -0.80, 0.45 + 0.45 * swing),
        )
        back = rotation_y(-yaw)
        for part, first, side in ((LEFT_FOOT, 0, 1.0), (RIGHT_FOOT, 1, -1.0)):
            # The last step of this foot, landed at `landed`, and the one to come.
            count = 2 * int((phase - first) // 2) + first
            here = self._planted(count, side)
            there = self._planted(count + 2, side)
            swung = max((phase - count - 1.2) / 0.8, 0.0)
            ahead = smoothstep(swung)
            x = here[0] + (there[0] - here[0]) * ahead - spot.x
            z = here[1] + (there[1] - here[1]) * ahead - spot.z
            turned = here[2] + (there[2] - here[2]) * ahead - yaw
            push = max(min((phase - count - 0.7) / 0.5, 1.0), 0.0) * (1.0 - ahead)
            local = back @ (x, 0.0, z)
            height = 0.09 * sin(pi * swung)
            body[part] = (
                local[0] / scale, height, local[2] / scale,
                turned + side * 0.12, 0.75 * push, side * 0.15,
            )  # fmt: skip
        return body

    def _planted(self, count: int, side: float) -> tuple[float, float, float]:
        """Return x, z and yaw of the foot that lands on step ``count``."""
        # It stands still while the body passes over it.
        spot, yaw, _ = self.place((count + 0.6) * self._step)
        offset = rotation_y(yaw) @ (side * 0.10, 0.0, 0.12)
        return spot.x + float(offset[0]), spot.z + float(offset[2]), yaw
