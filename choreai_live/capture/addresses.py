"""Addresses of streams taken apart, and written as FFmpeg and servers expect them."""

import re
from dataclasses import dataclass
from string import ascii_letters, digits, punctuation
from urllib.parse import quote, unquote_to_bytes

from choreai_live.errors import SourceError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_AUTHORITY = re.compile(r"[^/?#]*")
_PORT_THAT_IS_NONE = re.compile(r"[^\[\]:]*:(?!\d*$)")

#: A space would end the request line of RTSP and HTTP; what else is printable may stand.
_PRINTABLE = ascii_letters + digits + punctuation


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """An address in its parts, each as it was typed.

    Parameters
    ----------
    scheme
        In lower case, such as ``rtsp``.
    user, password
        None where there is none; either may be empty.
    rest
        Host, port, path and query.
    """

    scheme: str
    user: str | None
    password: str | None
    rest: str

    @property
    def host(self) -> str:
        """Host and, where it is stated, port, in lower case."""
        match = _AUTHORITY.match(self.rest)
        return match.group().lower() if match else ""

    def with_login(self, user: str, password: str) -> "Address":
        """Return the same address for a user; name and password as people type them."""
        return Address(self.scheme, quote(user, safe=""), quote(password, safe=""), self.rest)

    def __str__(self) -> str:
        """Return the whole address, the secrets too, with what needs it percent-encoded."""
        login = ""
        if self.user is not None:
            login = _encoded(self.user)
            if self.password is not None:
                login += f":{_encoded(self.password)}"
            login += "@"
        return f"{self.scheme}://{login}{quote(self.rest, safe=_PRINTABLE)}"


def taken_apart(url: str) -> Address:
    """Return the parts of an address.

    Where a password was typed without escaping, ``"@"`` and ``":"`` may be in it; so may
    ``"/"``, ``"?"`` and ``"#"``, unless what stands before could be a host and its port.

    Raises
    ------
    SourceError
        If it is no address.
    """
    match = _SCHEME.match(url)
    if match is None:
        raise SourceError("This is no address; write one that begins like rtsp:// or http://.")
    text = url[match.end() :]
    login, rest = _login_and_rest(text)
    if login is None:
        return Address(match[1].lower(), None, None, rest)
    user, colon, password = login.partition(":")
    return Address(match[1].lower(), user, password if colon else None, rest)


def _login_and_rest(text: str) -> tuple[str | None, str]:
    authority = _AUTHORITY.match(text)
    end = authority.end() if authority else 0
    if "@" not in text[:end]:
        at = text.find("@", end)
        if at < 0 or not _PORT_THAT_IS_NONE.match(text[:end]):
            return None, text
        following = _AUTHORITY.match(text, at)
        end = following.end() if following else at + 1
    login, _, host = text[:end].rpartition("@")
    return login, host + text[end:]


def _encoded(part: str) -> str:
    """Encode what was typed; what is encoded already stays so."""
    return quote(unquote_to_bytes(part), safe="")
