"""ChoreAI Live: reads which style is being danced, live, from body poses.

The rooms and what crosses the walls between them are described in
``docs/architecture.md``; the objects that cross are in
:mod:`choreai_live.messages`.
"""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

try:
    __version__ = version("choreai-live")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"

# In the checkout the packages ``ui`` and ``models`` stand beside this one; in
# a wheel they lie inside it. Looking beside as well keeps
# ``python -m choreai_live`` working when the checkout is the current folder
# and therefore shadows an installed copy.
_here = Path(__file__).resolve().parent
if not (_here / "ui").is_dir() and (_here.parent / "ui" / "__init__.py").is_file():
    __path__.append(str(_here.parent))

__all__ = ["__version__"]
