"""FFmpeg (PyAV), kept from telling addresses.

Its log lines and errors carry the whole address, password included, past everything of
ours. PyAV throws the lines away unless somebody asks for them; that is made sure of here.
"""

from typing import Any, Final

import av
import av.logging

av.logging.set_level(None)

#: Titles in the alphabet of another decade are no reason not to play something. From
#: version 19 on PyAV does not mind them, and does not let itself be told so.
LENIENT: Final[dict[str, Any]] = (
    {"metadata_errors": "replace"} if int(av.__version__.partition(".")[0]) < 19 else {}
)

__all__ = ["LENIENT", "av"]
