"""Choosing the language, and having Qt translate into it."""

import logging
from pathlib import Path
from typing import Final, Literal

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

logger = logging.getLogger(__name__)

#: What can be chosen: as the desktop speaks, or always the same.
Choice = Literal["system", "en", "fr"]

#: What is spoken where nothing else is; the words in the code are in it.
_ENGLISH: Final = "en"
_SPOKEN: Final = (_ENGLISH, "fr")
#: Beside this module: the words of the program, compiled by ``scripts/translate.py``.
FOLDER: Final = Path(__file__).parent

#: In use, each with what it was read from: Qt owns neither.
_translators: list[tuple[QTranslator, bytes]] = []


def language_of(choice: str) -> str:
    """Return the language that is meant: ``"en"`` or ``"fr"``.

    Parameters
    ----------
    choice
        One of these, or ``"system"`` for the first of the desktop's that is spoken here.
    """
    if choice in _SPOKEN:
        return choice
    wanted = (name.replace("_", "-").partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((name for name in wanted if name in _SPOKEN), _ENGLISH)


def speak(choice: str) -> str:
    """Speak a language from now on, in words, numbers and dates.

    Windows that stand keep the words they were made with.

    Parameters
    ----------
    choice
        ``"en"``, ``"fr"`` or ``"system"``.

    Returns
    -------
    str
        The language: ``"en"`` or ``"fr"``.
    """
    for translator, _ in _translators:
        QCoreApplication.removeTranslator(translator)
    _translators.clear()
    language = language_of(choice)
    QLocale.setDefault(_locale_of(language))
    if language != _ENGLISH:
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install(Path(qt) / f"qtbase_{language}.qm")  # buttons and menus that are Qt's own
        _install(FOLDER / f"choreai_live_{language}.qm")
    return language


def _install(file: Path) -> None:
    # Read whole: Qt would map the file, and an update that writes over it while the window is
    # open would end the program.
    translator = QTranslator()
    try:
        compiled = file.read_bytes()
    except OSError:
        compiled = b""
    # PyQt's own description asks for an array; bytes are what it takes.
    if translator.loadFromData(compiled):  # type: ignore[arg-type]
        QCoreApplication.installTranslator(translator)
        _translators.append((translator, compiled))
    else:
        logger.warning("%s is missing or damaged; what it translates stays English.", file)


def _locale_of(language: str) -> QLocale:
    """Return how numbers and dates are written: as on the desktop, if that speaks the language."""
    system = QLocale.system()
    return system if system.name().partition("_")[0] == language else QLocale(language)
