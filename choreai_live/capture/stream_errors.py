"""What went wrong with a stream, in sentences."""

from choreai_live.capture.addresses import taken_apart
from choreai_live.capture.libav import av
from choreai_live.capture.urls import scheme_of
from choreai_live.errors import SourceError, SourceLostError

_UNWELCOME = (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError)
_LATE = (av.error.ExitError, TimeoutError)


def broken_off(name: str, cause: av.error.FFmpegError | TimeoutError) -> SourceLostError:
    """Return the error for a stream that failed after its first picture."""
    late = isinstance(cause, _LATE)
    happened = "sends nothing any more" if late else f"broke off ({cause.strerror})"
    return SourceLostError(
        f"{name} {happened}; check the network and the camera, and open it again."
    )


def refused(
    name: str, cause: av.error.FFmpegError | TimeoutError, waited: float | None, *, introduced: bool
) -> SourceError:
    """Return the error for a stream that failed before its first picture.

    Parameters
    ----------
    name
        What to call it: its address, masked.
    cause
        What FFmpeg says.
    waited
        Seconds after which waiting was given up; None if the failure came sooner.
    introduced
        Whether a user name and password were sent.
    """
    if waited is not None or isinstance(cause, _LATE):
        within = "" if waited is None else f" within {waited:.0f} seconds"
        reason = f"did not answer{within}; check the network"
    elif isinstance(cause, _UNWELCOME):
        reason = (
            "refused the user name or password; check both"
            if introduced
            else f"wants a user name and password; write {scheme_of(name)}://user:password@host, "
            f"or keep them with `choreai-live credentials set {taken_apart(name).host}`"
        )
    elif isinstance(cause, av.error.HTTPNotFoundError):
        reason = "is not known to the server; check the part after the host name"
    elif isinstance(cause, av.error.HTTPError):
        reason = "is refused by the server; check the address"
    elif isinstance(cause, av.error.ConnectionRefusedError):
        reason = "cannot be reached: nothing listens there; check host and port"
    elif isinstance(cause, av.error.InvalidDataError):
        reason = "does not send video that can be read; check the address"
    else:
        reason = f"cannot be reached ({cause.strerror}); check address and network"
    return SourceError(f"{name} {reason}.")
