"""What a demo scene shows: who dances what, where, and how it is filmed."""

from dataclasses import dataclass
from typing import Final

#: Dances a scene can be asked for; ``medley`` changes every few bars.
DANCES: Final = ("medley", "afrobeat", "classical", "hiphop", "idle")

#: Ways to dress the dancers; ``mixed`` draws one per dancer from the seed.
OUTFITS: Final = ("mixed", "festival", "ballet", "street")

MAX_DANCERS: Final = 4


@dataclass(frozen=True, slots=True)
class SceneSettings:
    """Everything a scene depends on; equal settings give equal pictures.

    Parameters
    ----------
    dancers
        1 to 4.
    tempo
        Beats per minute, 40 to 240.
    width, height
        Pixels of the picture, 64 to 4096 each.
    rate
        Frames per second handed out by the source, above 0 and at most 240.
    seed
        Draws bodies, clothes, skins and the order of dances.
    dance
        One of :data:`DANCES`.
    outfit
        One of :data:`OUTFITS`.
    skin
        Skin tone of every dancer, 1 (lightest) to 10 (darkest) on the Monk
        scale; 0 draws one per dancer from the seed.
    crossing
        The dancers travel and pass in front of each other.
    exits
        The first dancer leaves the picture and is back within two seconds.
    occluder
        A loudspeaker stands in the foreground; the last dancer travels behind
        it and is hidden for up to a second. A dancer who is first and last
        leaves the picture behind it.
    distance
        Metres from the camera to the middle of the stage; 0 picks a distance
        at which all dancers fit.
    camera_height
        Metres above the floor.
    fov
        Vertical field of view, degrees, 15 to 90.
    roll
        Degrees the camera is tilted sideways, -45 to 45.

    Raises
    ------
    ValueError
        If a value is out of its range; one sentence that says which.
    """

    dancers: int = 1
    tempo: float = 112.0
    width: int = 640
    height: int = 480
    rate: float = 30.0
    seed: int = 0
    dance: str = "medley"
    outfit: str = "mixed"
    skin: int = 0
    crossing: bool = False
    exits: bool = False
    occluder: bool = False
    distance: float = 0.0
    camera_height: float = 1.3
    fov: float = 34.0
    roll: float = 0.0

    def __post_init__(self) -> None:
        """Check every value once."""
        _require_between("dancers", self.dancers, 1, MAX_DANCERS)
        _require_between("tempo", self.tempo, 40, 240)
        _require_between("width", self.width, 64, 4096)
        _require_between("height", self.height, 64, 4096)
        _require_between("rate", self.rate, 0.1, 240)
        _require_between("seed", self.seed, 0, 2**32 - 1)
        _require_between("skin", self.skin, 0, 10)
        _require_between("camera_height", self.camera_height, 0.2, 3.0)
        _require_between("fov", self.fov, 15, 90)
        _require_between("roll", self.roll, -45, 45)
        if self.distance:
            _require_between("distance", self.distance, 2.0, 20.0)
        _require_one_of("dance", self.dance, DANCES)
        _require_one_of("outfit", self.outfit, OUTFITS)


def _require_between(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low} and {high}, not {value}.")


def _require_one_of(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, not '{value}'.")
