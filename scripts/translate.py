#!/usr/bin/env python3
"""Brings ui/language/*.ts up to date with the sources, and compiles them for Qt.

After a change of words in ``ui/``::

    .venv/bin/python scripts/translate.py

Then translate what it lists, by hand or with Qt Linguist, and run it again. PyQt6 brings
what extracts, but not what compiles, Qt's ``lrelease``: on Debian it is in
``qt6-l10n-tools``, on PyPI in ``pyside6-essentials``. Only who changes words needs it: the
compiled files are kept and shipped.
"""

import argparse
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ui" / "language"
_NAMES = ("lrelease6", "lrelease-qt6", "pyside6-lrelease", "lrelease")
_DEBIAN = Path("/usr/lib/qt6/bin/lrelease")


def main() -> None:
    """Extract, tidy, compile, and tell what is left to translate."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lrelease", help="Qt's lrelease; default: looked for")
    asked = options.parse_args()
    lrelease = asked.lrelease or find_lrelease()
    missing = 0
    for ts in sorted(FOLDER.glob("*.ts")):
        extract(ts)
        tidy(ts)
        subprocess.run(
            [lrelease, "-silent", str(ts), "-qm", str(ts.with_suffix(".qm"))], check=True
        )
        for context, source in untranslated(ts):
            print(f"{ts.name}: {context}: {source}")
            missing += 1
    if missing:
        sys.exit(f"{missing} left to translate.")


def find_lrelease() -> str:
    """Return where Qt's compiler of translations is."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    beside = find_spec("PySide6")
    places = (
        [Path(place) / "lrelease" for place in (beside.submodule_search_locations or ())]
        if beside
        else []
    )
    for place in (*places, _DEBIAN):
        if place.is_file():
            return str(place)
    sys.exit(
        "Qt's lrelease was not found: install qt6-l10n-tools (Debian), or pyside6-essentials with "
        "pip in an environment of its own, and name it with --lrelease."
    )


def extract(ts: Path) -> None:
    """Add what is new in the sources to a file, and take out what is gone."""
    subprocess.run(
        [
            *(sys.executable, "-m", "PyQt6.lupdate.pylupdate"),
            *("--no-obsolete", "--no-summary", "--ts", str(ts), "ui"),
        ],
        cwd=ROOT,
        check=True,
    )


def tidy(ts: Path) -> None:
    """Sort a file and leave line numbers out, so that it changes only where words do."""
    root = ElementTree.parse(ts).getroot()  # noqa: S314 - our own file
    root.set("language", ts.stem.rpartition("_")[2])
    root.set("sourcelanguage", "en")
    root[:] = sorted(root, key=lambda context: context.findtext("name") or "")
    for context in root:
        name, *messages = context
        for message in messages:
            for location in message.findall("location"):
                message.remove(location)
        context[:] = [name, *sorted(messages, key=lambda each: each.findtext("source") or "")]
    ElementTree.indent(root, "    ")
    text = ElementTree.tostring(root, encoding="unicode")
    ts.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")


def untranslated(ts: Path) -> list[tuple[str, str]]:
    """Return context and source of what is not translated, or not finished."""
    found = []
    for context in ElementTree.parse(ts).getroot():  # noqa: S314 - our own file
        for message in context.findall("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") or not translation.text:
                found.append((context.findtext("name") or "", message.findtext("source") or ""))
    return found


if __name__ == "__main__":
    main()
