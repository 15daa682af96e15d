"""The licence notices, wherever the program was installed from."""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

_NAME: Final = "THIRD_PARTY_NOTICES.md"
_CHECKOUT: Final = Path(__file__).resolve().parents[2]


def third_party_notices(checkout: Path = _CHECKOUT, package: str = "choreai-live") -> str:
    """Return the notices as Markdown; empty if whoever packed the program left them out.

    Parameters
    ----------
    checkout
        Where they lie in a checkout. In a wheel they are with its metadata.
    package
        The name it is installed under.
    """
    file = checkout / _NAME
    if (checkout / "pyproject.toml").is_file() and file.is_file():
        return file.read_text(encoding="utf-8")
    try:
        installed = distribution(package)
    except PackageNotFoundError:
        return ""
    for place in (f"licenses/{_NAME}", _NAME):
        if text := installed.read_text(place):
            return text
    return ""
