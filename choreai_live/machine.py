"""The machine a number was measured on."""

import os
import platform
from pathlib import Path

import onnxruntime
import psutil

_GIGABYTE = 2**30


def describe_machine() -> dict[str, str | int | float]:
    """Return what a reader must know of this machine to compare its numbers.

    ``load_before`` is the mean number of busy tasks over the last minute: above
    one or so, something else was running and the numbers are too bad.
    """
    return {
        "cpu": _cpu_name(),
        "cores": usable_cores(),
        "memory_gb": round(psutil.virtual_memory().total / _GIGABYTE, 1),
        "load_before": round(psutil.getloadavg()[0], 2),
        "os": platform.platform(),
        "python": platform.python_version(),
        "onnxruntime": onnxruntime.__version__,
    }


def usable_cores() -> int:
    """Return the cores this program may use; a container may limit them to fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cpu_name() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
