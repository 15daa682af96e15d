"""Which styles of all the packs are recognised, and as what."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from choreai_live.style.taught import TaughtClass
from choreai_live.teaching.shelf import Pack


def recognised(packs: Iterable[Pack], inactive: Collection[str]) -> tuple[TaughtClass, ...]:
    """Return every style of the packs that are on, for the head.

    Parameters
    ----------
    packs
        Those that the user taught before those that came along: of two styles of one
        name and family both count, each for one half, and else the first.
    inactive
        Names of packs that are off.
    """
    found: dict[str, TaughtClass] = {}
    for pack in packs:
        if pack.name in inactive:
            continue
        for style in pack.styles:
            own = found.get(style.name)
            if own is None:
                found[style.name] = style.as_class
            elif own.family == style.family:
                found[style.name] = _half_and_half(own, style.as_class)
    return tuple(found.values())


def _half_and_half(own: TaughtClass, other: TaughtClass) -> TaughtClass:
    """Return one style of two: a few seconds of one's own count as much as all of the other."""
    return replace(
        own,
        spreads=(*own.spreads, *other.spreads),
        weights=tuple(weight / 2 for weight in (*own.weights, *other.weights)),
    )
