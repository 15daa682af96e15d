"""One dancer: a body, clothes, an order of dances and a way across the stage."""

from collections.abc import Callable

import numpy as np

from choreai_live.demo.body import POSTURE_LEG, Body, Proportions, assembled
from choreai_live.demo.dances import MOVE_BEATS, danced
from choreai_live.demo.geometry import Array, smoothstep
from choreai_live.demo.posture import stepped
from choreai_live.demo.settings import SceneSettings
from choreai_live.demo.stage import Steps, travels, way_of
from choreai_live.demo.wardrobe import dressed

#: Seconds after which a medley goes on to its next dance, rounded to whole bars.
MEDLEY_SECONDS = 12.0
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
        self._first_move = index
        self._first_dance = settings.seed + index
        self._steps = Steps(
            way_of(index, settings, half_width),
            facing=float(rng.uniform(-0.2, 0.2)),
            beat=60.0 / settings.tempo,
            travels=travels(index, settings),
        )

    def dance(self, time: float) -> str:
        """Return the name of what is danced at ``time`` seconds."""
        if self.settings.dance != "medley":
            return self.settings.dance
        return self._following(self._beat(time), 0)

    def body(self, time: float) -> Body:
        """Return the body at ``time`` seconds, in the world."""
        spot, yaw, _ = self._steps.place(time)
        posture = self._steps.taken(self._posture(time), time, self.proportions.leg / POSTURE_LEG)
        return assembled(posture, self.proportions).placed(spot.x, spot.z, yaw)

    @property
    def _part_beats(self) -> int:
        beats = MEDLEY_SECONDS * self.settings.tempo / 60.0
        return max(round(beats / MOVE_BEATS), 1) * MOVE_BEATS

    def _beat(self, time: float) -> float:
        return time * self.settings.tempo / 60.0

    def _posture(self, time: float) -> Array:
        beat = self._beat(time)
        body = danced(self.dance(time), beat, self._first_move)
        to_change = self._part_beats - beat % self._part_beats
        if self.settings.dance == "medley" and to_change < 2.0:
            following = danced(self._following(beat, 1), beat, self._first_move)
            body = stepped(body, following, smoothstep(1.0 - to_change / 2.0))
        return body

    def _following(self, beat: float, parts: int) -> str:
        """Return the dance of the medley so many parts later."""
        part = int(beat // self._part_beats) + parts
        return _ORDER[(self._first_dance + part) % len(_ORDER)]
