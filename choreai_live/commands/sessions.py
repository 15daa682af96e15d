"""``choreai-live sessions``: what has been recorded."""

from pathlib import Path

from rich.table import Table
from rich.text import Text

from choreai_live.commands.classify import clock
from choreai_live.commands.console import out, say
from choreai_live.configuration import load_settings
from choreai_live.errors import SourceError
from choreai_live.session import finish_interrupted
from choreai_live.session.naming import sessions_in
from choreai_live.session.reading import RecordedSession
from choreai_live.session.refusals import shown_bytes


def run(folder: Path | None, settings_file: Path | None) -> int:
    """Print the sessions of a folder; None for that of the settings.

    Returns
    -------
    int
        Exit status: 0, or 1 if a session is damaged.

    Raises
    ------
    SourceError
        If the folder cannot be read.
    """
    if folder is None:
        loaded = load_settings(settings_file)
        if loaded.notice:
            say(loaded.notice)
        folder = loaded.settings.recording.place
    elif not folder.is_dir():
        raise SourceError(f"There is no folder {folder}; name the one with your sessions.")
    for finished in finish_interrupted(folder):
        say(f"{finished} had been interrupted, and is finished now.")
    try:
        found = sessions_in(folder)
    except OSError as error:
        raise SourceError(f"{folder} cannot be read: {error.strerror}.") from error
    if not found:
        say(f"No session has been recorded to {folder} yet.")
        return 0
    table = Table(title=Text(str(folder), style="bold"), title_justify="left")
    table.add_column("Session", overflow="fold")
    for column in ("Length", "Dancers", "Size"):
        table.add_column(column, justify="right")
    table.add_column("State")
    whole = True
    for path in found:
        try:
            session = RecordedSession(path)
            numbers = (
                clock(session.duration),
                str(session.dancers),
                shown_bytes(session.bytes),
            )
            table.add_row(Text(path.name), *numbers, _state(session))
        except SourceError as error:
            whole = False
            say(str(error))
            table.add_row(Text(path.name), "", "", "", Text("damaged", style="red"))
    out.print(table)
    return 0 if whole else 1


def _state(session: RecordedSession) -> Text:
    if session.recording:
        return Text("recording", style="bold red")
    if session.interrupted:
        return Text("interrupted", style="yellow")
    if session.stopped is not None:
        return Text("stopped by itself", style="yellow")
    return Text("finished")
