"""Addresses in texts, with their secrets kept.

At the top, and small: whatever writes a log or a file needs it, long before a source.
"""

import re
from typing import Final
from urllib.parse import unquote

MASK: Final = "***"

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

# What may stand percent-encoded, once or several times over: an address in an address.
_COLON, _SLASH, _AT = r"%(?:25)*3a", r"%(?:25)*2f", r"%(?:25)*40"

_ANY_SCHEME = r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*"
_USER = r"[^\s/\\:@'\"*]"

# What is masked already is left alone, so that a sentence after it stays.
_OPEN = rf"(?!{re.escape(MASK)}(?:@|{_AT}))"

# A password may hold any character, typed without escaping: so everything up to the last
# "@" goes (in a longer text, of the line), even where that takes a harmless host name along.
_LOGINS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^([a-z][a-z0-9+.-]*://){_OPEN}(?s:.)*(@)",
        rf"({_ANY_SCHEME}:/++){_OPEN}[^\n]*(@)",
        rf"({_ANY_SCHEME}:/++){_OPEN}[^/?#\s]*({_AT})",
        rf"({_ANY_SCHEME}(?:{_COLON}/*+|:(?=%))(?:{_SLASH})*+){_OPEN}\S*(@|{_AT})",
        rf"^(){_USER}*:(?![/\s])(?s:.)*(@)",
        rf"()(?<!{_USER}){_USER}+:(?!/)\S*(@)",
    )
)
_PARAMETER = re.compile(
    r"(?:[?&;#/,]|%(?:25)*(?:26|2c|2f|3b|3f|23))(?P<name>[^?&;#/,=:@\s]*?)(?:=|%(?:25)*3d)",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"pass|pwd|psw|secret|token|ticket|bearer|cookie|nonce|hash|key|auth|sign|credential|session"
    r"|hmac|policy|hdn|^(?:sig|sid|pw|pin|otp|user|username|usr|login|account|jwt|code)$",
    re.IGNORECASE,
)
_ANY_AT = re.compile(rf"@|{_AT}")
_VALUE = re.compile(r"[^&]*")
_VALUE_IN_TEXT = re.compile(r"[^&\s]*")
_MASKED = re.compile(re.escape(MASK) + r"(?![^\s&;#/,.)'\"])")


def mask_credentials(url: str) -> str:
    """Replace user name, password and token-like values in a URL by asterisks.

    A text without credentials comes back unchanged; in a longer text, such as
    the message of a library, every URL is masked. Masking twice changes nothing.
    """
    text = _mask_values(url)
    for login in _LOGINS:
        text = login.sub(rf"\1{MASK}\2", text)
    return text


def _mask_values(text: str) -> str:
    """Mask what stands after private names.

    An "@" in it stays: what looks like a value may be part of a password, and what follows
    the "@" of a value looks like a host.
    """
    value = _VALUE if _SCHEME.match(text) else _VALUE_IN_TEXT
    done = 0
    while (parameter := _PARAMETER.search(text, done)) is not None:
        done = parameter.end()
        if _PRIVATE.search(_decoded(parameter["name"])) and not _MASKED.match(text, done):
            end = _end_of(value, text, done)
            sign = _ANY_AT.search(text, done, end)
            text = text[:done] + MASK + (sign.group() if sign else "") + text[end:]
    return text


def _end_of(value: re.Pattern[str], text: str, begin: int) -> int:
    match = value.match(text, begin)
    return match.end() if match else begin


def _decoded(name: str) -> str:
    """Undo percent-encoding, however often it was done."""
    while (once := unquote(name)) != name:
        name = once
    return name
