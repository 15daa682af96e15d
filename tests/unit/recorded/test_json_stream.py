"""JSON read member by member says what Python's own reader says of the whole."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from choreai_live.recorded import json_stream
from choreai_live.recorded.json_stream import stream_members

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.fixture(params=[1, 7, 1 << 20])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read so many characters at a time."""
    monkeypatch.setattr(json_stream, "_CHUNK", request.param)


def members(path: Path, text: str) -> list[tuple[int | str, Any]]:
    path.write_text(text, encoding="utf-8")
    return list(stream_members(path))


@pytest.mark.usefixtures("chunk")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(document=values, indent=st.sampled_from([None, 2]), escaped=st.booleans())
def test_every_document_is_read_as_python_reads_it(
    tmp_path: Path, document: Any, indent: int | None, escaped: bool
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=escaped)
    read = members(tmp_path / "a.json", text.encode("utf-8", "replace").decode())
    wanted = json.loads(text.encode("utf-8", "replace").decode())
    if isinstance(wanted, list):
        assert read == list(enumerate(wanted, start=1))
    elif isinstance(wanted, dict):
        assert dict(read) == wanted
    else:
        assert read == [(0, wanted)]


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "[", "{", "[1", "[1,]", "[1 2]", "[1]]", "[1] 2", "[1] x", "nul"),
        *('{"a"}', '{"a": 1,}', '{"a": }', "{1: 2}", '{"a": 1 "b": 2}', '["a', "{} {}"),
    ],
)
def test_what_python_refuses_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"at character \d+$"):
        members(tmp_path / "a.json", text)


@pytest.mark.usefixtures("chunk")
def test_the_place_of_a_mistake_is_told(tmp_path: Path) -> None:
    text = json.dumps(["some text before"] * 10)[:-1] + ", x]"
    with pytest.raises(ValueError, match=f"at character {text.index('x]') + 1}$"):
        members(tmp_path / "a.json", text)


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"[1, \xff]")
    with pytest.raises(ValueError, match="utf-8"):
        list(stream_members(tmp_path / "a.json"))
