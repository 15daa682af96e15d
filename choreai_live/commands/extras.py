"""Whether what training needs is installed."""

from importlib.util import find_spec

from choreai_live.errors import ChoreaiError

#: Modules of the ``train`` extra.
_MODULES = ("torch", "onnx", "matplotlib", "pydantic", "tomli_w")


def require_train_extra() -> None:
    """Refuse to begin where the ``train`` extra is missing.

    Raises
    ------
    ChoreaiError
        One sentence that says how to install it.
    """
    missing = [name for name in _MODULES if find_spec(name) is None]
    if missing:
        raise ChoreaiError(
            f"Training needs {', '.join(missing)}: run `pip install 'choreai-live[train]'`."
        )
