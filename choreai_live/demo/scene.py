"""The scene: who stands where, what it looks like, and what is true about it."""

from dataclasses import dataclass
from functools import cached_property
from math import radians, tan
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.demo.anatomy import MATERIAL_COUNT
from choreai_live.demo.backdrop import studio
from choreai_live.demo.body import Body
from choreai_live.demo.camera import looking_at
from choreai_live.demo.figure import keypoints
from choreai_live.demo.floor import Floor
from choreai_live.demo.occluder import Loudspeaker
from choreai_live.demo.performer import Performer
from choreai_live.demo.projection import Cones, Projection, joined
from choreai_live.demo.raster import Canvas, atlas_of
from choreai_live.demo.settings import SceneSettings
from choreai_live.demo.stage import hidden_by_loudspeaker
from choreai_live.demo.visibility import hidden_by_another, hidden_by_itself
from choreai_live.messages import Floats, Image

#: Metres that must fit into the picture: from its middle up, and sideways for
#: one to four dancers.
_TALL: Final = 1.345
_WIDE: Final = (0.90, 1.65, 2.05, 2.65)


@dataclass(frozen=True, eq=False, slots=True)
class Truth:
    """What is true about one dancer in one picture.

    Parameters
    ----------
    id
        1 for the first dancer of the scene, and so on.
    keypoints
        float32 (keypoints=17, space=2): x, y in pixels, COCO-17 order, also
        where hidden or out of the picture.
    visible
        bool (17,): in the picture, and not hidden by another dancer, by the
        loudspeaker or by the dancer's own body.
    box
        float32 (4,): x1, y1, x2, y2 around the whole figure, clothes and all,
        clipped to the picture; empty (x1 == x2) when outside.
    dance
        What is being danced.
    """

    id: int
    keypoints: Floats
    visible: npt.NDArray[np.bool_]
    box: Floats
    dance: str


class DemoScene:
    """A studio with dancing figures; every moment of it can be asked for.

    Deterministic: a time always gives the same picture and the same truth, in
    any order of asking.

    Parameters
    ----------
    settings
        What the scene shows.
    """

    def __init__(self, settings: SceneSettings | None = None) -> None:
        self.settings = settings = settings or SceneSettings()
        self.camera = looking_at(
            0.98,
            distance=settings.distance or _fitting(settings),
            height=settings.camera_height,
            fov=settings.fov,
            roll=settings.roll,
            size=(settings.width, settings.height),
        )
        self._floor = Floor(self.camera, (settings.width, settings.height))
        self._pixels_per_metre = self.camera.focal / float(self.camera.position[2])
        self._performers = [
            Performer(settings, index, self._half_width) for index in range(settings.dancers)
        ]
        self._loudspeaker = (
            Loudspeaker(
                self.camera,
                (settings.width, settings.height),
                hidden_by_loudspeaker(self._half_width(0.0)),
            )
            if settings.occluder
            else None
        )
        self._atlas = atlas_of([table for each in self._performers for table in each.tables])

    @cached_property
    def backdrop(self) -> Image:
        """The studio without anybody, uint8 (height, width, 3), BGR."""
        settings = self.settings
        return studio(self.camera, (settings.width, settings.height), settings.seed)

    def render(self, time: float, onto: Image | None = None) -> Image:
        """Return the picture at ``time`` seconds, uint8 (height, width, 3), BGR.

        Dancers and their shadows are drawn into ``onto`` where it is given, a
        picture of the same form, and otherwise into a copy of the studio.
        """
        canvas = Canvas(self.backdrop.copy() if onto is None else onto)
        bodies = [performer.body(time) for performer in self._performers]
        self._floor.shade(canvas.image, bodies)
        cones = [self._cones(*each) for each in zip(self._performers, bodies, strict=True)]
        canvas.draw(self._projected(joined(cones, MATERIAL_COUNT)), self._atlas)
        canvas.shade_hollows(round(0.09 * self._pixels_per_metre), 2.2)
        if self._loudspeaker:
            self._loudspeaker.draw(canvas.image)
        return canvas.image

    def dance(self, time: float) -> str:
        """Return what the first dancer dances at ``time`` seconds."""
        return self._performers[0].dance(time)

    def truth(self, time: float) -> list[Truth]:
        """Return what is true about every dancer at ``time`` seconds, in the order of their ids."""
        bodies = [performer.body(time) for performer in self._performers]
        seen = [
            self._projected(self._cones(*each))
            for each in zip(self._performers, bodies, strict=True)
        ]
        result = []
        for performer, body, projection in zip(self._performers, bodies, seen, strict=True):
            pixels, depth = self.camera.projected(keypoints(body, performer.size))
            visible = self._inside(pixels)
            visible &= ~hidden_by_itself(pixels, depth, projection, performer.figure.frames)
            for other in seen:
                if other is not projection:
                    visible &= ~hidden_by_another(pixels, depth, other)
            if self._loudspeaker:
                visible &= ~self._loudspeaker.hides(pixels)
            result.append(
                Truth(
                    performer.index + 1,
                    pixels.astype(np.float32),
                    visible,
                    self._box(projection),
                    performer.dance(time),
                )
            )
        return result

    def _cones(self, performer: Performer, body: Body) -> Cones:
        return performer.figure.cones(body, self.camera.rotation, self.camera.position)

    def _projected(self, cones: Cones) -> Projection:
        return Projection(cones, self.camera.focal, self.camera.centre)

    def _half_width(self, z: float) -> float:
        depth = float(self.camera.position[2]) - z
        return depth * self.settings.width / 2.0 / self.camera.focal

    def _inside(self, pixels: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        limit = (self.settings.width - 0.5, self.settings.height - 0.5)
        inside = (pixels >= -0.5) & (pixels <= limit)
        return inside[:, 0] & inside[:, 1]

    def _box(self, projection: Projection) -> Floats:
        x1, y1 = projection.boxes[:, :2].min(axis=0) + 1.0
        x2, y2 = projection.boxes[:, 2:].max(axis=0) - 2.0
        width, height = self.settings.width, self.settings.height
        corners = np.array((x1, y1, x2, y2), np.float32)
        return np.minimum(np.maximum(corners, 0), np.array((width, height) * 2, np.float32))


def _fitting(settings: SceneSettings) -> float:
    """Return the distance in metres at which all dancers fit into the picture."""
    half = tan(radians(settings.fov) / 2.0)
    wide = _WIDE[settings.dancers - 1] * settings.height / settings.width
    return max(_TALL, wide) / half
