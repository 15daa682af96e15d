"""Teaching: a dancer shows a style for a minute, and the program knows it.

Takes (:mod:`~choreai_live.teaching.takes`) are what a dancer showed, as keypoints.
Learning (:mod:`~choreai_live.teaching.learning`) asks the style model what it sees in them
and keeps mean and spread of that; these, with names and provenance, are a style pack
(:mod:`~choreai_live.teaching.packs`), a small file. The library
(:mod:`~choreai_live.teaching.library`) is all packs of one user, and makes the head that
classifiers ask (:mod:`choreai_live.style.taught`). Nothing here holds a picture.
"""

from choreai_live.teaching.errors import TeachingError
from choreai_live.teaching.library import Library, Taught
from choreai_live.teaching.takes import Problem, Quality, Recorder, Take

__all__ = ["Library", "Problem", "Quality", "Recorder", "Take", "Taught", "TeachingError"]
