"""Addresses of streams."""

import re

from choreai_live.masking import MASK, mask_credentials

__all__ = ["MASK", "mask_credentials", "scheme_of"]

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def scheme_of(spec: str) -> str | None:
    """Return the scheme in lower case (``"rtsp"``), or None if ``spec`` is no URL."""
    match = _SCHEME.match(spec)
    return match.group()[:-3].lower() if match else None
