"""Sessions: recording what the pipeline saw and said, finding it again, playing it again.

A session is a folder of parts; a part is a table (SQLite) of who was seen and what
was read, and, if wanted, a video (MP4). Both are written so that a process killed at
any moment loses no more than the last second.
"""

from choreai_live.session.finishing import finish_interrupted
from choreai_live.session.recorder import SessionRecorder
from choreai_live.session.settings import RecordingSettings, SessionAbout

__all__ = ["RecordingSettings", "SessionAbout", "SessionRecorder", "finish_interrupted"]
