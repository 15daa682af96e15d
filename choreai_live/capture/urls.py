"""Addresses of streams, with their secrets kept."""

import re
from typing import Final

MASK: Final = "***"

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)(?P<authority>[^/?#\s]*)", re.IGNORECASE)
_PRIVATE_NAMES = (
    r"(?:[\w.%-]*(?:pass|passwd|password|pwd|secret|token|key|auth|signature|credential|session)"
    r"[\w.%-]*|sig|sid|pw|user|username|usr|login|account|jwt|code)"
)
_PRIVATE_QUERY = re.compile(rf"(?P<name>[?&;#]{_PRIVATE_NAMES}=)[^&;#\s]*", re.IGNORECASE)


def scheme_of(spec: str) -> str | None:
    """Return the scheme in lower case (``"rtsp"``), or None if ``spec`` is no URL."""
    match = _SCHEME.match(spec)
    return match.group()[:-3].lower() if match else None


def mask_credentials(url: str) -> str:
    """Replace user name, password and token-like query values by asterisks.

    What is not a URL comes back unchanged. Any URL inside a longer text is
    masked too, so it can be used on messages of libraries.
    """

    def without_user(match: re.Match[str]) -> str:
        _, at, host = match["authority"].rpartition("@")
        return match["scheme"] + (f"{MASK}@{host}" if at else match["authority"])

    if not _AUTHORITY.search(url):
        return url
    return _PRIVATE_QUERY.sub(rf"\g<name>{MASK}", _AUTHORITY.sub(without_user, url))
