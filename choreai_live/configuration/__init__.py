"""The program's settings: one TOML file, checked on start, with the last good one to fall back on.

Tables are dataclasses (:mod:`choreai_live.configuration.sections`), so that a field
added there is a key of the file; pydantic checks what is read into them.
"""

from choreai_live.configuration.checking import ConfigurationError
from choreai_live.configuration.loading import LoadedSettings, load_settings
from choreai_live.configuration.sections import LogSection, ProgramSettings

__all__ = ["ConfigurationError", "LoadedSettings", "LogSection", "ProgramSettings", "load_settings"]
