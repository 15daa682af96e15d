"""No dancer is on both sides of a fair test, and finished networks are not trained twice."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.training.datasets import PoseSequence  # noqa: E402
from choreai_live.training.fitting import TrainingSettings  # noqa: E402
from choreai_live.training.idling import idle_sequence  # noqa: E402
from choreai_live.training.network import NetworkSettings  # noqa: E402
from choreai_live.training.protocols import (  # noqa: E402
    LEFT_OUT,
    Split,
    folds,
    network_for,
    source_left_out,
)
from choreai_live.training.recipe import SETTINGS, STYLES, prepare  # noqa: E402
from choreai_live.training.streams import StreamSettings  # noqa: E402


def sequences() -> list[PoseSequence]:
    """Every source the protocols name, with dancers that some of them share."""
    figure = idle_sequence(np.random.default_rng(0), "x", 3.0)
    sources = [*{s for group in LEFT_OUT.values() for s in group}, "atunda", "salsa"]
    return [
        replace(
            figure,
            source=source,
            name=f"{source} {i}",
            group=f"aist {i}" if source.startswith(("aist", "gendance")) else f"{source} {i}",
            style=list(STYLES)[i % len(STYLES)],
        )
        for source in sorted(sources)
        for i in range(6)
    ]


def test_folds_share_no_group_and_ask_about_everything_once() -> None:
    everything = sequences()
    splits = folds(everything, 3)
    for split in splits:
        assert not {s.group for s in split.train} & {s.group for s in split.test}
        assert len(split.train) + len(split.test) == len(everything)
    asked = [s.name for split in splits for s in split.test]
    assert sorted(asked) == sorted(s.name for s in everything)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_source_is_left_out_with_all_its_dancers(name: str) -> None:
    split = source_left_out(sequences(), name)
    assert {s.source for s in split.test} == set(LEFT_OUT[name])
    assert not {s.source for s in split.train} & set(LEFT_OUT[name])
    assert not {s.group for s in split.train} & {s.group for s in split.test}
    assert split.train


def test_a_finished_network_is_not_trained_again(tmp_path: Path) -> None:
    settings = TrainingSettings(
        labels=("dance", "rest"),
        updates=2,
        network=NetworkSettings(hidden_size=8),
        streams=StreamSettings(dancers=2, steps=10),
    )
    figures = [replace(s, style=style) for style in settings.labels for s in sequences()[:2]]
    split = Split("a split", figures, figures)
    updates: list[int] = []
    first = network_for(split, settings, tmp_path, progress=lambda n, _: updates.append(n))
    again = network_for(split, settings, tmp_path, progress=lambda n, _: updates.append(n))
    assert updates == [1, 2]
    for one, other in zip(first.parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=0)
    other_seed = replace(settings, seed=1)
    network_for(split, other_seed, tmp_path, progress=lambda n, _: updates.append(n))
    assert updates == [1, 2, 1, 2]


def test_the_recipe_keeps_everything_under_its_own_labels() -> None:
    held = [s for s in sequences() if s.source != "aist_vrm_other"]
    prepared = prepare(held)
    assert [s.name for s in prepared] == [s.name for s in held]
    assert {s.style for s in prepared} == set(SETTINGS.labels)
    assert set(SETTINGS.unsure_labels) < set(SETTINGS.labels)
    moved = {s.name for s in prepared if s.source == "aist_vrm_other"}
    assert moved == {s.name for s in held if s.source == "aist_vrm" and STYLES[s.style] == "other"}
