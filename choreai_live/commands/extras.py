"""Whether what training, or adding a checkpoint of AlphaPose, needs is installed."""

from importlib.util import find_spec

from choreai_live.errors import ChoreaiError

#: Modules of the ``train`` extra.
_MODULES = ("torch", "onnx", "matplotlib")


def require_train_extra() -> None:
    """Refuse to begin where the ``train`` extra is missing.

    Raises
    ------
    ChoreaiError
        One sentence that says how to install it.
    """
    _require("Training", _MODULES)


def require_torch_and_onnx() -> None:
    """Refuse to read a checkpoint of AlphaPose without the part of ``train`` it takes.

    Raises
    ------
    ChoreaiError
        One sentence that says how to install it.
    """
    _require("Adding a checkpoint of AlphaPose", ("torch", "onnx"))


def require_parquet_extra() -> None:
    """Refuse to write Parquet where the ``parquet`` extra is missing.

    Raises
    ------
    ChoreaiError
        One sentence that says how to install it.
    """
    _require("Writing Parquet", ("pyarrow",), "parquet")


def _require(work: str, modules: tuple[str, ...], extra: str = "train") -> None:
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise ChoreaiError(
            f"{work} needs {', '.join(missing)}: run `pip install 'choreai-live[{extra}]'`."
        )
