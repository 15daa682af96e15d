"""Every word on the screen is translatable, translated, and compiled."""

import ast
import re
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from PyQt6.QtCore import QTranslator

from choreai_live.ui.language.sentences import PATTERNS

Message = tuple[str, str]

#: Names, units and examples that are the same in every language.
ALIKE: Final = ("ChoreAI Live", "rtsp://192.168.1.20:554/stream1")
#: What shows text, and which of its positional arguments do; None for all.
SHOWING: Final[dict[str, tuple[int, ...] | None]] = {
    **dict.fromkeys(
        (
            *("setText", "setPlainText", "setTitle", "setWindowTitle", "setIconText"),
            *("setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText"),
            *("setAccessibleName", "setAccessibleDescription", "setLabelText"),
            *("setPrefix", "setSuffix", "setSpecialValueText", "setInformativeText"),
            *("addMenu", "addTab", "addItem", "addItems", "setTabText", "setItemText"),
            *("addRow", "setHorizontalHeaderLabels", "setHeaderLabels", "setMarkdown"),
            *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QToolBar"),
            *("QAction", "QDockWidget", "QMenu", "drawText", "drawStaticText", "quiet"),
            *("show_message", "change_heading", "show_words", "conclude", "say", "Words"),
            *("showMessage", "question", "information", "warning_box", "Section", "Message"),
            *("getOpenFileName", "getSaveFileName", "getExistingDirectory", "StyleLook"),
        )
    ),
    "SourceTile": (1, 3),
}


@pytest.fixture(scope="module")
def folder(project_root: Path) -> Path:
    return project_root / "ui" / "language"


@pytest.fixture(scope="module")
def french(folder: Path) -> dict[Message, str]:
    return translations(folder / "choreai_live_fr.ts")


def translations(ts: Path) -> dict[Message, str]:
    """Return context and source to translation; empty where that is missing or unfinished."""
    found: dict[Message, str] = {}
    for context in ElementTree.parse(ts).getroot():  # noqa: S314 - our own
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            key = (context.findtext("name") or "", message.findtext("source") or "")
            found[key] = "" if translation.get("type") else translation.text or ""
    return found


