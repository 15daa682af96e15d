"""What may go wrong while teaching, each in one sentence."""

from choreai_live.errors import ChoreaiError


class TeachingError(ChoreaiError):
    """A style cannot be taught, changed, read or written."""
