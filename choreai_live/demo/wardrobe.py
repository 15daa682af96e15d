"""The clothes: outfits and their colours."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from choreai_live.demo.anatomy import (
    BOTTOM,
    HAIRSTYLES,
    SHOE,
    SIDES,
    SKIN,
    SOLE,
    TOP,
    TRIM,
    add_arm,
    add_head,
    add_leg,
)
from choreai_live.demo.body import (
    CHEST_FRAME,
    LEFT_FOOT_FRAME,
    LEFT_FOREARM,
    LEFT_HAND,
    LEFT_SHIN,
    LEFT_THIGH,
    LEFT_UPPER_ARM,
    PELVIS_FRAME,
)
from choreai_live.demo.figure import Figure, Pattern
from choreai_live.demo.settings import SceneSettings
from choreai_live.demo.shading import Colour, lookup
from choreai_live.messages import Image

#: Skin tones from light to dark.
SKINS: Final[tuple[Colour, ...]] = (
    (250, 214, 190), (242, 198, 168), (230, 180, 146), (214, 158, 120), (192, 134, 96),
    (166, 110, 76), (140, 88, 60), (114, 70, 48), (90, 55, 40), (70, 44, 34),
)  # fmt: skip

_HAIR: Final[tuple[Colour, ...]] = ((38, 28, 26), (58, 38, 30), (84, 54, 36), (30, 28, 34))
_FAIR_HAIR: Final[Colour] = (168, 126, 78)


@dataclass(frozen=True, slots=True)
class Outfit:
    """What somebody wears.

    Parameters
    ----------
    sleeves
        ``none``, ``short`` or ``long``.
    loose
        Metres the top stands off the body.
    legs
        ``tights``, ``slim``, ``baggy`` or ``shorts``.
    skirt
        Whether a skirt is worn.
    shoes
        ``sneakers`` or ``slippers``.
    hair
        Names of :data:`choreai_live.demo.anatomy.HAIRSTYLES` that go with it.
    colours
        Sets of top, bottom, shoe, sole and trim.
    """

    sleeves: str
    loose: float
    legs: str
    skirt: bool
    shoes: str
    hair: tuple[str, ...]
    colours: tuple[tuple[Colour, Colour, Colour, Colour, Colour], ...]


_WHITE: Final[Colour] = (244, 242, 238)

OUTFITS: Final[dict[str, tuple[Outfit, ...]]] = {
    "festival": (
        Outfit("short", 0.012, "slim", False, "sneakers", ("curls", "short", "tail"), (
            ((250, 176, 32), (38, 60, 92), (240, 236, 228), _WHITE, (222, 72, 54)),
            ((34, 160, 120), (226, 206, 170), (60, 44, 40), _WHITE, (250, 200, 60)),
            ((226, 78, 66), (52, 50, 66), (240, 240, 240), _WHITE, (255, 214, 92)),
        )),
        Outfit("none", 0.004, "shorts", False, "sneakers", ("tail", "curls", "bun"), (
            ((240, 100, 80), (40, 110, 120), (250, 250, 250), _WHITE, (255, 196, 60)),
            ((255, 190, 50), (120, 60, 120), (245, 240, 235), _WHITE, (60, 190, 170)),
        )),
    ),
    "ballet": (
        Outfit("none", 0.0, "tights", True, "slippers", ("bun",), (
            ((196, 98, 128), (240, 196, 192), (236, 176, 176), (226, 160, 160), (240, 150, 170)),
            ((86, 122, 186), (232, 214, 216), (228, 200, 200), (206, 180, 180), (150, 180, 230)),
            ((58, 52, 74), (238, 206, 196), (234, 190, 182), (214, 170, 164), (120, 104, 150)),
        )),
        Outfit("short", 0.004, "tights", False, "slippers", ("short",), (
            (_WHITE, (62, 66, 86), (56, 56, 66), (40, 40, 48), (170, 176, 190)),
            ((120, 150, 178), (48, 52, 68), (46, 46, 56), (36, 36, 42), (220, 226, 232)),
        )),
    ),
    "street": (
        Outfit("short", 0.026, "baggy", False, "sneakers", ("cap", "short", "beanie"), (
            (_WHITE, (70, 76, 60), (214, 60, 52), _WHITE, (214, 60, 52)),
            ((150, 110, 214), (54, 56, 66), (250, 250, 250), _WHITE, (255, 214, 80)),
        )),
        Outfit("long", 0.024, "baggy", False, "sneakers", ("beanie", "cap", "bob", "tail"), (
            ((52, 150, 172), (72, 72, 82), (244, 244, 240), _WHITE, (250, 196, 60)),
            ((224, 88, 60), (60, 62, 74), (250, 250, 250), _WHITE, (46, 46, 54)),
            ((96, 170, 96), (206, 192, 160), (60, 60, 66), _WHITE, (240, 240, 232)),
        )),
    ),
}  # fmt: skip

_STYLES: Final = tuple(OUTFITS)


def dressed(settings: SceneSettings, index: int, size: float) -> tuple[Figure, list[Image]]:
    """Return the figure of one dancer and its look-up tables, one per material.

    The same index always gets the same clothes; dancers of one scene get
    different ones.
    """
    rng = np.random.default_rng((settings.seed, 78, index))
    seed = settings.seed
    style = settings.outfit
    if style == "mixed":
        style = _STYLES[(seed + index) % len(_STYLES)]
    choices = OUTFITS[style]
    # Dancers of a scene who share a style differ in the outfit, or in its colours.
    outfit = choices[(seed // 3 + index // 3) % len(choices)]
    top, bottom, shoe, sole, trim = outfit.colours[(seed // 6 + index) % len(outfit.colours)]
    # Neighbours are some steps apart on the scale of skin tones.
    skin = settings.skin or 2 + (5 * seed + 3 * index + 4) % 8
    hairstyle = outfit.hair[int(rng.integers(len(outfit.hair)))]
    fair = skin < 4 and hairstyle != "curls" and rng.random() < 0.5
    hair = _FAIR_HAIR if fair else _HAIR[int(rng.integers(len(_HAIR)))]
    tables = [
        lookup(SKINS[skin - 1], gloss=0.10, softness=0.45),
        lookup(hair, gloss=0.12, softness=0.3),
        lookup(top),
        lookup(bottom),
        lookup(shoe, gloss=0.15),
        lookup(sole, gloss=0.08),
        lookup((250, 248, 246), gloss=0.3, softness=0.6),
        lookup((34, 22, 18), gloss=1.0),
        lookup(_lips(SKINS[skin - 1]), gloss=0.15, softness=0.45),
        lookup(trim),
    ]
    pattern = Pattern()
    add_head(pattern)
    HAIRSTYLES[hairstyle](pattern)
    _add_top(pattern, outfit)
    _add_bottom(pattern, outfit)
    for side in SIDES:
        add_arm(pattern, side, bare=outfit.sleeves != "long")
        if outfit.legs in ("tights", "shorts"):
            add_leg(pattern, side, BOTTOM if outfit.legs == "tights" else SKIN)
        _add_shoe(pattern, side, outfit)
    return pattern.figure(size), tables


def _lips(skin: Colour) -> Colour:
    red, green, blue = skin
    return (min(int(red * 0.80 + 24), 255), int(green * 0.52), int(blue * 0.54))


def _add_top(pattern: Pattern, outfit: Outfit) -> None:
    add, c, p = pattern.add, CHEST_FRAME, PELVIS_FRAME
    off = outfit.loose
    tight = outfit.sleeves == "none"
    add(TOP, c, (0, 0.165, -0.004), (0, 0.03, 0.002), 0.150 + 0.4 * off, 0.128 + off,
        scale=(1.03, 0.62, 0.70), melt=0.04)  # fmt: skip
    waist = 0.118 if tight else 0.130 + off
    add(TOP, c, (0, 0.03, 0.002), (0, 0.07, 0), 0.128 + off, waist, to=p,
        scale=(1, 0.8, 0.76), melt=0.04)  # fmt: skip
    if not tight:  # the hem hangs over the hips and lies on the thighs
        add(TOP, p, (0, 0.08, 0), (0, -0.010, 0), waist, 0.156 + off,
            scale=(1.02, 1, 0.84), cuts=1, melt=0.03)  # fmt: skip
        for side in SIDES:
            add(TOP, p, ((0.040, -0.040)[side], 0.075, 0), (0, 0.070 + off, 0), 0.110 + off,
                0.101 + off, to=LEFT_THIGH + side, cuts=1, melt=0.03)  # fmt: skip
        # A print on the chest: it also tells front from back.
        add(TRIM, c, (0.028, 0.150, 0.062 + 0.3 * off), (-0.028, 0.150, 0.062 + 0.3 * off),
            0.046, 0.046, scale=(1, 0.62, 1), melt=0.003)  # fmt: skip
    skin_or_top = SKIN if outfit.skirt else TOP
    add(skin_or_top, c, (0.115, 0.228, -0.014), (-0.115, 0.228, -0.014), 0.062 + 0.3 * off,
        0.062 + 0.3 * off, melt=0.05)  # fmt: skip
    for side in SIDES:
        sign = 1 - 2 * side
        upper, fore = LEFT_UPPER_ARM + side, LEFT_FOREARM + side
        add(skin_or_top, c, (sign * 0.02, 0.278, -0.014), (0, 0.022, 0), 0.047, 0.050 + 0.4 * off,
            to=upper, melt=0.04)  # fmt: skip
        add(TOP, c, (sign * 0.085, 0.160, -0.010), (0, 0.030, 0), 0.074, (0.046 if tight else 0.052)
            + 0.5 * off, to=upper, melt=0.04)  # fmt: skip
        wide = 0.056 + off
        if outfit.sleeves == "short":
            add(TOP, upper, (0, 0.03, 0), (0, 0.15 + 2 * off, 0), 0.053 + 0.5 * off, wide,
                cuts=1, melt=0.03)  # fmt: skip
            add(TRIM, upper, (0, 0.132 + 2 * off, 0), (0, 0.153 + 2 * off, 0), wide + 0.001,
                wide + 0.002, cuts=2, melt=0.002)  # fmt: skip
        elif outfit.sleeves == "long":
            add(TOP, upper, (0, 0.03, 0), (0, 0, 0), 0.054 + 0.5 * off, 0.050 + 0.5 * off, to=fore,
                melt=0.03)  # fmt: skip
            add(TOP, fore, (0, 0, 0), (0, -0.03, 0), 0.050 + 0.5 * off, 0.042 + 0.5 * off,
                to=LEFT_HAND + side, melt=0.03)  # fmt: skip
            add(TRIM, LEFT_HAND + side, (0, -0.035, 0), (0, -0.003, 0), 0.040, 0.036, cuts=2)
    if outfit.sleeves == "long":  # the hood, folded down
        add(TOP, c, (0.07, 0.272, -0.075), (-0.07, 0.272, -0.075), 0.052, 0.052, melt=0.03)
    if not tight:
        add(TRIM, c, (0, 0.276, -0.008), (0, 0.296, -0.002), 0.066, 0.061, cuts=2, melt=0.01)


def _add_bottom(pattern: Pattern, outfit: Outfit) -> None:
    add, p = pattern.add, PELVIS_FRAME
    hips = TOP if outfit.skirt else BOTTOM
    add(hips, p, (0.052, 0.015, -0.004), (-0.052, 0.015, -0.004), 0.102, 0.102,
        scale=(1, 1, 0.98), melt=0.015)  # fmt: skip
    if outfit.sleeves == "none":
        add(
            hips,
            p,
            (0, 0.095, 0),
            (0, 0.02, 0),
            0.121,
            0.140,
            scale=(1, 0.8, 0.76),
            melt=0.03 if outfit.skirt else 0.006,
        )
    baggy = outfit.legs == "baggy"
    for side in SIDES:
        sign = 1 - 2 * side
        thigh, shin, foot = LEFT_THIGH + side, LEFT_SHIN + side, LEFT_FOOT_FRAME + side
        add(hips, p, (sign * 0.058, -0.02, -0.035), (sign * 0.064, -0.05, -0.040), 0.084, 0.084,
            melt=0.015)  # fmt: skip
        if outfit.legs == "shorts":
            add(BOTTOM, thigh, (0, 0, 0), (0, 0.25, 0), 0.096, 0.090, cuts=1, melt=0.02)
        elif outfit.legs in ("slim", "baggy"):
            at_hip, at_knee, at_hem = (0.098, 0.080, 0.066) if baggy else (0.091, 0.061, 0.049)
            add(BOTTOM, thigh, (0, 0, 0), (0, 0, 0), at_hip, at_knee, to=shin, melt=0.02)
            add(BOTTOM, shin, (0, 0, 0), (0, -0.04 if baggy else -0.035, -0.004), at_knee, at_hem,
                to=foot, cuts=1, melt=0.02)  # fmt: skip
            inner = (TRIM, 0.050, 0.046) if baggy else (SKIN, 0.038, 0.036)
            add(inner[0], shin, (0, 0.34, 0), (0, 0.0, 0), inner[1], inner[2], to=foot)
    if outfit.sleeves == "none":  # a belt, where top and bottom meet in the open
        add(TRIM, p, (0, 0.092, 0), (0, 0.058, 0), 0.124, 0.134, scale=(1, 1, 0.80), cuts=2,
            melt=0.004)  # fmt: skip
    if outfit.skirt:
        add(TOP, p, (0, 0.07, 0), (0, -0.22, 0.0), 0.125, 0.24, scale=(1, 1, 0.86), cuts=1,
            melt=0.02)  # fmt: skip
        for side in SIDES:  # two panels that lie on the thighs
            add(TOP, p, ((0.06, -0.06)[side], 0.05, 0), (0, 0.26, 0), 0.118, 0.155,
                to=LEFT_THIGH + side, cuts=1, melt=0.03)  # fmt: skip


def _add_shoe(pattern: Pattern, side: int, outfit: Outfit) -> None:
    # The ankle is the origin; the floor lies 0.075 below it, the ball 0.125 ahead.
    add, foot = pattern.add, LEFT_FOOT_FRAME + side
    if outfit.shoes == "slippers":
        add(SHOE, foot, (0, -0.030, -0.030), (0, -0.040, 0.05), 0.034, 0.034, melt=0.02)
        add(SHOE, foot, (0, -0.040, 0.05), (0, -0.054, 0.155), 0.034, 0.020, melt=0.02)
        return
    add(SHOE, foot, (0, -0.005, -0.018), (0, -0.030, -0.030), 0.042, 0.042, melt=0.02)
    add(SHOE, foot, (0, -0.018, -0.010), (0, -0.036, 0.09), 0.042, 0.039, melt=0.02)
    add(SHOE, foot, (0, -0.036, 0.09), (0, -0.046, 0.148), 0.040, 0.032, melt=0.02)
    add(SOLE, foot, (0, -0.061, -0.034), (0, -0.061, 0.145), 0.043, 0.042, scale=(1, 0.33, 1),
        melt=0.004)  # fmt: skip
    add(TRIM, foot, (0, 0.008, 0.030), (0, -0.014, 0.075), 0.022, 0.020, scale=(0.8, 1, 1),
        melt=0.004)  # fmt: skip
