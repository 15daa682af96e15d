"""A device that is lost while a model runs on it: the next provider takes its place."""

from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import numpy as np
import pytest

from choreai_live import inference


class Lost:
    """What was bound to a device that is gone; waits until so many are told."""

    def __init__(self, callers: int = 1) -> None:
        self._together = Barrier(callers, timeout=20)

    def run(self, *_: Any) -> None:
        self._together.wait()
        raise RuntimeError("CUDA failure 719: unspecified launch failure\nmore of it")


def on_a_device(model: Path, callers: int = 1) -> inference.Session:
    session = inference.Session(model, "cpu")
    # As it is with CUDA, of which there need not be any here.
    session._chain.insert(0, "cuda")
    session._bound = Lost(callers)  # type: ignore[assignment]
    session.provider = "cuda"
    return session


def doubled(session: inference.Session) -> list[float]:
    (y,) = session.run(["y"], {"x": np.array([1, 2], np.float32)})
    return [float(each) for each in y]


def test_the_run_that_found_out_has_its_result_all_the_same(doubling_model: Path) -> None:
    session = on_a_device(doubling_model)
    assert doubled(session) == [2, 4]
    assert session.provider == "cpu"
    assert session.notice == (
        "CUDAExecutionProvider failed while it was running (CUDA failure 719: unspecified launch "
        "failure); running on the CPU instead."
    )
    assert doubled(session) == [2, 4]


def test_threads_that_find_out_together_go_on_together(doubling_model: Path) -> None:
    session = on_a_device(doubling_model, callers=2)
    results: list[list[float]] = []
    threads = [Thread(target=lambda: results.append(doubled(session))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert results == [[2, 4], [2, 4]]
    assert session._chain == ["cpu"]


def test_what_the_cpu_cannot_run_is_an_error(doubling_model: Path) -> None:
    session = inference.Session(doubling_model, "cpu")
    with pytest.raises(Exception, match="x"):
        session.run(["y"], {"x": np.zeros((2, 2, 2, 2), np.int64)})
    assert session.provider == "cpu"
    assert doubled(session) == [2, 4]
