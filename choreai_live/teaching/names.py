"""What a taught style may be called."""

from typing import Final

from choreai_live.style.model import StyleModel
from choreai_live.teaching.errors import TeachingError

#: Characters of a name.
_LONGEST: Final = 40


def families_of(model: StyleModel) -> tuple[str, ...]:
    """Return the labels of a model that moves can belong to."""
    return tuple(label for label in model.labels if label not in model.unsure_labels)


def checked_name(name: str, family: str | None, model: StyleModel) -> str:
    """Return a name as it is kept, if a style of it may be taught.

    Raises
    ------
    TeachingError
        If the name does not fit, or there is no such family.
    """
    name = " ".join(name.split())
    families = families_of(model)
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise TeachingError(f"A style needs a name of 1 to {_LONGEST} letters: choose another one.")
    if name in model.unsure_labels:
        raise TeachingError(f"'{name}' means that no style is danced: choose another name.")
    if family is not None and family not in families:
        raise TeachingError(
            f"'{name}' cannot be a move of '{family}': choose {', '.join(families)}, or a style "
            "of its own."
        )
    if name in families and family != name:
        raise TeachingError(f"'{name}' is known already: correct it, or choose another name.")
    return name
