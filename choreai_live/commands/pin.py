"""``choreai-live kiosk pin``: the PIN that leads out of the kiosk."""

from pathlib import Path

import typer

from choreai_live.commands.console import say
from choreai_live.configuration.changing import write_pin_hash
from choreai_live.configuration.pin import PinError, hash_pin
from choreai_live.configuration.reading import settings_path

_NEXT = "It holds from the next start of the kiosk on."


def choose(settings_file: Path | None) -> int:
    """Ask for a PIN twice, unseen, and write its hash into the settings file.

    Raises
    ------
    ChoreaiError
        If it is no PIN, or the file is broken or cannot be written.
    """
    path = settings_file or settings_path()
    pin = typer.prompt("PIN", hide_input=True, err=True)
    pin_hash = hash_pin(pin)
    if typer.prompt("The same again", hide_input=True, err=True) != pin:
        raise PinError("The two PINs are not the same: nothing was changed.")
    write_pin_hash(path, pin_hash)
    say(f"The hash of the PIN stands in {path}. {_NEXT}")
    if path.stat().st_mode & 0o044:
        say(f"Others can read {path}, and guess the PIN from its hash: run `chmod 600` on it.")
    return 0


def remove(settings_file: Path | None) -> int:
    """Take the hash of the PIN out of the settings file.

    Raises
    ------
    ChoreaiError
        If the file is broken or cannot be written.
    """
    path = settings_file or settings_path()
    if path.exists():
        write_pin_hash(path, None)
    say(f"There is no PIN in {path}. {_NEXT}")
    return 0
