"""A run folder: from a configuration to a model file and everything that speaks for it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import torch

from choreai_live.style.model import StyleModel
from choreai_live.training.assessment import Assessment, assess
from choreai_live.training.checkpoints import Checkpoint, save_checkpoint
from choreai_live.training.configuration import Configuration
from choreai_live.training.devices import choose_device, describe_device
from choreai_live.training.evaluation import calibrate, calibration_error, judge
from choreai_live.training.fitting import Entry, fit
from choreai_live.training.history import (
    HistoryFile,
    TensorBoardLog,
    curves_of,
    read_history,
)
from choreai_live.training.network import StyleNetwork
from choreai_live.training.preparation import Prepared, prepare, seconds_of
from choreai_live.training.reports import write_reports, write_summary
from choreai_live.training.run_folder import (
    CHECKPOINT,
    HISTORY,
    METRICS,
    MODEL,
    NETWORK,
    as_json,
    claim,
    export_to,
    write_text,
)
from choreai_live.training.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class Observer:
    """Whoever watches a training.

    Parameters
    ----------
    say
        Called with a sentence for the user.
    updated
        Called after each update with the seed and what there is to know.
    stop
        Asked after each update whether to stop.
    """

    say: Callable[[str], None]
    updated: Callable[[int, Entry], None]
    stop: Callable[[], bool]


def train(configuration: Configuration, observer: Observer) -> list[dict[str, Any]]:
    """Train, calibrate, export and judge a model for each seed.

    What was begun in the folder with the same configuration is gone on with,
    what is finished there is left as it is.

    Returns
    -------
    list of dict
        The metrics of each seed, as in its ``metrics.json``.

    Raises
    ------
    ChoreaiError
        If the data cannot be trained on, the folder holds something else, a
        file cannot be written or the training fails.
    TrainingStopped
        If the observer said so; the state is saved.
    """
    device, notice = choose_device(configuration.device)
    if notice:
        observer.say(notice)
    prepared = prepare(configuration)
    observer.say(_counted(prepared))
    for sentence in _cautions(configuration, prepared):
        observer.say(sentence)
    claim(configuration, prepared)
    metrics = []
    # Small matrices: more threads cost more than they bring, and one is reproducible.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for seed in configuration.seeds:
            folder = seed_folder(configuration, seed)
            if (folder / METRICS).exists():
                observer.say(f"{folder} holds a finished run: it is left as it is.")
            else:
                _run_seed(folder, configuration, prepared, seed, device, observer)
            metrics.append(json.loads((folder / METRICS).read_text(encoding="utf-8")))
    finally:
        torch.set_num_threads(threads)
    if len(metrics) > 1:
        write_summary(configuration.out, metrics)
    return metrics


def seed_folder(configuration: Configuration, seed: int) -> Path:
    """Return where the run of a seed lies: in the folder itself if it is the only one."""
    single = len(configuration.seeds) == 1
    return configuration.out if single else configuration.out / f"seed-{seed}"


def _run_seed(
    folder: Path,
    configuration: Configuration,
    prepared: Prepared,
    seed: int,
    device: torch.device,
    observer: Observer,
) -> None:
    """Train one model and write all that belongs to it; its metrics last."""
    folder.mkdir(exist_ok=True)
    settings, parts = prepared.settings(configuration, seed), prepared.parts
    board = TensorBoardLog(folder / "tensorboard") if configuration.tensorboard else None
    history = HistoryFile(folder / HISTORY)

    def record(entry: Entry) -> None:
        history.record(entry)
        if board:
            board.record(entry)
        observer.updated(seed, entry)

    begin = monotonic()
    try:
        network = fit(
            parts.train,
            settings,
            held_out=parts.validation,
            device=device,
            checkpoint=folder / CHECKPOINT,
            record=record,
            stop=observer.stop,
        )
    finally:
        if board:
            board.close()
    curves = curves_of(read_history(folder / HISTORY))
    metrics: dict[str, Any] = {
        "schema": "choreai.training/1",
        "seed": seed,
        "updates": curves.updates[-1],
        "kept_update": curves.best_update,
        "stopped_early": curves.updates[-1] < settings.updates,
        "device": describe_device(device),
        "seconds_since_start_or_resume": round(monotonic() - begin, 1),
        **_calibrate(network, prepared, settings),
    }
    words = configuration.model.version, prepared.statement
    export_to(network, settings, folder / MODEL, *words)
    assessments = _assess_file(folder / MODEL, prepared)
    metrics |= {name: assessment.as_json() for name, assessment in assessments.items()}
    write_reports(folder, settings, prepared, curves, metrics, assessments)
    save_checkpoint(
        folder / NETWORK,
        Checkpoint(settings.shape, network.state_dict(), curves.best_update, {}, *words),
    )
    write_text(folder / METRICS, as_json(metrics))
    (folder / CHECKPOINT).unlink(missing_ok=True)


def _calibrate(
    network: StyleNetwork, prepared: Prepared, settings: TrainingSettings
) -> dict[str, float]:
    """Set the temperature that suits the validation groups; 1 if there are none."""
    if not prepared.parts.validation:
        return {"temperature": 1.0}
    verdicts = judge(network, prepared.parts.validation, settings.rate)
    temperature = calibrate(verdicts, settings.labels)
    before = calibration_error(verdicts, settings.labels)
    network.temperature.fill_(temperature)
    return {
        "temperature": round(temperature, 4),
        "calibration_error_uncalibrated": round(before, 4),
    }


def _assess_file(path: Path, prepared: Prepared) -> dict[str, Assessment]:
    """Judge the file itself, not the network it came from."""
    model = StyleModel(path)
    parts = {"validation": prepared.parts.validation, "test": prepared.parts.test}
    return {name: assess(model, part) for name, part in parts.items() if part}


def _counted(prepared: Prepared) -> str:
    parts = prepared.parts
    every = (*parts.train, *parts.validation, *parts.test)
    return (
        f"{len(every)} sequences ({seconds_of(every) / 60:.1f} min) of {len(prepared.labels)} "
        f"labels: {len(parts.train)} to train on, {len(parts.validation)} for validation, "
        f"{len(parts.test)} for the test."
    )


def _cautions(configuration: Configuration, prepared: Prepared) -> list[str]:
    cautions = []
    if not prepared.parts.validation:
        cautions.append(
            "Nothing is held out for validation: training cannot stop early, "
            "and the model is not calibrated."
        )
    if not configuration.model.statement:
        cautions.append(
            "model.statement is empty: the model file will say that the terms of its data "
            "were not stated."
        )
    return cautions
