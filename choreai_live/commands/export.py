"""``choreai-live export``: the model file of a run."""

from pathlib import Path

from choreai_live.commands.console import say
from choreai_live.commands.extras import require_train_extra


def run(path: Path, out: Path, version: str | None, statement: str | None) -> int:
    """Write the ONNX file of a run folder or checkpoint.

    Returns
    -------
    int
        Exit status: 0.

    Raises
    ------
    ChoreaiError
        If that is no run or checkpoint, or the file cannot be written.
    """
    require_train_extra()
    from choreai_live.training.run_folder import export_run

    checkpoint = export_run(path, out, version, statement)
    if checkpoint.finished:
        say(f"{out} written: `choreai-live --style-model {out}` shows it at work.")
    else:
        say(
            f"{out} written from a run in its middle ({checkpoint.done} updates): "
            "the best so far, not calibrated."
        )
    return 0
