"""A choreography as CSV."""

import csv

from choreai_live.outputs.choreography_file import choreography_csv
from choreai_live.style import Segment
from choreai_live.style.choreography import Choreography, choreography_of


def test_one_row_per_dancer_and_style() -> None:
    whole = choreography_of(
        {
            1: [Segment(0, 2, None, 0.4), Segment(2, 8, "hiphop", 0.8)],
            2: [Segment(1, 2, None, 0.4)],
        }
    )
    header, *rows = csv.reader(choreography_csv(whole).splitlines())
    assert header == [
        *("dancer", "label", "seconds", "share"),
        *("longest_label", "longest_start", "longest_end", "changes"),
    ]
    assert rows == [
        ["1", "hiphop", "6.000", "0.7500", "hiphop", "2.000", "8.000", "0"],
        ["1", "", "2.000", "0.2500", "hiphop", "2.000", "8.000", "0"],
        ["2", "", "1.000", "1.0000", "", "", "", "0"],
    ]
    assert len(choreography_csv(Choreography()).splitlines()) == 1
