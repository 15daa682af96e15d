"""Errors a user can do something about.

Every one carries a single sentence that says what went wrong, where, and what
to do. The command line prints that sentence and exits; the window shows it.
Anything else that is raised is a defect of ours and keeps its traceback.
"""


class ChoreaiError(Exception):
    """Base of every error whose message is written for the user."""


class SourceError(ChoreaiError):
    """A source cannot be opened or read."""


class SourceLostError(SourceError):
    """A live source that had been delivering frames stopped; it can be reopened."""


class ModelError(ChoreaiError):
    """A model file is missing, changed, or of the wrong kind."""


class ProviderError(ChoreaiError):
    """ONNX Runtime or the execution provider asked for cannot be used."""


class OutputError(ChoreaiError):
    """A result cannot be written where it was asked to go."""


class DatasetError(ChoreaiError):
    """Training data is missing or malformed."""


class CredentialsError(ChoreaiError):
    """A user name and password cannot be kept in, or taken out of, the keyring."""
