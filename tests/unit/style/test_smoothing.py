"""The readout: smoothing, hysteresis and not sure."""

import numpy as np
import pytest

from choreai_live.messages import Readout
from choreai_live.style.smoothing import ExponentialMean, Reader, ReadoutSettings

LABELS = ("afrobeat", "classical", "hiphop", "other")
RATE = 15.0
PLAIN = ReadoutSettings(
    smoothing=0.5,
    enter=0.6,
    leave=0.4,
    margin=0.15,
    hold=1.0,
    least_observed=1.0,
    least_visibility=0.3,
    least_movement=0.15,
    evidence_window=1.0,
)


class Feed:
    """Feeds one reader, counting time."""

    def __init__(self, settings: ReadoutSettings = PLAIN, rate: float = RATE) -> None:
        self.reader = Reader(LABELS, frozenset({"other"}), rate, settings)
        self.rate = rate
        self.step = 0

    def __call__(
        self,
        seconds: float,
        *probabilities: float,
        visibility: float = 0.9,
        movement: float = 1.0,
    ) -> list[Readout]:
        readouts = []
        for _ in range(round(seconds * self.rate)):
            row = np.array(probabilities, np.float32)
            time = self.step / self.rate
            readouts.append(self.reader.read(row, visibility, movement, time))
            self.step += 1
        return readouts


def labels(readouts: list[Readout]) -> list[str | None]:
    """Return the labels in order, repetitions left out."""
    said: list[str | None] = []
    for readout in readouts:
        if not said or said[-1] != readout.label:
            said.append(readout.label)
    return said


def test_a_clear_style_is_named_after_the_least_time_and_since_says_when() -> None:
    readouts = Feed()(3, 0.9, 0.05, 0.03, 0.02)
    assert labels(readouts) == [None, "afrobeat"]
    named = next(r for r in readouts if r.label)
    assert readouts.index(named) + 1 == 15
    assert named.since == pytest.approx(14 / RATE)
    assert readouts[-1].since == named.since
    assert readouts[-1].confidence == pytest.approx(0.9, abs=1e-3)
    assert readouts[0].since == 0


def test_probabilities_always_sum_to_one() -> None:
    feed = Feed()
    for readout in feed(1, 0.9, 0.05, 0.03, 0.02) + feed(1, 0.1, 0.1, 0.1, 0.7):
        assert readout.probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_a_short_lapse_does_not_flicker() -> None:
    feed = Feed()
    said = feed(3, 0.9, 0.05, 0.03, 0.02) + feed(0.2, 0.05, 0.9, 0.03, 0.02)
    said += feed(3, 0.9, 0.05, 0.03, 0.02)
    assert labels(said) == [None, "afrobeat"]


def test_a_change_of_style_shows_once_and_soon() -> None:
    feed = Feed()
    feed(5, 0.9, 0.05, 0.03, 0.02)
    change = feed(3, 0.05, 0.05, 0.88, 0.02)
    assert labels(change)[0] == "afrobeat"
    assert labels(change)[-1] == "hiphop"
    assert labels(change).count("hiphop") == 1
    assert [r.label for r in change].index("hiphop") / RATE < 1


def test_between_the_thresholds_a_named_style_stays_but_a_new_one_is_not_named() -> None:
    assert labels(Feed()(5, 0.5, 0.2, 0.2, 0.1)) == [None]
    feed = Feed()
    feed(3, 0.9, 0.05, 0.03, 0.02)
    assert labels(feed(5, 0.5, 0.2, 0.2, 0.1)) == ["afrobeat"]
    assert labels(feed(5, 0.34, 0.33, 0.23, 0.1)) == ["afrobeat", None]


def test_a_style_stands_for_its_least_time() -> None:
    feed = Feed(ReadoutSettings(smoothing=0.0, hold=1.0, least_observed=0.0))
    feed(0.2, 0.9, 0.05, 0.03, 0.02)
    other = feed(2, 0.02, 0.05, 0.9, 0.03)
    assert [r.label for r in other].index("hiphop") == pytest.approx(0.8 * RATE, abs=1)


def test_a_class_shown_as_not_sure_is_never_named() -> None:
    readouts = Feed()(3, 0.02, 0.03, 0.05, 0.9)
    assert labels(readouts) == [None]
    assert readouts[-1].confidence == pytest.approx(0.9, abs=1e-3)


def test_a_lead_that_is_too_small_is_not_sure() -> None:
    settings = ReadoutSettings(enter=0.45, leave=0.3, margin=0.15)
    assert labels(Feed(settings)(3, 0.5, 0.45, 0.03, 0.02)) == [None]
    assert labels(Feed(settings)(3, 0.5, 0.30, 0.15, 0.05)) == [None, "afrobeat"]


@pytest.mark.parametrize("lacking", [{"visibility": 0.05}, {"movement": 0.01}])
def test_thin_evidence_is_not_sure_however_sure_the_model(lacking: dict[str, float]) -> None:
    assert labels(Feed()(5, 0.97, 0.01, 0.01, 0.01, **lacking)) == [None]
    feed = Feed()
    feed(3, 0.97, 0.01, 0.01, 0.01)
    assert labels(feed(5, 0.97, 0.01, 0.01, 0.01, **lacking)) == ["afrobeat", None]


@pytest.mark.parametrize("rate", [10.0, 15.0, 30.0])
def test_durations_are_seconds_not_steps(rate: float) -> None:
    feed = Feed(rate=rate)
    first = feed(3, 0.9, 0.05, 0.03, 0.02)
    assert [r.label for r in first].index("afrobeat") / rate == pytest.approx(1.0, abs=1.1 / rate)
    change = feed(3, 0.05, 0.05, 0.88, 0.02)
    # exp(-t / 0.5) * 0.05 + (1 - exp(-t / 0.5)) * 0.88 reaches 0.6 at 0.55 s.
    assert [r.label for r in change].index("hiphop") / rate == pytest.approx(0.55, abs=1.5 / rate)


def test_a_mean_starts_from_its_first_sample_not_from_zero() -> None:
    mean = ExponentialMean(time_constant=1.0, interval=0.1)
    np.testing.assert_allclose(mean.add(np.array([4.0, 2.0])), [4, 2])
    np.testing.assert_allclose(mean.add(np.array([4.0, 2.0])), [4, 2])


@pytest.mark.parametrize("wrong", [{"enter": 0.3, "leave": 0.4}, {"hold": -1.0}])
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"leave|hold"):
        ReadoutSettings(**wrong)
