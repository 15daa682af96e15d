"""Pictures of a run: confusion matrix, learning curves, reliability diagram.

Colours are those of Okabe and Ito ("Color Universal Design", 2008) and shades of
one blue, which read alike with every kind of colour vision.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from choreai_live.training.assessment import BINS, Assessment
from choreai_live.training.history import Curves

BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREEN: Final = "#009E73"
GREY: Final = "#555555"

# Any, because each matplotlib version types its own set of keys.
_STYLE: Final[Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10.0,
    "axes.labelsize": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "legend.fontsize": 9.0,
    "legend.columnspacing": 1.4,
    "savefig.facecolor": "white",
}
_DPI: Final = 150
#: Where a legend hides nothing.
_ABOVE: Final[Any] = {"loc": "lower left", "bbox_to_anchor": (-0.01, 1.0), "ncols": 3}
#: Room for title and subtitle, inches.
_HEAD: Final = 0.72


def draw_confusion(assessment: Assessment, title: str, path: Path) -> None:
    """Draw which label was read as which; rows are those that occur in the data."""
    rows = [i for i, count in enumerate(assessment.confusion.sum(axis=1)) if count]
    counts = assessment.confusion[rows]
    shares = counts / counts.sum(axis=1, keepdims=True)
    labels = assessment.labels
    height, width = 1.9 + 0.42 * len(rows), 3.0 + 0.58 * len(labels)
    longest = max(map(len, labels))
    size = max(width, 5.4) + 0.06 * longest, max(height, 3.4) + 0.05 * longest
    subtitle = f"balanced accuracy {assessment.balanced_accuracy:.1%}, {_on(assessment)}"
    with _figure(size, path, title, subtitle) as figure:
        axes = figure.add_subplot()
        axes.grid(visible=False)
        image = axes.imshow(shares, cmap="Blues", vmin=0.0, vmax=1.0, aspect="auto")
        crowded = len(labels) > 4 or longest > 10
        axes.set_xticks(
            range(len(labels)), labels, rotation=40 if crowded else 0,
            ha="right" if crowded else "center", rotation_mode="anchor" if crowded else None,
        )  # fmt: skip
        axes.set_yticks(
            range(len(rows)), [f"{labels[i]}  ({counts[r].sum()})" for r, i in enumerate(rows)]
        )
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        for edge in range(1, len(labels)):
            axes.axvline(edge - 0.5, color="white", linewidth=2.0)
        for edge in range(1, len(rows)):
            axes.axhline(edge - 0.5, color="white", linewidth=2.0)
        for r, c in np.argwhere(counts > 0):
            dark = shares[r, c] > 0.55
            axes.text(
                c, r, f"{shares[r, c]:.0%}", ha="center", va="center",
                color="white" if dark else "black", fontsize=9.5 if len(labels) < 9 else 8.0,
            )  # fmt: skip
        axes.set_xlabel("read as (likeliest on average over the sequence)")
        axes.set_ylabel("danced (number of sequences)")
        bar = figure.colorbar(image, ax=axes, format=PercentFormatter(1.0), pad=0.03, fraction=0.05)
        bar.outline.set_visible(False)


def draw_reliability(assessment: Assessment, title: str, path: Path) -> None:
    """Draw how often the model is right when it is so and so sure."""
    error = f"expected calibration error {assessment.calibration_error:.3f}"
    with _figure((6.2, 6.6), path, title, f"{error}, {_on(assessment)}") as figure:
        upper, lower = figure.subplots(
            2, 1, sharex=True, gridspec_kw={"height_ratios": (4, 1), "hspace": 0.08}
        )
        confidence = np.array([b.confidence for b in assessment.bins])
        accuracy = np.array([b.accuracy for b in assessment.bins])
        share = np.array([b.share for b in assessment.bins])
        upper.plot(
            [0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1.2, label="as sure as right"
        )
        upper.vlines(confidence, confidence, accuracy, color=ORANGE, linewidth=2.0, label="gap")
        upper.plot(confidence, accuracy, color=BLUE, linewidth=1.0, alpha=0.5)
        upper.scatter(
            confidence, accuracy, s=8 + 260 * share, color=BLUE, zorder=3,
            label="this model (larger: more moments)",
        )  # fmt: skip
        upper.set_ylabel("share of moments read right")
        upper.set_ylim(0, 1.02)
        upper.yaxis.set_major_formatter(PercentFormatter(1.0))
        upper.legend(**_ABOVE)
        upper.tick_params(labelbottom=False)
        middle = (np.floor(confidence * BINS).clip(max=BINS - 1) + 0.5) / BINS
        lower.bar(middle, share, width=0.9 / BINS, color=BLUE)
        lower.set_ylabel("of all\nmoments")
        lower.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        lower.yaxis.set_major_locator(MaxNLocator(3))
        lower.set_xlabel("confidence: probability of the label that is read")
        lower.set_xlim(0, 1.02)
        lower.xaxis.set_major_formatter(PercentFormatter(1.0))


def draw_learning(curves: Curves, title: str, path: Path) -> None:
    """Draw losses and validation accuracy over the updates."""
    validated = bool(curves.validated)
    end = f"{curves.updates[-1]} updates"
    subtitle = f"{end}, the best of them is kept" if validated else end
    with _figure((7.4, 6.6 if validated else 4.2), path, title, subtitle) as figure:
        upper, *rest = figure.subplots(2 if validated else 1, 1, sharex=True, squeeze=False)[:, 0]
        upper.plot(curves.updates, curves.losses, color=BLUE, alpha=0.22, linewidth=0.8)
        upper.plot(
            curves.updates, _smoothed(curves.losses), color=BLUE, linewidth=2.0,
            label="training",
        )  # fmt: skip
        upper.set_ylabel("loss per frame")
        upper.set_ylim(bottom=0)
        lowest = upper
        if validated:
            lowest = rest[0]
            upper.plot(
                curves.validated, curves.validation_losses, "o-", color=ORANGE, markersize=4,
                label="validation groups",
            )  # fmt: skip
            lowest.plot(curves.validated, curves.accuracies, "o-", color=GREEN, markersize=4)
            lowest.set_ylabel("balanced accuracy,\nvalidation groups")
            lowest.set_ylim(0, 1.03)
            lowest.yaxis.set_major_formatter(PercentFormatter(1.0))
            for axes in (upper, lowest):
                axes.axvline(curves.best_update, color=GREY, linestyle=":", linewidth=1.5)
            upper.plot(
                [], [], color=GREY, linestyle=":", label=f"kept: update {curves.best_update}"
            )
        upper.legend(**_ABOVE)
        lowest.set_xlabel("updates")
        lowest.set_xlim(left=0)


@contextmanager
def _figure(size: tuple[float, float], path: Path, title: str, subtitle: str) -> Iterator[Figure]:
    """Make a figure in our typography under its titles, and write it to ``path`` at the end."""
    width, height = size
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=size)
        figure.set_layout_engine("constrained", rect=(0, 0, 1, 1 - _HEAD / height))
        FigureCanvasAgg(figure)
        left = 0.14 / width
        figure.text(left, 1 - 0.14 / height, title, va="top", fontsize=13, fontweight="bold")
        figure.text(left, 1 - 0.42 / height, subtitle, va="top", fontsize=10, color=GREY)
        yield figure
        figure.savefig(path, dpi=_DPI)


def _on(assessment: Assessment) -> str:
    return f"{assessment.sequences} sequences of {assessment.groups} groups"


def _smoothed(values: Sequence[float]) -> list[float]:
    """Mean over the last twentieth of the run, at each point."""
    width = max(1, len(values) // 20)
    sums = np.cumsum([0.0, *values])
    return [
        float((sums[i + 1] - sums[max(0, i + 1 - width)]) / (i + 1 - max(0, i + 1 - width)))
        for i in range(len(values))
    ]
