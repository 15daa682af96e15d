"""What is asked of a network, and what is reported of its answers."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.training.evaluation import Verdict  # noqa: E402
from choreai_live.training.examination import (  # noqa: E402
    CAMERA_RATES,
    LEGLESS,
    WHOLE,
    Examination,
    examine,
    measures,
)
from choreai_live.training.fitting import TrainingSettings  # noqa: E402
from choreai_live.training.network import NetworkSettings, StyleNetwork  # noqa: E402
from choreai_live.training.protocols import Split  # noqa: E402
from tests.made_dances import LABELS, made_dances  # noqa: E402

SETTINGS = TrainingSettings(LABELS, network=NetworkSettings(hidden_size=8))


def verdicts(scale: float, wrong: int, seed: int) -> list[Verdict]:
    """Answers as sure as ``scale``, the first ``wrong`` of each style mistaken."""
    rng = np.random.default_rng(seed)
    result = []
    for style in LABELS:
        members = [s for s in made_dances(8) if s.style == style]
        for number, sequence in enumerate(members):
            sign = -1.0 if number < wrong else 1.0
            logits = rng.normal(0.0, 0.1, (20, 2)).astype(np.float32)
            logits[:, LABELS.index(style)] += sign * scale
            result.append(Verdict(sequence, logits))
    return result


def test_every_view_is_asked_for_only_when_thorough() -> None:
    torch.manual_seed(0)
    network = StyleNetwork(2, SETTINGS.network).eval()
    split = Split("without anything", [], made_dances(1))
    found = examine(network, split, SETTINGS, thoroughly=False)
    assert set(found.verdicts) == {WHOLE}
    assert not found.streams
    assert [v.sequence for v in found.verdicts[WHOLE]] == split.test


def test_views_differ_by_what_is_seen() -> None:
    torch.manual_seed(0)
    network = StyleNetwork(2, SETTINGS.network).eval()
    split = Split("without anything", [], made_dances(1))
    # The streams are measured in test_rehearsal; an hour of them is too long for a test.
    found = examine(network, split, SETTINGS, thoroughly=True, streams=False)
    assert set(found.verdicts) == {WHOLE, LEGLESS, *(f"{rate} fps" for rate in CAMERA_RATES)}
    whole, legless = (found.verdicts[view][0].logits for view in (WHOLE, LEGLESS))
    assert np.abs(whole - legless).max() > 1e-4


def test_measures_count_and_calibrate_on_the_others() -> None:
    # Sure as nine in ten, right in three of four: too sure, and equally so in both parts.
    parts = [Examination(f"fold {k}", 0, {WHOLE: verdicts(2.2, 2, k)}, {}) for k in range(2)]
    found = measures(parts, SETTINGS)[WHOLE]
    assert found["sequences"] == 32
    assert found["balanced, all labels"] == pytest.approx(0.75)
    assert found["confusion"] == [[12, 4], [4, 12]]
    assert found["calibration error, raw"] == pytest.approx(0.15, abs=0.02)
    assert found["calibration error, calibrated"] < 0.03
    assert found["temperature that suits"] > 1.5
