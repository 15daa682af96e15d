"""Names and passwords from the address, the environment and the keyring, in this order."""

import subprocess
import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked, PasswordDeleteError
from typer.testing import CliRunner

from choreai_live.capture.addresses import taken_apart
from choreai_live.capture.credentials import (
    Login,
    account_of,
    remove_login,
    store_login,
    stored_login,
    with_known_login,
    with_stored_login,
)
from choreai_live.cli import app
from choreai_live.errors import CredentialsError


class Memory(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked(password)
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    memory = Memory()
    monkeypatch.setattr(keyring.core, "_keyring_backend", memory)
    return memory


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())


@pytest.mark.parametrize(
    ("url", "user", "password", "opened"),
    [
        ("rtsp://cam/1", "anna", "p@ss", "rtsp://anna:p%40ss@cam/1"),
        ("rtsp://cam/1", "anna", None, "rtsp://anna:@cam/1"),
        ("rtsp://cam/1", None, "p@ss", "rtsp://cam/1"),
        ("rtsp://cam/1", None, None, "rtsp://cam/1"),
        ("rtsp://bert:own@cam/1", "anna", "p@ss", "rtsp://bert:own@cam/1"),
        ("rtsp://anna@cam/1", "anna", "p@ss", "rtsp://anna:p%40ss@cam/1"),
        ("rtsp://anna@cam/1", None, "p@ss", "rtsp://anna:p%40ss@cam/1"),
        ("rtsp://bert@cam/1", "anna", "p@ss", "rtsp://bert@cam/1"),
        ("rtsp://:@cam/1", "anna", "p@ss", "rtsp://:@cam/1"),
    ],
)
def test_the_environment_fills_in_what_the_address_leaves_open(
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    user: str | None,
    password: str | None,
    opened: str,
) -> None:
    for variable, value in (("USER", user), ("PASSWORD", password)):
        if value is not None:
            monkeypatch.setenv(f"CHOREAI_STREAM_{variable}", value)
    assert str(with_known_login(taken_apart(url))) == opened


def test_the_keyring_keeps_a_login_for_a_host(memory: Memory) -> None:
    login = Login("first.last:x", "p@ss:/w ä")
    store_login("cam:554", login)
    assert list(memory.entries) == [("choreai-live", "cam:554")]
    assert stored_login("cam:554") == login
    assert stored_login("cam") is None
    assert stored_login("cam:8554") is None
    store_login("cam", Login("anna", ""))
    assert stored_login("cam:8554") == Login("anna", "")
    assert stored_login("cam:554") == login
    assert remove_login("cam:554")
    assert not remove_login("cam:554")
    assert stored_login("cam:554") == Login("anna", "")


def test_the_keyring_comes_last(memory: Memory) -> None:
    store_login("cam", Login("anna", "pw"))
    stored = with_stored_login(taken_apart("rtsp://cam/1"))
    assert str(stored) == "rtsp://anna:pw@cam/1"
    assert str(with_stored_login(taken_apart("rtsp://anna@cam/1"))) == "rtsp://anna:pw@cam/1"
    assert with_stored_login(taken_apart("rtsp://bert@cam/1")) is None
    assert with_stored_login(taken_apart("rtsp://anna:own@cam/1")) is None
    assert with_stored_login(taken_apart("rtsp://other/1")) is None


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_nothing_is_found_and_one_sentence_said() -> None:
    assert stored_login("cam") is None
    for ask in (lambda: store_login("cam", Login("anna", "pw")), lambda: remove_login("cam")):
        with pytest.raises(CredentialsError, match=r"no keyring .*CHOREAI_STREAM_USER .*\.$"):
            ask()


def test_a_locked_keyring_is_one_sentence_without_the_password(memory: Memory) -> None:
    memory.locked = True
    assert stored_login("cam") is None
    with pytest.raises(CredentialsError, match="unlock it and try again") as raised:
        store_login("cam", Login("anna", "hunter2"))
    assert "hunter2" not in str(raised.value)
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("typed", "account"),
    [
        ("Cam.Local", "cam.local"),
        ("cam:554", "cam:554"),
        ("rtsp://anna:pw@cam:554/ch1", "cam:554"),
        ("[::1]:554", "[::1]:554"),
    ],
)
def test_hosts_may_be_typed_as_one_likes(typed: str, account: str) -> None:
    assert account_of(typed) == account


def test_a_host_that_is_none() -> None:
    with pytest.raises(CredentialsError, match="names no host"):
        account_of("/ch1")


def test_set_reads_the_password_from_stdin_and_remove_forgets_it(memory: Memory) -> None:
    runner = CliRunner()
    result = runner.invoke(app, ["credentials", "set", "cam:554"], input="anna\np@ss w\n")
    assert (result.exit_code, result.output) == (0, "Kept for cam:554.\n")
    assert stored_login("cam:554") == Login("anna", "p@ss w")
    result = runner.invoke(
        app, ["credentials", "set", "cam:554", "--user", "bert"], input="secret\n"
    )
    assert result.exit_code == 0
    assert stored_login("cam:554") == Login("bert", "secret")
    assert runner.invoke(app, ["credentials", "remove", "cam:554"]).exit_code == 0
    assert not memory.entries
    result = runner.invoke(app, ["credentials", "remove", "cam:554"])
    assert result.exit_code == 1


@pytest.mark.usefixtures("memory")
def test_an_empty_user_name_is_refused() -> None:
    result = CliRunner().invoke(app, ["credentials", "set", "cam"], input="")
    assert isinstance(result.exception, CredentialsError)


@pytest.mark.usefixtures("no_keyring")
def test_set_refuses_before_anybody_types_a_password() -> None:
    result = CliRunner().invoke(app, ["credentials", "set", "cam"], input="anna\npw\n")
    assert isinstance(result.exception, CredentialsError)
    assert "Password" not in result.output


def test_the_library_is_imported_only_when_it_is_asked() -> None:
    code = "import sys, choreai_live.capture, choreai_live.cli; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
