"""Bound inputs give what unbound ones give; on the CPU, where every machine can try it."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime as ort
import pytest

from choreai_live import models
from choreai_live.inference import Session, binding
from choreai_live.inference.binding import BoundRuns


@pytest.fixture
def bound(doubling_model) -> BoundRuns:
    session = ort.InferenceSession(str(doubling_model), providers=["CPUExecutionProvider"])
    return BoundRuns(session, "cpu")


def doubled(bound: BoundRuns, *values: float) -> np.ndarray:
    (y,) = bound.run(["y"], {"x": np.array(values, np.float32)})
    return y


def test_shapes_may_change_from_run_to_run(bound):
    for values in ((1, 2), (3,), (4, 5, 6), (7, 8), (9,)):
        np.testing.assert_array_equal(doubled(bound, *values), np.multiply(values, 2))


def test_results_and_inputs_are_not_overwritten_by_the_next_run(bound):
    given = np.array([1, 2], np.float32)
    (first,) = bound.run(["y"], {"x": given})
    doubled(bound, 3, 4)
    np.testing.assert_array_equal(first, [2, 4])
    np.testing.assert_array_equal(given, [1, 2])


def test_what_is_not_contiguous_is_read_rightly(bound):
    (y,) = bound.run(["y"], {"x": np.arange(6, dtype=np.float32)[::2]})
    np.testing.assert_array_equal(y, [0, 4, 8])


def test_buffers_are_kept_for_the_last_shapes_only(bound, monkeypatch):
    monkeypatch.setattr(binding, "_KEPT", 2)
    for size in (1, 2, 1, 3, 1):
        doubled(bound, *range(size))
    kept = [shapes[0][1] for shapes in bound._threads.bound]
    assert kept == [(3,), (1,)]


def test_every_shape_gets_a_session_of_its_own_where_it_should(doubling_model):
    opened = []

    def another() -> ort.InferenceSession:
        opened.append(ort.InferenceSession(str(doubling_model)))
        return opened[-1]

    bound = BoundRuns(another(), "cpu", another)
    for values in ((1, 2), (3,), (1, 2), (3,), (4, 5, 6)):
        np.testing.assert_array_equal(doubled(bound, *values), np.multiply(values, 2))
    assert len(opened) == 3
    with ThreadPoolExecutor(1) as pool:  # another thread finds them there
        np.testing.assert_array_equal(pool.submit(doubled, bound, 7, 8).result(), [14, 16])
    assert len(opened) == 3


def test_sessions_of_shapes_long_unused_are_let_go(doubling_model, monkeypatch):
    monkeypatch.setattr(binding, "_KEPT", 2)
    opened = []

    def another() -> ort.InferenceSession:
        opened.append(ort.InferenceSession(str(doubling_model)))
        return opened[-1]

    bound = BoundRuns(another(), "cpu", another)
    for size in (1, 2, 1, 3, 1, 2):
        values = range(size)
        np.testing.assert_array_equal(doubled(bound, *values), np.multiply(values, 2))
    assert len(opened) == 4  # that for two was let go once


def test_threads_do_not_share_buffers(bound):
    def many(value: int) -> bool:
        return all((doubled(bound, value, value) == 2 * value).all() for _ in range(200))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(many, range(1, 5)))


@pytest.mark.parametrize("people", [1, 3])
def test_the_shipped_model_says_the_same_bound(people):
    session = Session(models.locate("blazepose_full"), "cpu", threads=1)
    crops = np.random.default_rng(0).random((people, 256, 256, 3), dtype=np.float32)
    outputs = list(session.outputs)
    plain = session.run(outputs, {"input_1": crops})
    for given, same in zip(
        plain, BoundRuns(session._session, "cpu").run(outputs, {"input_1": crops}), strict=True
    ):
        np.testing.assert_array_equal(given, same)
