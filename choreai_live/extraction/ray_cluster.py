"""Many recordings over the machines of a Ray cluster (the ``ray`` extra).

Every node needs this version of choreai-live, and the recordings at the same
paths as here; what is extracted comes back and is written here.
"""

import os
import socket
from collections.abc import Generator, Sequence
from functools import lru_cache
from typing import Any

from choreai_live import __version__
from choreai_live.errors import ChoreaiError
from choreai_live.extraction.extractor import Extracted, ExtractionSettings, Extractor, Failed
from choreai_live.extraction.recordings import Recording


class ClusterError(ChoreaiError):
    """The Ray cluster cannot be used."""


def extract_on_ray(
    recordings: Sequence[Recording],
    settings: ExtractionSettings,
    address: str,
    workers: int | None = None,
) -> Generator[tuple[Recording, Extracted | Failed], None, None]:
    """Extract recordings on a Ray cluster; each takes one of its CPUs.

    To stop, close the generator or let an exception through: what runs is
    cancelled, and nothing that was not yielded has been done.

    Parameters
    ----------
    recordings
        What to extract.
    settings
        How.
    address
        As Ray takes it: ``"auto"`` for the cluster this machine is part of,
        ``"host:6379"`` for another, ``"ray://host:10001"`` through its
        client server; ``"local"`` starts one on this machine alone.
    workers
        How many at a time; None for as many as the cluster has CPUs for.

    Yields
    ------
    recording, outcome
        In no particular order.

    Raises
    ------
    ClusterError
        If Ray is not installed, or there is no cluster at ``address``.
    ModelError, ProviderError
        If the pose models cannot be loaded on a node.
    """
    ray = _ray(address)
    _connect(ray, address, workers)
    try:
        yield from _extract_all(ray, recordings, settings, workers)
    finally:
        ray.shutdown()


def _ray(address: str) -> Any:
    # Nothing about the user's work leaves their machines.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address == "local":
        # Else Ray takes this machine's outer address, whatever it is told, and
        # listens to everybody.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    try:
        import ray
    except ModuleNotFoundError as error:
        raise ClusterError(
            "Ray is not installed: run `pip install choreai-live[ray]`, or leave out --ray."
        ) from error
    return ray


def _connect(ray: Any, address: str, workers: int | None) -> None:
    own: dict[str, Any] = {}
    if address == "local":
        own = {"num_cpus": workers, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, logging_level="error", **own)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise ClusterError(
            f"There is no Ray cluster to use at {address} ({reason}): start one with "
            "`ray start --head`, or use --ray local."
        ) from error


def _knock(address: str) -> None:
    """Raise OSError if nobody listens at ``host:port``, where Ray itself would ask for ever."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()


def _extract_all(
    ray: Any, recordings: Sequence[Recording], settings: ExtractionSettings, workers: int | None
) -> Generator[tuple[Recording, Extracted | Failed], None, None]:
    # A worker that died may have been killed for memory, or its node be gone:
    # it is worth a second try elsewhere.
    extract = ray.remote(num_cpus=1, max_retries=1)(_extract)
    waiting = list(reversed(recordings))
    running: dict[Any, Recording] = {}
    while waiting or running:
        # All at once would do, but a cluster may have other users too.
        while waiting and len(running) < (workers or _cpus(ray) + 1):
            recording = waiting.pop()
            running[extract.remote(recording, settings, __version__)] = recording
        done, _ = ray.wait(list(running))
        for reference in done:
            recording = running.pop(reference)
            yield recording, _outcome(ray, recording, reference)


def _cpus(ray: Any) -> int:
    return int(ray.cluster_resources().get("CPU", 1))


def _outcome(ray: Any, recording: Recording, reference: Any) -> Extracted | Failed:
    try:
        outcome: Extracted | Failed | ChoreaiError = ray.get(reference)
    except ray.exceptions.RayError as error:
        lines = str(error).strip().splitlines()
        return Failed(
            f"{recording.path} could not be extracted on the cluster "
            f"({lines[-1] if lines else type(error).__name__}): "
            f"see that every node has choreai-live {__version__}, and enough memory.",
            str(error),
        )
    if isinstance(outcome, ChoreaiError):
        raise outcome
    return outcome


@lru_cache(maxsize=1)
def _extractor(settings: ExtractionSettings) -> Extractor:
    """Return the extractor of this process, which Ray uses for one task after the other."""
    return Extractor(settings, threads=1)


def _extract(
    recording: Recording, settings: ExtractionSettings, version: str
) -> Extracted | Failed | ChoreaiError:
    """Extract one recording on whatever node this runs on."""
    if version != __version__:
        return ClusterError(
            f"The node {socket.gethostname()} has choreai-live {__version__}, not {version}: "
            "install the same version on every node."
        )
    try:
        outcome = _extractor(settings).attempt(recording)
    except ChoreaiError as error:
        return error
    if isinstance(outcome, Failed):
        return Failed(f"{outcome.reason} (On the node {socket.gethostname()}.)", outcome.details)
    return outcome
