"""A real pipeline in a real process, and an ear for what it tells."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition
from time import monotonic
from typing import TypeVar

import numpy as np
import pytest
from made_networks import write_network
from onnx import TensorProto, helper

from choreai_live.isolation import Event, PipelineJob, PipelineProcess, SnapshotReady

PATIENCE = 40.0
Kind = TypeVar("Kind")


class Ear:
    """Remembers every event, and waits for those to come."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._news = Condition()

    def __call__(self, event: Event) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def mark(self) -> int:
        """Return where the events to come begin."""
        return len(self.events)

    def wait_for(
        self,
        kind: type[Kind],
        true_of: Callable[[Kind], bool] = lambda _: True,
        *,
        after: int = 0,
        patience: float = PATIENCE,
    ) -> Kind:
        """Return the first event of a kind for which something is true, waiting for it."""
        until = monotonic() + patience
        with self._news:
            while True:
                for event in self.events[after:]:
                    if isinstance(event, kind) and true_of(event):
                        return event
                if not self._news.wait(until - monotonic()):
                    told = [e for e in self.events[after:] if not isinstance(e, SnapshotReady)]
                    raise AssertionError(f"no {kind.__name__} came, but {told}")

    def of(self, kind: type[Kind], after: int = 0) -> list[Kind]:
        """Return the events of a kind so far."""
        return [event for event in self.events[after:] if isinstance(event, kind)]


@pytest.fixture
def ear() -> Ear:
    """Return an ear."""
    return Ear()


@pytest.fixture
def start(ear: Ear) -> Iterator[Callable[..., PipelineProcess]]:
    """Return what starts a process told to the ear: ``start(job)``."""
    started: list[PipelineProcess] = []

    def start_it(job: PipelineJob | None = None) -> PipelineProcess:
        started.append(PipelineProcess(job or PipelineJob(spare=False), ear))
        return started[-1]

    yield start_it
    for process in started:
        process.close()
        assert not process.running


@pytest.fixture(scope="session")
def endless_style_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a style model whose tenth step never ends."""
    node = helper.make_node
    body = helper.make_graph(
        [node("Identity", ["go_on"], ["goes_on"]), node("Sin", ["x"], ["y"])],
        "round",
        [
            helper.make_tensor_value_info("round", TensorProto.INT64, []),
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, None, 2]),
        ],
        [
            helper.make_tensor_value_info("goes_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, None, 2]),
        ],
    )
    nodes = [
        node("Add", ["hidden", "one"], ["hidden_out"]),
        node("ReduceMax", ["hidden"], ["age"], keepdims=0),
        node("Greater", ["age", "eight"], ["old"]),
        node("Where", ["old", "always", "never"], ["rounds"]),
        node("Loop", ["rounds", "true", "cell"], ["cell_out"], body=body),
        # Logits, all alike, for each dancer and step.
        node("Shape", ["keypoints"], ["size"]),
        node("Gather", ["size", "first_two"], ["frames"]),
        node("Sub", ["frames", "lead_in"], ["steps"]),
        node("Concat", ["steps", "classes"], ["shape"], axis=0),
        node("Expand", ["nothing", "shape"], ["logits"]),
    ]
    constants = {
        "one": np.array(1, np.float32),
        "eight": np.array(8, np.float32),
        "nothing": np.zeros((1, 1, 1), np.float32),
        "true": np.array(True),
        "never": np.array(0, np.int64),
        "always": np.array(2**62, np.int64),
        "first_two": np.array([0, 1], np.int64),
        "lead_in": np.array([0, 6], np.int64),
        "classes": np.array([4], np.int64),
    }
    labels = ["afrobeat", "classical", "hiphop", "other"]
    metadata = {
        "choreai.contract": "1",
        "choreai.labels": json.dumps(labels),
        "choreai.unsure_labels": '["other"]',
        "choreai.rate": "15",
        "choreai.context": "6",
        "choreai.max_gap": "0.5",
        "choreai.version": "0-endless",
        "choreai.statement": "Trained on nothing.",
    }
    return write_network(
        tmp_path_factory.mktemp("style") / "endless.onnx",
        nodes,
        constants,
        {
            "keypoints": ["dancers", "frames", 17, 3],
            "hidden": [2, "dancers", 2],
            "cell": [2, "dancers", 2],
        },
        {
            "logits": ["dancers", "steps", 4],
            "hidden_out": [2, "dancers", 2],
            "cell_out": [2, "dancers", 2],
        },
        metadata,
    )
