"""The table of a session as a Parquet file; needs the ``parquet`` extra."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from choreai_live.outputs.poses_table import (
    BOX_COLUMNS,
    FIRST_COLUMNS,
    KEYPOINT_COLUMNS,
    pose_columns,
    pose_rows,
    probability_columns,
)

if TYPE_CHECKING:
    from choreai_live.session.reading import RecordedSession

#: Rows written at a time; as many as these are in memory.
_AT_ONCE: Final = 8192


def write_poses_parquet(session: "RecordedSession", path: Path) -> None:
    """Write the table of a session; see :func:`choreai_live.outputs.poses_table.pose_rows`.

    Raises
    ------
    SourceError
        If what is there is damaged.
    OSError
        If the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = session.about
    kinds = {int: pa.int64(), float: pa.float64(), str: pa.string()}
    numbers = (*probability_columns(about.labels), *BOX_COLUMNS, *KEYPOINT_COLUMNS)
    told = {
        "choreai.source": about.source,
        "choreai.style_version": about.style_version,
        "choreai.pose": about.pose,
        "choreai.started": session.started.isoformat(),
    }
    schema = pa.schema(
        [(name, kinds[kind]) for name, kind in FIRST_COLUMNS.items()]
        + [(name, pa.float32()) for name in numbers],
        metadata=told,
    )
    rows = pose_rows(session)
    with pq.ParquetWriter(str(path), schema, compression="zstd") as writer:
        while some := list(islice(rows, _AT_ONCE)):
            columns = dict(zip(pose_columns(about.labels), zip(*some, strict=True), strict=True))
            writer.write_table(pa.table(columns, schema=schema))