def modules(project_root: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((project_root / "ui").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_word_of_the_sources_is_extracted(
    project_root: Path, french: dict[Message, str], tmp_path: Path
) -> None:
    ts = tmp_path / "fresh.ts"
    subprocess.run(
        [sys.executable, "-m", "PyQt6.lupdate.pylupdate", "--no-summary", "--ts", str(ts), "ui"],
        cwd=project_root,
        check=True,
    )
    assert set(translations(ts)) == set(french), "run scripts/translate.py"


def test_every_word_is_translated(french: dict[Message, str]) -> None:
    assert [message for message, words in french.items() if not words] == []


def test_translations_keep_what_is_filled_in(french: dict[Message, str]) -> None:
    def places(words: str) -> Counter[str | None]:
        return Counter(name for _, name, _, _ in string.Formatter().parse(words) if name)

    for (_, source), words in french.items():
        assert places(words) == places(source), source
        assert words.count("\n") == source.count("\n"), source
        assert words.count("&") == source.count("&"), source
        assert re.findall(r"\*\.\w+", words) == re.findall(r"\*\.\w+", source), source
        for edge in ("…", " ", "."):
            assert words.endswith(edge) == source.endswith(edge), source


def test_french_is_set_as_french_is(french: dict[Message, str]) -> None:
    for words in french.values():
        bare = re.sub(r"\b\w+://\S*|`[^`]*`|\*\.\S+|&", "", words)
        assert "'" not in bare, words
        assert '"' not in bare, words
        assert not re.search(r"[^\u00a0][;!?»%]", re.sub(r";;", "", bare)), words
        assert not re.search(r"(?<!\u00a0):", bare), words
        assert not re.search(r"«(?!\u00a0)", bare), words


def test_what_is_shipped_is_what_was_translated(folder: Path, french: dict[Message, str]) -> None:
    translator = QTranslator()
    assert translator.load(str(folder / "choreai_live_fr.qm"))
    for (context, source), words in french.items():
        # PyQt takes letters beyond ASCII here in bytes only.
        compiled = translator.translate(context.encode(), source.encode())
        assert compiled == words, "run scripts/translate.py"


def test_no_bare_word_is_shown(project_root: Path) -> None:
    bare = [
        f"{path.relative_to(project_root)}:{call.lineno}: {words}"
        for path, module in modules(project_root)
        for call in ast.walk(module)
        if isinstance(call, ast.Call) and name_of(call) in SHOWING
        for words in bare_words(call)
        if re.search(r"[^\W\d_]{2}", without_names(words))
    ]
    assert bare == []


def test_a_bare_word_would_be_found() -> None:
    shown = "label.setText(f'{count} dropped') or label.setText('on' if x else tr('off'))"
    calls = [node for node in ast.walk(ast.parse(shown)) if isinstance(node, ast.Call)]
    found = {words for call in calls if name_of(call) == "setText" for words in bare_words(call)}
    assert found == {" dropped", "on"}


def test_words_are_asked_for_where_they_are_extracted(project_root: Path) -> None:
    # PyQt looks words up under the class of the object at hand, the extraction files them
    # under the class in whose text they stand: no class in between may differ.
    translating, bases = set(), {}
    for path, module in modules(project_root):
        inside = {id(node) for cls in classes(module) for node in ast.walk(cls)}
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and name_of(node) in ("tr", "translate"):
                at = f"{path.name}:{node.lineno}"
                if name_of(node) == "tr":
                    assert id(node) in inside, f"{at}: tr outside of a class is not extracted"
                    assert ast.unparse(node.func) == "self.tr", at
                    constant = isinstance(node.args[0], ast.Constant)
                elif not isinstance(node.func, ast.Attribute) or "Core" in ast.unparse(node.func):
                    constant = any(isinstance(each, ast.Constant) for each in node.args)
                else:
                    continue  # a painter's or a rectangle's
                known = path.name == "sentences.py"  # filed by the patterns there
                assert constant or known, f"{at}: only words as they stand are extracted"
        for cls in classes(module):
            bases[cls.name] = {ast.unparse(base) for base in cls.bases}
            own = [node for node in ast.walk(cls) if isinstance(node, ast.Call)]
            if any(name_of(call) == "tr" for call in own):
                translating.add(cls.name)
                assert cls in module.body, f"{cls.name} is filed under the class around it"
    assert translating
    for name, of in bases.items():
        assert not of & translating, f"{name} would look for words of {of} under its own name"


def test_known_sentences_are_said_somewhere(project_root: Path) -> None:
    said = []
    for folder in ("choreai_live", "models", "ui/help"):
        for path in (project_root / folder).rglob("*.py"):
            module = ast.parse(path.read_text(encoding="utf-8"))
            said += [text_of(node) for node in ast.walk(module) if is_text(node)]
    said.append((project_root / "models" / "catalog.toml").read_text(encoding="utf-8"))
    everything = "\n".join(said)
    for pattern in PATTERNS:
        for part in re.split(r"\{\w+\}| within | (?=used, because)", pattern):
            words = max(re.split(r"[.;:`'() ]*$|^[.;:`'() ]*|; ", part), key=len)
            assert words in everything, f"{pattern!r}: nothing says {words!r} any more"


def test_no_two_known_sentences_are_the_same() -> None:
    assert len(set(PATTERNS)) == len(PATTERNS)
    for one, other in pairwise(sorted(PATTERNS)):
        assert re.sub(r"\{\w+\}", "{}", one) != re.sub(r"\{\w+\}", "{}", other)


def classes(module: ast.Module) -> list[ast.ClassDef]:
    return [node for node in ast.walk(module) if isinstance(node, ast.ClassDef)]


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def bare_words(call: ast.Call) -> Iterator[str]:
    wanted = SHOWING[name_of(call)]
    for place, argument in enumerate(call.args):
        if wanted is None or place in wanted:
            yield from literals(argument)
    for keyword in call.keywords:
        if keyword.arg in ("title", "heading", "sentence", "words", "text", "hint", "detail"):
            yield from literals(keyword.value)


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts that stand in an expression and become what it gives."""
    match node:
        case ast.Constant(value=str() as words):
            yield words
        case ast.JoinedStr(values=parts):
            for part in parts:
                if isinstance(part, ast.Constant):
                    yield str(part.value)
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)
        case ast.BinOp(left=one, right=other):
            yield from literals(one)
            yield from literals(other)
        case ast.BoolOp(values=several) | ast.List(elts=several) | ast.Tuple(elts=several):
            for each in several:
                yield from literals(each)
        case ast.Call(func=ast.Attribute(value=inner, attr="format" | "join" | "replace")):
            yield from literals(inner)
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            yield from literals(inner)


def without_names(words: str) -> str:
    for name in ALIKE:
        words = words.replace(name, "")
    return words


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) if is_text(part) else "{}" for part in node.values)
    assert isinstance(node, ast.Constant)
    return str(node.value)
