"""``choreai-live devices``: the cameras and execution providers of this machine."""

from rich.table import Table
from rich.text import Text

from choreai_live.capture import list_cameras
from choreai_live.commands.console import out, say


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
