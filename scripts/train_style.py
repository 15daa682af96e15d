#!/usr/bin/env python
"""Train the shipped style model on all recordings and études, and write models/style.onnx.

    python scripts/train_style.py ../shared/data --runs RUNS

About ten minutes on one idle core, two of them for looks that are shared with
evaluate_style.py. A run that was broken off is resumed from RUNS.
The temperature that calibrates the model comes from networks that had not seen
the dancers they were asked about: see evaluate_style.py.
"""

import argparse
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import Progress

from choreai_live.training.backgrounds import gather_background
from choreai_live.training.embedding import EmbeddingNetwork
from choreai_live.training.export import export
from choreai_live.training.protocols import Split, head_for, network_for
from choreai_live.training.recipe import (
    SETTINGS,
    STATEMENT,
    TEMPERATURE,
    VERSION,
    shared_looks,
    training_data,
)


def main() -> None:
    """Train, calibrate, export."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of .npz pose sequences")
    parser.add_argument("--runs", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--out", type=Path, default=Path("models/style.onnx"))
    arguments = parser.parse_args()
    # Small matrices: more threads cost more than they bring, and one is reproducible.
    torch.set_num_threads(1)
    console = Console()
    recorded, etudes = training_data(arguments.data)
    for name, sequences in (("recorded", recorded), ("made up", etudes)):
        minutes = sum(s.seconds for s in sequences) / 60
        console.print(f"{name}: {len(sequences)} sequences, {minutes:.0f} min")
    looks = shared_looks(arguments.data, arguments.runs)
    with Progress(console=console) as bar:
        task = bar.add_task("training", total=SETTINGS.updates)
        network = network_for(
            Split("everything", [*recorded, *etudes], []),
            SETTINGS,
            arguments.runs,
            progress=lambda update, _: bar.update(task, completed=update),
            looks=looks,
        )
    network.temperature.fill_(TEMPERATURE)
    head = head_for(network, "everything", [*recorded, *etudes], arguments.runs, looks)
    background = gather_background(EmbeddingNetwork(network, head).eval(), recorded, SETTINGS)
    export(
        network,
        SETTINGS,
        arguments.out,
        version=VERSION,
        statement=STATEMENT,
        embedding=head,
        background=background,
    )
    console.print(f"{arguments.out} written; its sha256 belongs into models/catalog.toml")


if __name__ == "__main__":
    main()
