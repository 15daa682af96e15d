"""Opening the summary over a window."""

from datetime import datetime
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QDate, QLocale, QStandardPaths
from PyQt6.QtWidgets import QWidget

from choreai_live.style.choreography import Choreography
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.summary.page import SummaryPage
from choreai_live.ui.summary.poster import Poster


def open_summary(
    whole: Choreography, looks: StyleLooks, title: str, parent: QWidget
) -> SummaryPage:
    """Show what was danced up to now, beside the picture that goes on.

    Parameters
    ----------
    whole
        What was danced.
    looks
        What the styles look like.
    title
        What was watched, credentials masked.
    parent
        The window.
    """
    when = QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat)
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.PicturesLocation)
    folder = next((Path(place) for place in places if Path(place).is_dir()), Path.home())
    name = QCoreApplication.translate("Summary", "choreography {when}").format(
        when=f"{datetime.now():%Y-%m-%d %H.%M}"
    )
    page = SummaryPage(Poster(whole, looks, title, when), folder, name, parent)
    page.show()
    return page
