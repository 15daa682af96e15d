"""The shipped models on a CUDA device, where there is one."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import numpy as np
import pytest

from choreai_live import models
from choreai_live.agreement import measure_agreement
from choreai_live.capture import open_source
from choreai_live.inference import Session, available_providers
from choreai_live.pose import PoseModels


@pytest.fixture(scope="module", autouse=True)
def _cuda() -> None:
    if "cuda" not in available_providers():
        pytest.skip("this ONNX Runtime was built without CUDA")
    session = Session(models.locate("blazepose_full"), "cuda")
    if session.provider != "cuda":
        pytest.skip(f"no CUDA device can be used: {session.notice}")


def crops(people: int) -> np.ndarray:
    """Return somebody drawn by the demo, as BlazePose wants to see people."""
    with open_source("demo?seconds=1&width=256&height=256") as source:
        frames = [
            frame.image[..., ::-1] / np.float32(255) for frame in islice(iter(source.read, None), 6)
        ]
    return np.ascontiguousarray(np.stack(frames[:people]), dtype=np.float32)


@pytest.mark.parametrize("people", range(1, 7))
def test_every_batch_gives_what_the_cpu_gives(people: int) -> None:
    path = models.locate("blazepose_full")
    feeds = {"input_1": crops(people)}
    (there,) = Session(path, "cuda").run(["ld_3d"], feeds)
    (here,) = Session(path, "cpu").run(["ld_3d"], feeds)
    # Pixels of a crop of 256, the first two of each five.
    apart = (there - here).reshape(people, 39, 5)[..., :2]
    assert np.abs(apart).max() < 0.5


def test_threads_may_share_a_session() -> None:
    session = Session(models.locate("blazepose_full"), "cuda")
    pictures = crops(4)
    (wanted,) = session.run(["ld_3d"], {"input_1": pictures})

    def many(index: int) -> bool:
        feeds = {"input_1": pictures[index : index + 1]}
        read = (session.run(["ld_3d"], feeds)[0][0] for _ in range(50))
        return all(np.abs(row - wanted[index]).max() < 0.5 for row in read)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(many, range(4)))


@pytest.mark.parametrize(("precision", "same"), [("fp32", 0.999), ("fp16", 0.98)])
def test_dancers_are_where_the_cpu_sees_them(precision: str, same: float) -> None:
    if precision == "fp16":
        pytest.importorskip("onnx")
    device = PoseModels(provider="cuda", precision=precision)
    assert (device.provider, device.precision, device.notices) == ("cuda", precision, [])
    with open_source("demo?dancers=4&seconds=3") as source:
        agreement = measure_agreement(
            device, PoseModels(provider="cpu"), islice(iter(source.read, None), 60)
        )
    assert agreement.people > 150
    assert agreement.missed + agreement.added <= 0.02 * agreement.people
    assert (agreement.distances <= 2.0).mean() >= same
