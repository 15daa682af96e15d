"""``choreai-live models``: the shipped models and whether they are intact."""

from rich.table import Table
from rich.text import Text

from choreai_live import models
from choreai_live.commands.console import out, say


def list_models() -> int:
    """Print what the catalogue says of every model.

    Raises
    ------
    ModelError
        If the catalogue cannot be read.
    """
    table = Table(show_lines=True)
    table.add_column("Model", no_wrap=True)
    table.add_column("Purpose")
    table.add_column("Licence")
    table.add_column("sha256", no_wrap=True)
    for entry in models.catalog():
        table.add_row(Text(entry.name), Text(entry.purpose), Text(entry.licence), entry.sha256[:12])
    out.print(table)
    return 0


def verify() -> int:
    """Print one sentence per model; those of broken ones go to stderr.

    Returns
    -------
    int
        Exit status: 1 if a file is missing or changed.

    Raises
    ------
    ModelError
        If the catalogue cannot be read.
    """
    verifications = models.verify()
    for verification in verifications:
        if verification.ok:
            out.print(Text(verification.message), soft_wrap=True)
        else:
            say(verification.message)
    return 0 if all(verification.ok for verification in verifications) else 1
