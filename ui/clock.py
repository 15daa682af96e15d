"""Lengths of time in figures."""


def clock(seconds: float) -> str:
    """Return a length or a place in time as clocks show it: ``0:07``, ``2:05``, ``1:02:05``.

    Parameters
    ----------
    seconds
        Parts of a second are left out.
    """
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
