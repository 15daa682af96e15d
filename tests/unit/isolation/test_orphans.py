"""What is left when one of the two processes is killed: nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

KEEPER = """
import threading, time
from choreai_live.isolation import PipelineJob, PipelineProcess, SnapshotReady, pipeline_process

pipeline_process._SETTLING = 0

first = threading.Event()
def hear(event):
    if isinstance(event, SnapshotReady):
        first.set()

process = PipelineProcess(PipelineJob(), hear)
process.watch("demo?width=160&height=120")
first.wait()
while (process.figures().spare_memory or 0) < 100e6:
    time.sleep(0.02)
print(process.pid, process.spare_pid, flush=True)
threading.Event().wait()
"""


@pytest.mark.parametrize("frozen", [False, True])
def test_the_pipeline_ends_with_its_keeper_and_leaves_nothing(frozen: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KEEPER], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as keeper:
        try:
            assert keeper.stdout is not None
            numbers = keeper.stdout.readline().split()
            pipeline, spare = (psutil.Process(int(number)) for number in numbers)
            for pid in (pipeline.pid, keeper.pid):
                files = mapped(pid)
                pictures = [path for path in files if "choreai-pictures" in path]
                assert pictures
                assert all(path.startswith("/memfd:") for path in pictures), "it has no name"
                assert not any(path.startswith("/dev/shm/") for path in files)  # noqa: S108
            if frozen:
                pipeline.send_signal(signal.SIGSTOP)
                spare.send_signal(signal.SIGSTOP)
        finally:
            keeper.kill()
        _, alive = psutil.wait_procs([pipeline, spare], timeout=30)
        for left in alive:
            left.kill()
        assert not alive
        assert keeper.stderr is not None
        assert keeper.stderr.read() == ""


def mapped(pid: int) -> list[str]:
    """Return the names of everything a process has mapped."""
    lines = Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines()
    return [line.split(maxsplit=5)[5] for line in lines if len(line.split()) > 5]
