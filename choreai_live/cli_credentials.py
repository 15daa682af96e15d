"""``choreai-live credentials``: the part of the command line that is about passwords."""

from typing import Annotated

import typer

credentials_app = typer.Typer(no_args_is_help=True)

Host = Annotated[
    str,
    typer.Argument(
        help="As in the address of the stream: cam.local, or cam.local:554 for that port only.",
        metavar="HOST",
    ),
]


@credentials_app.command("set")
def credentials_set(
    host: Host,
    user: Annotated[
        str | None,
        typer.Option("--user", help="The user name.", show_default="asked for", metavar="NAME"),
    ] = None,
) -> None:
    """Keep a stream's user name and password in the system's keyring.

    The password is asked for, or read from stdin where that is no terminal. It is used
    when the address has none and CHOREAI_STREAM_USER is not set.
    """
    from choreai_live.commands import credentials as command

    raise typer.Exit(command.keep(host, user))


@credentials_app.command("remove")
def credentials_remove(host: Host) -> None:
    """Forget what the keyring holds for a host."""
    from choreai_live.commands import credentials as command

    raise typer.Exit(command.remove(host))
