"""Addresses of streams, with their secrets kept."""

import re
from typing import Final

MASK: Final = "***"

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# A password may hold any character, typed without escaping: so everything up
# to the last "@" goes, even where that takes a harmless host name along.
_WHOLE_URL = re.compile(r"^([a-z][a-z0-9+.-]*://).*@", re.IGNORECASE | re.DOTALL)
_URL_IN_TEXT = re.compile(r"([a-z][a-z0-9+.-]*:/+)\S*@", re.IGNORECASE)
_NO_SCHEME = re.compile(r"[^\s/\\:@'\"*]+:(?!/)[^\s@]*@")
_PRIVATE = (
    r"[\w.%-]*(?:pass|pwd|secret|token|key|auth|sign|credential|session|hmac|policy|hdn)[\w.%-]*"
    r"|sig|sid|pw|user|username|usr|login|account|jwt|code"
)
_PRIVATE_VALUE = re.compile(rf"([?&;#/]|%26|%3F)((?:{_PRIVATE})(?:=|%3D))[^&;#\s]*", re.IGNORECASE)


def scheme_of(spec: str) -> str | None:
    """Return the scheme in lower case (``"rtsp"``), or None if ``spec`` is no URL."""
    match = _SCHEME.match(spec)
    return match.group()[:-3].lower() if match else None


def mask_credentials(url: str) -> str:
    """Replace user name, password and token-like values in a URL by asterisks.

    A text without credentials comes back unchanged; in a longer text, such as
    the message of a library, every URL is masked.
    """
    text = _WHOLE_URL.sub(rf"\1{MASK}@", url)
    text = _URL_IN_TEXT.sub(rf"\1{MASK}@", text)
    text = _NO_SCHEME.sub(f"{MASK}@", text)
    return _PRIVATE_VALUE.sub(rf"\1\2{MASK}", text)
