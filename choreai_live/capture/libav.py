"""FFmpeg (PyAV), kept from telling addresses.

Its log lines and errors carry the whole address, password included, past everything of
ours. PyAV throws the lines away unless somebody asks for them; that is made sure of here.
"""

import av
import av.logging

av.logging.set_level(None)

__all__ = ["av"]
