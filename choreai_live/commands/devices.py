"""``choreai-live devices``: the cameras and execution providers of this machine."""

from rich.table import Table
from rich.text import Text

from choreai_live.capture import CameraInfo, list_cameras
from choreai_live.commands.console import out, say


def _print_lasting_names(cameras: list[CameraInfo]) -> None:
    """Print what stays the same when a camera is plugged in elsewhere or later than another."""
    lasting = [camera for camera in cameras if camera.identity and camera.identity.startswith("/")]
    if lasting:
        out.print("Numbers may change; these names, which --source takes too, do not:")
    for camera in lasting:
        out.print(Text(f"  {camera.identity}"), soft_wrap=True)


def run() -> int:
    """Print the cameras and the execution providers.

    Returns
    -------
    int
        Exit status.

    Raises
    ------
    ProviderError
        If ONNX Runtime is not installed.
    """
    cameras = list_cameras()
    table = Table(title="Cameras", title_justify="left", min_width=40)
    table.add_column("--source", justify="right")
    table.add_column("Device")
    table.add_column("Name")
    for camera in cameras:
        table.add_row(str(camera.index), Text(camera.path), Text(camera.name))
    if cameras:
        out.print(table)
        _print_lasting_names(cameras)
    else:
        out.print("No camera found.")

    # After the cameras: they can be shown even where ONNX Runtime is missing.
    from choreai_live.inference import PROVIDERS, available_providers, installation_notice

    providers = Table(
        title="Execution providers of the installed ONNX Runtime",
        title_justify="left",
        min_width=40,
        caption="Whether one really starts is shown in the window and by `bench`.",
        caption_justify="left",
    )
    providers.add_column("--provider")
    providers.add_column("ONNX Runtime's name")
    for name in available_providers():
        providers.add_row(name, PROVIDERS[name])
    out.print(providers)
    if notice := installation_notice():
        say(notice)
    return 0
