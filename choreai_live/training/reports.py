"""What a run says in words: a report beside each model, a summary over seeds."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from choreai_live.outputs import OutputFile
from choreai_live.training.assessment import Assessment
from choreai_live.training.history import Curves
from choreai_live.training.pictures import draw_confusion, draw_learning, draw_reliability
from choreai_live.training.preparation import Prepared
from choreai_live.training.settings import TrainingSettings

#: What each part that can be judged is called.
PARTS: Final = {
    "validation": "validation groups",
    "test": "test groups",
}
_WHAT_THEY_SAW: Final = {
    "validation": "Training learnt nothing from them, but they decided when it stopped and set the "
    "calibration: these numbers are slightly too good.",
    "test": "Nothing looked at them before the end.",
}
MEASURES: Final = {
    "balanced_accuracy": "balanced accuracy, per sequence",
    "frame_accuracy": "balanced accuracy, per moment",
    "calibration_error": "expected calibration error (15 bins)",
}


def write_reports(
    folder: Path,
    settings: TrainingSettings,
    prepared: Prepared,
    curves: Curves,
    metrics: Mapping[str, Any],
    assessments: Mapping[str, Assessment],
) -> None:
    """Write pictures and ``report.md`` of one run."""
    draw_learning(curves, f"Learning {_some(settings.labels)}", folder / "learning_curves.png")
    for part, assessment in assessments.items():
        draw_assessment(folder, assessment, PARTS[part], f"-{part}")
    text = "\n".join(_report(folder.name, settings, prepared, metrics, assessments))
    with OutputFile(folder / "report.md") as file:
        file.write(text)


def draw_assessment(folder: Path, assessment: Assessment, on: str, suffix: str = "") -> None:
    """Draw ``confusion.png`` and ``reliability.png`` of a model on something."""
    draw_confusion(assessment, f"What is read as what: {on}", folder / f"confusion{suffix}.png")
    draw_reliability(assessment, f"How sure, how right: {on}", folder / f"reliability{suffix}.png")


def write_summary(folder: Path, metrics: Sequence[Mapping[str, Any]]) -> None:
    """Write ``summary.json`` and ``summary.md``: mean and spread over seeds."""
    seeds = [each["seed"] for each in metrics]
    summary: dict[str, Any] = {"schema": "choreai.training-summary/1", "seeds": seeds}
    lines = [f"# {folder.name}: {len(seeds)} seeds", ""]
    lines += ["The groups held out are the same for all seeds.", ""]
    for part in PARTS:
        if part not in metrics[0]:
            continue
        rows = {name: [float(m[part][name]) for m in metrics] for name in MEASURES}
        recalls = {
            label: [float(m[part]["recalls"][label]) for m in metrics]
            for label in metrics[0][part]["recalls"]
        }
        summary[part] = {
            **{name: _spread(values) for name, values in rows.items()},
            "recalls": {label: _spread(values) for label, values in recalls.items()},
        }
        lines += [f"## On the {PARTS[part]}", "", _WHAT_THEY_SAW[part], ""]
        lines += [f"| measure | mean | spread | {' | '.join(f'seed {s}' for s in seeds)} |"]
        lines += ["|---|" + "---|" * (2 + len(seeds))]
        named = {**{MEASURES[n]: v for n, v in rows.items()}}
        named |= {f"recall of {label}": values for label, values in recalls.items()}
        lines += [_summary_row(name, values) for name, values in named.items()]
        lines += [""]
    lines += ["Spread is the sample standard deviation over seeds.", ""]
    with OutputFile(folder / "summary.json") as file:
        file.write(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
    with OutputFile(folder / "summary.md") as file:
        file.write("\n".join(lines))


def table_of_measures(assessment: Assessment) -> dict[str, str]:
    """Return the measures of an assessment in words."""
    return {words: f"{getattr(assessment, name):.3f}" for name, words in MEASURES.items()}


def _report(
    name: str,
    settings: TrainingSettings,
    prepared: Prepared,
    metrics: Mapping[str, Any],
    assessments: Mapping[str, Assessment],
) -> list[str]:
    lines = [f"# {name}: a style model for {_some(settings.labels)}", ""]
    lines += [prepared.statement, ""]
    network = settings.network
    size = (
        f"{network.encoder_layers} dense layers of {network.encoder_size} units, "
        f"two LSTM layers of {network.hidden_size}"
    )
    lines += [
        f"- kept: what update {metrics['kept_update']} of {metrics['updates']} left",
        f"- seed {settings.seed}, {size}, {settings.rate:g} frames per second",
        f"- calibration temperature {metrics['temperature']:g}",
        "- all settings: `config.toml`; machine, libraries, data: `run.json`",
        "",
        "![Learning curves](learning_curves.png)",
        "",
    ]
    lines += ["## The data", "", *_data_table(prepared), ""]
    if not assessments:
        lines += ["Nothing was held out, so nothing is known of how well this model reads.", ""]
    for part, assessment in assessments.items():
        lines += [f"## On the {PARTS[part]}", "", _WHAT_THEY_SAW[part], ""]
        lines += ["| measure | |", "|---|---|"]
        lines += [f"| {words} | {v} |" for words, v in table_of_measures(assessment).items()]
        lines += [f"| recall of {k} | {v:.3f} |" for k, v in assessment.recalls.items()]
        lines += [
            "",
            f"![Confusion matrix](confusion-{part}.png)",
            "",
            f"![Reliability diagram](reliability-{part}.png)",
            "",
        ]
    return [*lines, "## What these numbers do not say", "", _LIMITS_OF_NUMBERS]


_LIMITS_OF_NUMBERS: Final = """\
- Groups held out are other dancers or videos, but of the same sources: the same cameras, the same
  pose estimator, the same rooms. Where each label comes from another source, a model can be right
  by recognising the source. Hold out a whole source, or film something new, to know.
- They count whole sequences from their beginning, of the labels that were trained. Live, people
  also stand, walk, and dance what the model was not taught.
- With few groups they rest on few people.
"""


def _data_table(prepared: Prepared) -> list[str]:
    lines = ["| label | training | validation | test |", "|---|---|---|---|"]
    for label, parts in prepared.as_json()["labels"].items():
        cells = [
            f"{p['sequences']} sequences, {p['seconds'] / 60:.1f} min, {p['groups']} groups"
            if p["sequences"]
            else ""
            for p in parts.values()
        ]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return lines


def _summary_row(name: str, values: Sequence[float]) -> str:
    spread = _spread(values)
    each = " | ".join(f"{value:.3f}" for value in values)
    return f"| {name} | {spread['mean']:.3f} | {spread['spread']:.3f} | {each} |"


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "mean": round(float(np.mean(values)), 4),
        "spread": round(float(np.std(values, ddof=1)), 4),
    }


def _some(labels: Sequence[str]) -> str:
    return ", ".join(labels) if len(labels) <= 4 else f"{len(labels)} styles"
