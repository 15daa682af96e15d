"""One dancer: a body, clothes, an order of dances and a way across the stage."""

from collections.abc import Callable

import numpy as np

from choreai_live.demo.body import POSTURE_LEG, Body, Proportions, assembled
from choreai_live.demo.dances import DANCE
from choreai_live.demo.geometry import Array, smoothstep
from choreai_live.demo.posture import mixed
from choreai_live.demo.settings import SceneSettings
from choreai_live.demo.stage import Steps, way_of
from choreai_live.demo.wardrobe import dressed

#: Seconds after which a medley goes on to its next dance, rounded to whole bars.
MEDLEY_SECONDS = 12.0
_BAR = 8
_ORDER = ("afrobeat", "classical", "hiphop")


class Performer:
    """One dancer of a scene.

    Parameters
    ----------
    settings
        The scene.
    index
        Which of its dancers, from 0.
    half_width
        The x at which the picture ends, for a z; metres.
    """

    def __init__(
        self, settings: SceneSettings, index: int, half_width: Callable[[float], float]
    ) -> None:
        self.settings = settings
        self.index = index
        rng = np.random.default_rng((settings.seed, index))
        self.size = float(rng.uniform(0.95, 1.04))
        self.proportions = Proportions().scaled(self.size, float(rng.uniform(0.94, 1.05)))
        self.figure, self.tables = dressed(settings, index, self.size)
        self._first_dance = int(np.random.default_rng(settings.seed).integers(3)) + index
        self._steps = Steps(
            way_of(index, settings, half_width),
            float(rng.uniform(-0.2, 0.2)),
            60.0 / settings.tempo,
        )

    def dance(self, time: float) -> str:
        """Return the name of what is danced at ``time`` seconds."""
        if self.settings.dance != "medley":
            return self.settings.dance
        part = int(self._beat(time) // self._part_beats)
        return _ORDER[(self._first_dance + part) % len(_ORDER)]

    def body(self, time: float) -> Body:
        """Return the body at ``time`` seconds, in the world."""
        spot, yaw, _ = self._steps.place(time)
        posture = self._steps.taken(self._posture(time), time, self.proportions.leg / POSTURE_LEG)
        return assembled(posture, self.proportions).placed(spot.x, spot.z, yaw)

    @property
    def _part_beats(self) -> int:
        beats = MEDLEY_SECONDS * self.settings.tempo / 60.0
        return max(round(beats / _BAR), 1) * _BAR

    def _beat(self, time: float) -> float:
        return time * self.settings.tempo / 60.0

    def _posture(self, time: float) -> Array:
        beat = self._beat(time)
        body = DANCE[self.dance(time)](beat)
        if self.settings.dance == "medley":
            to_change = self._part_beats - beat % self._part_beats
            if to_change < 2.0:
                part = int(beat // self._part_beats) + 1
                following = DANCE[_ORDER[(self._first_dance + part) % len(_ORDER)]](beat)
                body = mixed(body, following, smoothstep(1.0 - to_change / 2.0))
        return body
