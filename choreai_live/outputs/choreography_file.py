"""A choreography as CSV: one row per dancer and style."""

import csv
from io import StringIO
from typing import Final

from choreai_live.style.choreography import Choreography

COLUMNS: Final = (
    *("dancer", "label", "seconds", "share"),
    *("longest_label", "longest_start", "longest_end", "changes"),
)


def choreography_csv(whole: Choreography) -> str:
    """Return a choreography as CSV text.

    The label is empty for *not sure*. What is told of a dancer, the longest streak and
    the changes, stands in each of the dancer's rows. Times are seconds on the source's clock.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for dance in whole.dances:
        longest = dance.longest
        of_dancer = (
            *(
                (longest.label, f"{longest.start:.3f}", f"{longest.end:.3f}")
                if longest
                else ("", "", "")
            ),
            dance.changes,
        )
        shares = dance.shares
        writer.writerows(
            (dance.id, label or "", f"{seconds:.3f}", f"{shares[label]:.4f}", *of_dancer)
            for label, seconds in dance.seconds.items()
        )
    return text.getvalue()
