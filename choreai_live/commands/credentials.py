"""``choreai-live credentials``: names and passwords of streams, kept in the system's keyring."""

import getpass
import sys

from choreai_live.capture.credentials import (
    Login,
    account_of,
    remove_login,
    required_keyring,
    store_login,
)
from choreai_live.commands.console import out, say
from choreai_live.errors import CredentialsError


def keep(host: str, user: str | None) -> int:
    """Ask for a user name and password, and keep them for a host.

    Both are asked for where somebody sits at the terminal, the password unseen;
    elsewhere they are lines of stdin, first the user name unless that was given.

    Returns
    -------
    int
        Exit status.

    Raises
    ------
    CredentialsError
        If there is no keyring, or it does not take them.
    """
    account = account_of(host)
    required_keyring()  # before anybody types for nothing
    login = _asked(account, user) if sys.stdin.isatty() else _piped(user)
    if not login.user:
        raise CredentialsError("No user name was given; write it after --user.")
    store_login(account, login)
    out.print(f"Kept for {account}.", markup=False)
    return 0


def remove(host: str) -> int:
    """Forget what is kept for a host.

    Returns
    -------
    int
        Exit status: 1 if nothing was kept.

    Raises
    ------
    CredentialsError
        If there is no keyring, or it does not let go of it.
    """
    account = account_of(host)
    if not remove_login(account):
        say(f"Nothing is kept for {account}.")
        return 1
    out.print(f"Forgot {account}.", markup=False)
    return 0


def _asked(account: str, user: str | None) -> Login:
    if user is None:
        user = input(f"User name at {account}: ").strip()
    return Login(user, getpass.getpass("Password: "))


def _piped(user: str | None) -> Login:
    if user is None:
        user = sys.stdin.readline().strip()
    return Login(user, sys.stdin.readline().rstrip("\r\n"))
