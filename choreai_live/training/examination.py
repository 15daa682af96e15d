"""Everything that is asked of one network about what it has not seen."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from choreai_live.style.smoothing import ReadoutSettings
from choreai_live.training.evaluation import (
    Verdict,
    balanced_accuracy,
    calibrate,
    calibration_error,
    confusion,
    held_out_view,
    judge,
    recalls,
)
from choreai_live.training.fitting import TrainingSettings
from choreai_live.training.network import StyleNetwork
from choreai_live.training.protocols import Split
from choreai_live.training.rehearsal import drift, evidence_of, rehearse, what_is_seen

#: Frame rates that cameras may have, Hz.
CAMERA_RATES: Final = (10, 15, 24, 30, 60)
WHOLE: Final = "as it is"
LEGLESS: Final = "legs missing"
#: Streams per fold: two of an hour, and twenty of two minutes for the readout.
_HOURS: Final = 2
_SHORT: Final = 20

Measures = dict[str, Any]


@dataclass(frozen=True, eq=False, slots=True)
class Examination:
    """What a network said about everything held out from it.

    Parameters
    ----------
    split
        Name of what it was not trained on.
    seed
        Of its training.
    verdicts
        By view: as the sequences are, without legs, at other frame rates.
    streams
        Measures over stitched streams; empty when not asked.
    """

    split: str
    seed: int
    verdicts: dict[str, list[Verdict]]
    streams: Measures


def examine(
    network: StyleNetwork,
    split: Split,
    settings: TrainingSettings,
    *,
    thoroughly: bool,
    streams: bool = True,
    temperature: float = 1.0,
) -> Examination:
    """Ask a network about the held-out side of a split.

    Parameters
    ----------
    network
        Trained on the other side.
    split
        Its ``test`` is asked about.
    settings
        Of the training.
    thoroughly
        Also without legs, at other frame rates, and in long streams.
    streams
        False leaves the long streams out all the same.
    temperature
        What the readout's logits are divided by in the streams: that of the
        model which is shipped. All else is measured raw.
    """
    views = {WHOLE: held_out_view}
    if thoroughly:
        views[LEGLESS] = partial(held_out_view, legs=False)
        for rate in CAMERA_RATES:
            views[f"{rate} fps"] = partial(held_out_view, camera_rate=float(rate))
    verdicts = {
        name: judge(network, split.test, settings.rate, view) for name, view in views.items()
    }
    measured = {}
    if thoroughly and streams:
        calibrated = copy.deepcopy(network)
        calibrated.temperature.fill_(temperature)
        measured = _in_streams(calibrated, split, settings)
    return Examination(split.name, settings.seed, verdicts, measured)


def measures(
    examinations: Sequence[Examination], settings: TrainingSettings
) -> dict[str, Measures]:
    """Return what is reported of the examinations of one seed that belong together.

    Returns
    -------
    dict
        By view: recalls and balanced accuracies per sequence, with the styles
        alone as answers and with all labels; the expected calibration error,
        raw and after calibrating each examination on the others; the
        confusion matrix.
    """
    labels = settings.labels
    styles = [label for label in labels if label not in settings.unsure_labels]
    result: dict[str, Measures] = {}
    for view in examinations[0].verdicts:
        pooled = [v for e in examinations for v in e.verdicts[view]]
        result[view] = {
            "sequences": len(pooled),
            "styles only": recalls(pooled, labels, styles),
            "all labels": recalls(pooled, labels),
            "balanced, styles only": balanced_accuracy(pooled, labels, styles),
            "balanced, all labels": balanced_accuracy(pooled, labels),
            "confusion": confusion(pooled, labels).tolist(),
        }
        if view == WHOLE:
            result[view] |= {
                "temperature that suits": calibrate(pooled, labels),
                "calibration error, raw": calibration_error(pooled, labels),
            }
            if len(examinations) > 1:
                result[view]["calibration error, calibrated"] = calibration_error(
                    _calibrated(examinations, labels), labels
                )
    return result


def _calibrated(examinations: Sequence[Examination], labels: Sequence[str]) -> list[Verdict]:
    """Divide the logits of each examination by the temperature that suits all the others."""
    result = []
    for examination in examinations:
        others = [v for e in examinations if e is not examination for v in e.verdicts[WHOLE]]
        temperature = calibrate(others, labels)
        result += [Verdict(v.sequence, v.logits / temperature) for v in examination.verdicts[WHOLE]]
    return result


def _in_streams(network: StyleNetwork, split: Split, settings: TrainingSettings) -> Measures:
    labels, rate, seed = settings.labels, settings.rate, settings.seed
    hours = rehearse(split.test, labels, rate, 3600.0, _HOURS, seed)
    short = rehearse(split.test, labels, rate, 120.0, _SHORT, seed)
    read = [(stream, evidence_of(network, stream, rate)) for stream in short]
    return drift(network, hours, labels, rate) | what_is_seen(
        read, labels, settings.unsure_labels, rate, ReadoutSettings()
    )
