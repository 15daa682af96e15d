"""Which camera is which, in folders laid out as Linux lays them out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from choreai_live.capture.camera_identity import device_of, identity_of


class Machine:
    """Device files, the links udev makes, and what the kernel says of them."""

    def __init__(self, root: Path) -> None:
        self.devices, self.names, self._buses = root / "dev", root / "sys", root / "bus"
        self.devices.mkdir()

    def plug_in(
        self,
        index: int,
        name: str,
        bus: str,
        *,
        by_id: str | None = None,
        by_path: bool = False,
        number: int = 0,
    ) -> Path:
        device = self.devices / f"video{index}"
        device.touch()
        entry = self.names / device.name
        entry.mkdir(parents=True)
        (entry / "name").write_text(f"{name}\n")
        (entry / "index").write_text(f"{number}\n")
        (self._buses / bus).mkdir(parents=True, exist_ok=True)
        (entry / "device").symlink_to(self._buses / bus)
        links = {"by-id": by_id and f"usb-{by_id}", "by-path": f"pci-{bus}" if by_path else None}
        for folder, link in links.items():
            if link is not None:
                place = self.devices / "v4l" / folder / f"{link}-video-index{number}"
                place.parent.mkdir(parents=True, exist_ok=True)
                place.unlink(missing_ok=True)
                place.symlink_to(Path("../..") / device.name)
        return device

    def unplug(self, index: int) -> None:
        device = self.devices / f"video{index}"
        for link in (self.devices / "v4l").rglob("*index*"):
            if link.resolve() == device:
                link.unlink()
        device.unlink()
        entry = self.names / device.name
        for file in ("name", "index", "device"):
            (entry / file).unlink()
        entry.rmdir()

    def identity(self, device: Path) -> str | None:
        return identity_of(device, self.devices, self.names)

    def find(self, identity: str | None) -> Path | None:
        assert identity is not None
        return device_of(identity, self.devices, self.names)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


KINDS: dict[str, Callable[[Machine, int], Path]] = {
    "by id": lambda m, index: m.plug_in(index, "HD", f"1-{index}", by_id="Maker_HD_17"),
    "by path": lambda m, index: m.plug_in(index, "HD", "1-2", by_path=True),
    "by name and bus": lambda m, index: m.plug_in(index, "HD", "1-2"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found_under_another_index_and_no_other_is_taken_for_it(
    machine: Machine, kind: str
) -> None:
    plug_in = KINDS[kind]
    identity = machine.identity(plug_in(machine, 0))
    assert machine.find(identity) == machine.devices / "video0"
    machine.unplug(0)
    assert machine.find(identity) is None
    machine.plug_in(0, "Other", "3-1", by_id="Other_99", by_path=True)
    assert machine.find(identity) is None
    plug_in(machine, 4)
    assert machine.find(identity) == machine.devices / "video4"


def test_the_name_of_the_maker_is_preferred_to_the_socket(machine: Machine) -> None:
    device = machine.plug_in(0, "HD", "1-2", by_id="Maker_HD_17", by_path=True)
    identity = machine.identity(device)
    assert identity == str(machine.devices / "v4l/by-id/usb-Maker_HD_17-video-index0")


def test_twins_go_by_their_sockets(machine: Machine) -> None:
    machine.plug_in(0, "HD", "1-1", by_id="Maker_HD", by_path=True)
    # Without a serial number udev calls both the same, and the later takes the name.
    second = machine.plug_in(1, "HD", "1-2", by_id="Maker_HD", by_path=True)
    identity = machine.identity(second)
    assert identity == str(machine.devices / "v4l/by-path/pci-1-2-video-index0")
    machine.unplug(1)
    assert machine.find(identity) is None


def test_one_camera_may_have_two_device_files(machine: Machine) -> None:
    pictures = machine.plug_in(0, "HD", "1-2", number=0)
    metadata = machine.plug_in(1, "HD", "1-2", number=1)
    assert machine.identity(pictures) == "HD @ 1-2 #0"
    assert machine.identity(metadata) == "HD @ 1-2 #1"


def test_who_names_a_link_means_that_link(machine: Machine) -> None:
    machine.plug_in(0, "HD", "1-2", by_id="Maker_HD_17", by_path=True)
    link = machine.devices / "v4l/by-path/pci-1-2-video-index0"
    assert machine.identity(link) == str(link)


def test_nothing_is_known_of_other_files(machine: Machine, tmp_path: Path) -> None:
    assert machine.identity(tmp_path / "clip.mp4") is None
