"""Addresses taken apart and put together again."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreai_live.capture.addresses import taken_apart
from choreai_live.errors import SourceError


@pytest.mark.parametrize(
    ("url", "user", "password", "rest"),
    [
        ("rtsp://cam:554/ch1", None, None, "cam:554/ch1"),
        ("RTSP://anna:pw@cam/ch1", "anna", "pw", "cam/ch1"),
        ("rtsp://anna@cam", "anna", None, "cam"),
        ("rtsp://:pw@cam", "", "pw", "cam"),
        ("rtsp://anna:@cam", "anna", "", "cam"),
        ("rtsp://first.last:p@ss:w@cam/ch1", "first.last", "p@ss:w", "cam/ch1"),
        ("rtsp://anna:p/s?s#w@cam:8554/a@b", "anna", "p/s?s#w", "cam:8554/a@b"),
        ("rtsp://anna:p/a@b@cam/x", "anna", "p/a@b", "cam/x"),
        ("rtsp://cam:554/live@1", None, None, "cam:554/live@1"),
        ("rtsp://cam/live@1", None, None, "cam/live@1"),
        ("http://[::1]:80/a@b", None, None, "[::1]:80/a@b"),
        ("http://anna:pw@[fe80::1%25eth0]:80/a", "anna", "pw", "[fe80::1%25eth0]:80/a"),
    ],
)
def test_parts(url: str, user: str | None, password: str | None, rest: str) -> None:
    address = taken_apart(url)
    assert (address.user, address.password, address.rest) == (user, password, rest)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("RTSP://Anna:p@s:s@Cam/ch 1", "rtsp://Anna:p%40s%3As@Cam/ch%201"),
        ("rtsp://anna:p/s@cam/1", "rtsp://anna:p%2Fs@cam/1"),
        ("rtsp://anna:p%40ss@cam", "rtsp://anna:p%40ss@cam"),
        ("rtsp://anna:100%@cam", "rtsp://anna:100%25@cam"),
        ("http://cam/ä?x=1&token=%2F\r\nHost: x", "http://cam/%C3%A4?x=1&token=%2F%0D%0AHost:%20x"),
        ("rtsp://anna@cam", "rtsp://anna@cam"),
        ("rtsp://:@cam", "rtsp://:@cam"),
    ],
)
def test_written_as_servers_expect(url: str, written: str) -> None:
    assert str(taken_apart(url)) == written


@given(st.text(), st.text())
def test_any_login_survives(user: str, password: str) -> None:
    address = taken_apart("rtsp://cam:554/ch1?x=1").with_login(user, password)
    again = taken_apart(str(address))
    parts = urlsplit(str(address))
    assert (parts.hostname, parts.port, parts.path) == ("cam", 554, "/ch1")
    assert (unquote(parts.username or ""), unquote(parts.password or "")) == (user, password)
    assert (again.user, again.password) == (address.user, address.password)
    assert str(again) == str(address)


def test_the_secrets_of_an_address_are_not_in_its_representation() -> None:
    assert "pw" not in repr(taken_apart("rtsp://anna:pw@cam"))


def test_hosts_are_lower_case() -> None:
    assert taken_apart("rtsp://anna:pw@Cam.Local:554/Ch1").host == "cam.local:554"


def test_no_address() -> None:
    with pytest.raises(SourceError):
        taken_apart("cam/ch1")
