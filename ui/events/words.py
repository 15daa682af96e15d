"""How events read: on the screen in the user's language, in files for programs too."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

from PyQt6.QtCore import QCoreApplication

from choreai_live.ui.events.log import Event, EventKind

COLUMNS: Final = ("time", "source", "kind", "warning", "event")

translate = QCoreApplication.translate


def kind_words(kind: EventKind) -> str:
    """Return what people call a kind."""
    return {
        EventKind.SOURCE: translate("Events", "Source"),
        EventKind.FRAMES: translate("Events", "Frames"),
        EventKind.DANCERS: translate("Events", "Dancers"),
        EventKind.STYLE: translate("Events", "Styles"),
        EventKind.RECORDING: translate("Events", "Recording"),
        EventKind.PICTURE: translate("Events", "Pictures"),
        EventKind.NOTICE: translate("Events", "Notices"),
        EventKind.SETTINGS: translate("Events", "Settings"),
        EventKind.ERROR: translate("Events", "Errors"),
    }[kind]


def event_line(event: Event) -> str:
    """Return an event in one line of plain text, tabs between its parts."""
    when = f"{event.when:%Y-%m-%d %H:%M:%S}"
    return "\t".join((when, event.source, kind_words(event.kind), event.words))


def events_text(events: Iterable[Event]) -> str:
    """Return events as plain text, one a line, the oldest first."""
    return "".join(f"{event_line(event)}\n" for event in events)


def events_csv(events: Iterable[Event]) -> str:
    """Return events as CSV: time with its zone as of ISO 8601, source, kind, warning, event."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (
            event.when.isoformat(timespec="milliseconds"),
            event.source,
            event.kind.value,
            "yes" if event.warning else "no",
            event.words,
        )
        for event in events
    )
    return text.getvalue()
