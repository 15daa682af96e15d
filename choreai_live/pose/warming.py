"""What a pose model on a GPU is run on once, before the first frame comes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from choreai_live.inference import Session
from choreai_live.pose.base import MAX_PEOPLE
from choreai_live.pose.letterbox import STRIDE
from choreai_live.pose.movenet import FAR, NEAR

#: The longer side of most pictures over the shorter.
_SHAPES: Final = (16 / 9, 4 / 3)

#: Numbers of people, the extremes first: an engine of TensorRT made for both
#: serves those between.
_PEOPLE: Final = (1, MAX_PEOPLE, *range(2, MAX_PEOPLE))


def warm_up(sessions: Iterable[Session]) -> None:
    """Run every session that is on a device on the shapes it will be asked for.

    Those on the CPU are left alone: nothing is chosen or built at their first run.

    Raises
    ------
    ModelError
        If a model cannot be run on any provider.
    """
    for session in sessions:
        if session.on_device:
            session.warm_up(usual_shapes(session.inputs))


def usual_shapes(inputs: Mapping[str, Sequence[Any]]) -> list[dict[str, tuple[int, ...]]]:
    """Return what shapes the one input of a pose model has, most of the time.

    Parameters
    ----------
    inputs
        Name to shape, where a dimension left open is no number: the first is
        that of people, the second and third are height and width of a picture.
        With any other left open, nothing is known.
    """
    if len(inputs) != 1:
        return []
    ((name, shape),) = inputs.items()
    fixed = [isinstance(size, int) for size in shape]
    if all(fixed):
        return [{name: tuple(shape)}]
    if all(fixed[1:]):
        return [{name: (people, *shape[1:])} for people in _PEOPLE]
    if len(shape) == 4 and fixed[0] and fixed[3]:
        return [{name: (shape[0], *size, shape[3])} for size in _picture_sizes()]
    return []


def _picture_sizes() -> list[tuple[int, int]]:
    """Return height and width of MoveNet's input for the usual pictures, pixels."""
    sizes = []
    for longer in (NEAR, FAR):
        for shape in _SHAPES:
            shorter = -(-round(longer / shape) // STRIDE) * STRIDE
            sizes += [(shorter, longer), (longer, shorter)]
    return sizes
