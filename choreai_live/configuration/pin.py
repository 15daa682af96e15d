"""The PIN that leads out of the kiosk: only its hash is ever kept."""

from typing import Final

from choreai_live.errors import ChoreaiError

#: Digits of a PIN, at least and at most.
SHORTEST: Final = 4
LONGEST: Final = 12

#: A hash that would keep the machine busy, or take its memory, was not written by us.
_MOST_KIBIBYTES: Final = 1 << 20
_MOST_ROUNDS: Final = 100


class PinError(ChoreaiError):
    """What was given cannot be a PIN."""


def hash_pin(pin: str) -> str:
    """Return the Argon2id hash of a PIN, salted: another one each time.

    Raises
    ------
    PinError
        If it is not 4 to 12 digits.
    """
    from argon2 import PasswordHasher

    if not _could_be_pin(pin):
        raise PinError(f"A PIN has {SHORTEST} to {LONGEST} digits and nothing else.")
    return PasswordHasher().hash(pin)


def pin_fits(pin_hash: str, pin: str) -> bool:
    """Whether this is the PIN of that hash; takes about a tenth of a second.

    Guessing is slowed down by whoever asks, by waiting longer after each failure.
    """
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    if not (_could_be_pin(pin) and is_pin_hash(pin_hash)):
        return False
    try:
        return PasswordHasher().verify(pin_hash, pin)
    except (Argon2Error, InvalidHashError):
        return False


def is_pin_hash(text: str) -> bool:
    """Whether this is a hash as :func:`hash_pin` makes them."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError

    try:
        parameters = extract_parameters(text)
    except (InvalidHashError, ValueError):
        return False
    return (
        0 < parameters.memory_cost <= _MOST_KIBIBYTES and 0 < parameters.time_cost <= _MOST_ROUNDS
    )


def _could_be_pin(pin: str) -> bool:
    return pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST
