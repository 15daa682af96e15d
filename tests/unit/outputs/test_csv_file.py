"""Results as CSV."""

import csv

from choreai_live.classification import ClassificationReport
from choreai_live.outputs import classification_csv


def test_one_row_per_segment_with_names_that_hold_commas(report: ClassificationReport) -> None:
    text = classification_csv(report)
    assert "\r" not in text
    header, *rows = csv.reader(text.splitlines())
    assert header == ["source", "dancer", "start", "end", "label", "confidence", "finer"]
    assert rows == [
        ["a/duo, take 1.mp4", "1", "0.000", "1.000", "", "0.5124", ""],
        ["a/duo, take 1.mp4", "1", "1.000", "6.000", "hiphop", "0.8765", ""],
        ["a/duo, take 1.mp4", "1", "8.000", "10.000", "hiphop", "0.7000", ""],
        ["a/duo, take 1.mp4", "3", "2.000", "9.000", "", "0.4000", ""],
    ]


def test_the_finer_name_stands_beside_the_label(finer: ClassificationReport) -> None:
    _, *rows = csv.reader(classification_csv(finer).splitlines())
    assert [(row[4], row[6]) for row in rows] == [("afrobeat", "gwara, fast"), ("my own", "")]
