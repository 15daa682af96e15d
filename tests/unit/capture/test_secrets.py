"""No user name, password or token of an address is ever seen, whatever it looks like."""

import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from string import printable
from urllib.parse import quote

import av.logging
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from choreai_live.capture import SourceState, SourceStatus, Supervision, mask_credentials
from choreai_live.capture import open_source as open_any
from choreai_live.capture.urls import MASK
from choreai_live.errors import SourceError

PRIVATE = ["token", "access_token", "Token", "password", "pwd", "api_key", "X-Amz-Signature", "sig"]
HOSTS = ["cam", "cam.local:554", "10.0.0.7", "[::1]:8554", "[fe80::1%25eth0]"]

#: Long enough not to be met by chance.
secrets = st.text(min_size=4, max_size=24).filter(lambda text: MASK not in text)
typed = st.sampled_from([str, lambda text: quote(text, safe=""), lambda text: quote(text)])


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(["rtsp", "rtsps", "http", "https", "RTSP", "Http"]),
    st.one_of(st.just(""), st.just("first.last"), secrets),
    secrets,
    st.sampled_from(HOSTS),
    typed,
)
@example("rtsp", "", "p@ss@w", "cam", str)
@example("rtsp", "a:b", "/?#@\n ", "cam", str)
def test_a_login_is_masked(scheme: str, user: str, password: str, host: str, written) -> None:
    url = f"{scheme}://{written(user)}:{written(password)}@{host}/ch1?channel=1"
    shown = mask_credentials(url)
    assume(password not in f"{scheme}://{MASK}@{host}/ch1?channel=1")
    assert password not in shown
    assert written(password) not in shown
    assert shown.startswith(f"{scheme}://{MASK}@")
    assert mask_credentials(shown) == shown


@settings(deadline=None, max_examples=300)
@given(
    name=st.sampled_from(PRIVATE),
    encoded=st.booleans(),
    token=secrets,
    host=st.sampled_from(HOSTS),
    written=typed,
    before=st.sampled_from(["/live?", "/live?channel=1&", "/live#", "/live;", "/"]),
)
def test_a_token_is_masked(
    name: str, encoded: bool, token: str, host: str, written, before: str
) -> None:
    value = written(token)
    assume("&" not in value)  # which would end it
    key = "".join(f"%{ord(letter):02x}" for letter in name) if encoded else name
    url = f"http://{host}{before}{key}={value}&x=1"
    shown = mask_credentials(url)
    assume(token not in f"http://{host}{before}{key}={MASK}&x=1")
    assert token not in shown
    assert value not in shown
    assert shown.endswith(("&x=1", "@"))
    assert mask_credentials(shown) == shown


@settings(deadline=None, max_examples=300)
@given(st.text(), secrets, st.text())
def test_masking_twice_changes_nothing(before: str, secret: str, after: str) -> None:
    once = mask_credentials(f"{before} rtsp://{secret}@cam/?token={secret} {after}")
    assert mask_credentials(once) == once
    assert mask_credentials(mask_credentials(before)) == mask_credentials(before)


def test_ffmpeg_is_not_asked_what_it_has_to_say() -> None:
    # It would tell the whole address; and its own callback writes to the terminal.
    assert av.logging.get_level() is None


class _Records(logging.Handler):
    """Keeps what is logged, formatted as in a file."""

    def __init__(self) -> None:
        super().__init__(0)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.name} {self.format(record)} {record.args}")


@contextmanager
def everything_logged() -> Iterator[list[str]]:
    root, records = logging.getLogger(), _Records()
    level = root.level
    root.addHandler(records)
    root.setLevel(0)
    try:
        yield records.texts
    finally:
        root.removeHandler(records)
        root.setLevel(level)


@pytest.fixture(scope="module")
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    scheme=st.sampled_from(["rtsp", "http", "ftp"]),
    user=st.one_of(st.just(""), secrets),
    # What would end the host name, typed as it is, makes another host of it.
    password=st.text(printable.translate({ord(c): None for c in "/?#@"}), min_size=4, max_size=16),
    token=secrets,
    persistent=st.booleans(),
)
def test_no_secret_in_errors_logs_threads_or_states(
    closed_port: int,
    capfd: pytest.CaptureFixture[str],
    scheme: str,
    user: str,
    password: str,
    token: str,
    persistent: bool,
) -> None:
    host = f"127.0.0.1:{closed_port}"
    url = f"{scheme}://{quote(user, safe='')}:{password}@{host}/ch1?token={quote(token, safe='')}"
    plain = told_of(f"{scheme}://{MASK}@{host}/ch1?token={MASK}", persistent)
    told = told_of(url, persistent) + "".join(capfd.readouterr())
    for secret in filter(None, (user, password, token, quote(token, safe=""))):
        assume(secret not in plain)
        assert secret not in told


def told_of(url: str, persistent: bool) -> str:
    """Return everything that can be heard and seen of an attempt to open an address."""
    told: list[str] = []
    failed = threading.Event()

    def listen(status: SourceStatus) -> None:
        # Without its times: a password may be digits, and the clock may show them.
        told.append(repr(replace(status, since=0.0, retry_at=None)))
        told.extend(thread.name for thread in threading.enumerate())
        if status.state is SourceState.RECONNECTING:
            failed.set()

    with everything_logged() as texts:
        try:
            source = open_any(url, supervision=Supervision(persistent, listen))
        except SourceError as error:
            told += [str(error), repr(error), repr(error.__context__), repr(error.__cause__)]
        else:
            assert failed.wait(10)
            told += [source.name, re.sub("0x[0-9a-f]+", "", repr(source))]
            source.close()
    return "\n".join((*told, *texts))
