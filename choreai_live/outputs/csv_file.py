"""Results as CSV: one row per segment."""

import csv
from io import StringIO
from typing import Final

from choreai_live.classification import ClassificationReport

COLUMNS: Final = ("source", "dancer", "start", "end", "label", "confidence", "finer")


def classification_csv(report: ClassificationReport) -> str:
    """Return all segments of all sources as CSV text.

    The label is empty for *not sure*, and the finer name where no taught move of the label
    was recognised.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for source in report.sources:
        for dancer in source.dancers:
            writer.writerows(
                (
                    source.source,
                    dancer.id,
                    f"{segment.start:.3f}",
                    f"{segment.end:.3f}",
                    segment.label or "",
                    f"{segment.confidence:.4f}",
                    segment.finer or "",
                )
                for segment in dancer.segments
            )
    return text.getvalue()
