"""What to call the result of each source."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import urlsplit

from choreai_live.recorded.forms import RESULTS_NAME


def result_names(sources: Iterable[str], suffix: str) -> list[str]:
    """Return a file name for the result of each source, no two alike.

    It is called like the source; a second source of the same name gets a
    number. All results of AlphaPose have one name, so that theirs is that of
    the folder they are in.

    Parameters
    ----------
    sources
        As the user named them, credentials masked.
    suffix
        Of the files, with its dot.
    """
    names: list[str] = []
    taken: set[str] = set()
    for source in sources:
        stem = _stem(source)
        number, name = 1, stem
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names.append(f"{name}{suffix}")
    return names


def _stem(source: str) -> str:
    if "://" in source:
        url = urlsplit(source)
        last = PurePath(url.path).stem or url.netloc.rpartition("@")[2]
    else:
        path = PurePath(source.partition("?")[0] if source.startswith("demo?") else source)
        last = path.parent.name if path.name == RESULTS_NAME else path.stem
    return re.sub(r"[^\w.-]+", "_", last).strip("._") or "source"
