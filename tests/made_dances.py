"""Dances made up for tests of training: one waves both arms, one bends the knees to a beat."""

from pathlib import Path

import numpy as np

from choreai_live.training.datasets import PoseSequence, save_sequences
from choreai_live.training.idling import idle_sequence

LABELS = ("bouncing", "waving")


def made_dances(
    dancers: int, each: int = 1, seconds: float = 4.0, seed: int = 0
) -> list[PoseSequence]:
    """Return ``each`` sequences in 3D of every dance by as many dancers; a dancer is a group."""
    rng = np.random.default_rng(seed)
    sequences = []
    for style in LABELS:
        for dancer in range(dancers):
            for number in range(each):
                points = idle_sequence(rng, style, seconds).points.copy()
                beat = np.sin(np.arange(len(points)) / 30.0 * 2 * np.pi * rng.uniform(1.2, 1.8))
                if style == "waving":
                    points[:, 9:11, 1] = -0.6 + 0.2 * beat[:, None]
                    points[:, 7:9, 1] = -0.5
                else:
                    points[:, :13, 1] += 0.12 * beat[:, None]
                    points[:, 13:15, 2] -= 0.12 * beat[:, None]
                group = f"{style} {dancer}"
                name = f"{group} {number}"
                sequences.append(PoseSequence(points, 30.0, name, "made up", group, style, style))
    return sequences


def write_dances(folder: Path, dancers: int = 5, **settings: int) -> Path:
    """Write a dataset of made-up dances and return its folder."""
    save_sequences(folder / "made_up.npz", made_dances(dancers, **settings))
    return folder
