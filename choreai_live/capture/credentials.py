"""Names and passwords of streams: from the address, the environment or the keyring.

They are looked up when a stream is opened, and put into the address that goes to FFmpeg;
the address that people see never has them.
"""

import logging
import os
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, unquote

from choreai_live.capture.addresses import Address, taken_apart
from choreai_live.errors import CredentialsError

if TYPE_CHECKING:
    from types import ModuleType

logger = logging.getLogger(__name__)

SERVICE: Final = "choreai-live"
"""What the entries are called in the keyring; the account is the host, or host:port."""

USER_VARIABLE: Final = "CHOREAI_STREAM_USER"
PASSWORD_VARIABLE: Final = "CHOREAI_STREAM_PASSWORD"  # noqa: S105 - the name of one


class Login(NamedTuple):
    """Who opens a stream."""

    user: str
    password: str


def with_known_login(address: Address) -> Address:
    """Complete an address by what the environment says; what it says itself stands."""
    user, password = os.environ.get(USER_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    if user is None and (address.user is None or password is None):
        return address
    login = Login(unquote(address.user or "") if user is None else user, password or "")
    return _completed(address, login) or address


def with_stored_login(address: Address) -> Address | None:
    """Complete an address by what the keyring holds for its host; None if it holds nothing.

    Asking the keyring may make the desktop ask for its password: so this is for
    when a server wants to know who is there.
    """
    if address.password is not None:
        return None
    stored = stored_login(address.host)
    return None if stored is None else _completed(address, stored)


def _completed(address: Address, login: Login) -> Address | None:
    if address.password is not None:
        return None
    if address.user is not None and unquote(address.user) != login.user:
        return None  # somebody else's password
    return address.with_login(*login)


def stored_login(host: str) -> Login | None:
    """Return who is kept for ``host:port``, else for the host; None if nobody is."""
    keyring = _keyring()
    if keyring is None:
        return None
    for account in dict.fromkeys((host, _without_port(host))):
        try:
            entry = keyring.get_password(SERVICE, account)
        except Exception as error:
            logger.info("The keyring cannot be read (%s)", type(error).__name__)
            return None
        if entry is not None:
            user, _, password = entry.partition(":")
            return Login(unquote(user), unquote(password))
    return None


def store_login(host: str, login: Login) -> None:
    """Keep a user name and password for a host in the keyring.

    Raises
    ------
    CredentialsError
        If there is no keyring, or it does not take them.
    """
    keyring = required_keyring()
    try:
        keyring.set_password(SERVICE, host, ":".join(quote(part, safe="") for part in login))
    except Exception as error:
        raise _refused(error) from None


def remove_login(host: str) -> bool:
    """Take a host's entry out of the keyring; return whether there was one.

    Raises
    ------
    CredentialsError
        If there is no keyring, or it does not let go of it.
    """
    keyring = required_keyring()
    try:
        if keyring.get_password(SERVICE, host) is None:
            return False
        keyring.delete_password(SERVICE, host)
    except Exception as error:
        raise _refused(error) from None
    return True


def account_of(host: str) -> str:
    """Return the keyring's account for what somebody typed: a host, host:port or address.

    Raises
    ------
    CredentialsError
        If it is neither.
    """
    address = taken_apart(host if "://" in host else f"rtsp://{host}")
    if not address.host:
        raise CredentialsError(
            "That names no host; write it as in the address of the stream, such as cam.local:554."
        )
    return address.host


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _keyring() -> "ModuleType | None":
    """Return the library if there is a keyring it can use."""
    try:
        import keyring
        from keyring.backends import fail, null

        backend = keyring.get_keyring()
    except Exception as error:
        logger.info("The keyring cannot be used (%s)", type(error).__name__)
        return None
    return None if isinstance(backend, fail.Keyring | null.Keyring) else keyring


def required_keyring() -> "ModuleType":
    """Return the library.

    Raises
    ------
    CredentialsError
        If there is no keyring it can use.
    """
    keyring = _keyring()
    if keyring is None:
        raise CredentialsError(
            "This machine has no keyring to keep passwords in; set "
            f"{USER_VARIABLE} and {PASSWORD_VARIABLE} instead, or install one "
            "(on Debian: `apt install gnome-keyring`)."
        )
    return keyring


def _refused(error: Exception) -> CredentialsError:
    return CredentialsError(
        f"The keyring refused ({type(error).__name__}); unlock it and try again, or set "
        f"{USER_VARIABLE} and {PASSWORD_VARIABLE} instead."
    )
