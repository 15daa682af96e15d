"""The same extraction over a real Ray cluster: two nodes of this machine, a worker each."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from clips import dancer, write_clip

from choreai_live.training.archive import read_archive

pytest.importorskip("ray", reason="needs the ray extra: pip install choreai-live[ray]")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Ray's test clusters need POSIX"),
    pytest.mark.timeout(400),  # for the patience of start_cluster
    # Ray does not close all that it opens, nor wait for all that it starts.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

STORE = 80_000_000  # bytes, about the least that Ray takes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def lean_node() -> dict[str, Any]:
    """Return the settings of a node of one CPU that listens to this machine alone."""
    agents = ("metrics_agent_port", "runtime_env_agent_port", "dashboard_agent_listen_port")
    return {
        "num_cpus": 1,
        "node_ip_address": "127.0.0.1",
        "object_store_memory": STORE,
        "include_dashboard": False,
        "include_log_monitor": False,
        "no_monitor": True,
        "metrics_export_port": free_port(),
        # With ports of their own nobody has to wait until the agents have found theirs.
        **{agent: free_port() for agent in agents},
    }


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Return the address of a cluster of two nodes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        # Else Ray turns 127.0.0.1 into this machine's outer address.
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        nodes = start_cluster()
        try:
            yield nodes.address
        finally:
            nodes.shutdown()


def start_cluster() -> Any:
    """Start two nodes, or skip where Ray itself cannot.

    Its parts wait 15 seconds for each other, which cannot be changed, and
    need not be enough on a machine that is busy with other things.
    """
    from ray.cluster_utils import Cluster

    for _ in range(2):
        nodes = Cluster()
        try:
            nodes.add_node(**lean_node())
            nodes.add_node(**lean_node())
        except Exception as error:
            nodes.shutdown()
            if "timed out during startup" not in str(error):
                raise
        else:
            return nodes
    pytest.skip("this machine is too busy for Ray to start its nodes in the time it allows")


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    """Return a folder with four videos of the demo dancer, and one cut off."""
    folder = tmp_path / "videos" / "afro"
    folder.mkdir(parents=True)
    paint = cache(dancer)
    for name in ("one", "two", "three", "four"):
        write_clip(folder / f"{name}.mp4", count=30, width=320, height=240, paint=paint)
    whole = (folder / "one.mp4").read_bytes()
    (folder / "broken.mp4").write_bytes(whole[: len(whole) // 2])
    return folder


def extract(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "choreai_live", "extract", "videos"),
            *("--shortest", "1", "--pose", "movenet", *map(str, arguments)),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_workers_of_a_cluster_extract_what_one_here_does(
    cluster: str, videos: Path, tmp_path: Path
) -> None:
    there = extract(tmp_path, "--out", "there", "--ray", cluster)
    assert there.returncode == 1, there.stderr
    reason, summary = there.stderr.splitlines()
    assert "broken.mp4 was cut off" in reason
    assert socket.gethostname() in reason
    assert summary == "Not extracted: afro/broken.mp4."
    assert "4 extracted, 0 already there, 1 failed" in there.stdout

    resumed = extract(tmp_path, "--out", "there", "--ray", cluster)
    assert "0 extracted, 4 already there, 1 failed" in resumed.stdout

    here = extract(tmp_path, "--out", "here", "--workers", "1", "--source", "there")
    assert here.returncode == 1
    for name in ("one", "two", "three", "four"):
        remote = read_archive(tmp_path / "there" / "afro" / f"{name}.mp4.npz")
        local = read_archive(tmp_path / "here" / "afro" / f"{name}.mp4.npz")
        assert len(remote) == 1
        assert remote.name == local.name
        assert remote.note == local.note
        assert abs(remote.points - local.points).max() < 1e-3


def test_the_work_is_done_on_both_nodes(cluster: str, videos: Path) -> None:
    # In a process of its own, because Ray is not to be set up twice in one.
    # Nobody goes on before both were seen, however quick one of them is.
    code = f"""
from pathlib import Path
from time import monotonic, sleep
import ray
from choreai_live.extraction import ray_cluster
from choreai_live.extraction.extractor import ExtractionSettings
from choreai_live.extraction.recordings import find_recordings

plain, seen = ray_cluster._extract, Path({str(videos)!r})

def telling(recording, settings, version):
    outcome, since = plain(recording, settings, version), monotonic()
    (seen / f"{{ray.get_runtime_context().get_node_id()}}.node").touch()
    while len(list(seen.glob("*.node"))) < 2 and monotonic() - since < 60:
        sleep(0.05)
    return outcome

ray_cluster._extract = telling
found = list(ray_cluster.extract_on_ray(
    find_recordings([seen], results=False), ExtractionSettings(pose="movenet"), {cluster!r}
))
assert len(found) == 5
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert len(list(videos.glob("*.node"))) == 2
