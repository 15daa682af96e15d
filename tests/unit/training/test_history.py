"""What happened in a run, as CSV, curves and for TensorBoard."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.training.fitting import Entry
from choreai_live.training.history import HistoryFile, TensorBoardLog, curves_of, read_history
from choreai_live.training.validation import Score

ENTRIES = [
    Entry(1, 0.1, 1.5, None),
    Entry(2, 0.2, 1.25, Score(0.75, 0.5)),
    Entry(3, 0.3, 1.0, None),
    Entry(4, 0.25, 0.5, Score(0.875, 1.0)),
]


def test_a_history_reads_back_as_it_was_written(tmp_path: Path) -> None:
    file = HistoryFile(tmp_path / "history.csv")
    for entry in ENTRIES:
        file.record(entry)
    assert read_history(tmp_path / "history.csv") == ENTRIES


def test_a_resumed_run_writes_over_what_it_does_again(tmp_path: Path) -> None:
    first, second = (HistoryFile(tmp_path / "history.csv") for _ in range(2))
    for entry in ENTRIES:
        first.record(entry)
    again = Entry(3, 0.3, 9.0, None)
    second.record(again)
    assert read_history(tmp_path / "history.csv") == [*ENTRIES[:2], again]


def test_curves_know_what_was_kept() -> None:
    curves = curves_of(ENTRIES)
    assert (curves.updates, curves.validated) == ([1, 2, 3, 4], [2, 4])
    assert curves.best_update == 2
    assert curves_of(ENTRIES[:1]).best_update == 1


def test_tensorboard_sees_the_same(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    board = TensorBoardLog(tmp_path)
    for entry in ENTRIES:
        board.record(entry)
    board.close()
    log = EventAccumulator(str(tmp_path))
    log.Reload()
    assert [(e.step, e.value) for e in log.Scalars("loss/training")][:2] == [(1, 1.5), (2, 1.25)]
    assert [e.value for e in log.Scalars("loss/validation")] == [0.75, 0.875]
