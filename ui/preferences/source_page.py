"""Where the pictures come from when the program starts."""

from typing import Any

from choreai_live.masking import MASK, mask_credentials
from choreai_live.ui.preferences.fields import ChoiceField, TextField
from choreai_live.ui.preferences.page import Page


class SpecField(TextField):
    """A source; its password is not shown, and a mask in its place is not kept."""

    def _show(self, value: Any) -> None:
        super()._show(value and mask_credentials(value))

    def _emit(self, value: Any) -> None:
        if value and MASK in value:
            self.refused.emit(
                self.tr(
                    "Not kept: write the whole address, or leave its name and password to the "
                    "keyring."
                )
            )
            return
        self.refused.emit("")
        super()._emit(value)
        self.show_value(value)


class SourcePage(Page):
    """The source of a start, and how streams come."""

    def __init__(self) -> None:
        super().__init__(self.tr("Source"), self.tr("Holds from the next start on."))
        self.add(
            SpecField("source.spec", self.tr("The first camera, or else the demo")),
            self.tr("Source at the start"),
            self.tr(
                "Number of a camera, a video, the address of a stream (rtsp, http), a folder of "
                "pictures, or demo. A password is better kept in the keyring: "
                "`choreai-live credentials set HOST`."
            ),
            wide=True,
        )
        self.add(
            ChoiceField(
                "source.transport",
                [("tcp", self.tr("TCP, nothing is lost")), ("udp", self.tr("UDP"))],
            ),
            self.tr("Transport of RTSP streams"),
            self.tr("UDP is for cameras that offer nothing else."),
        )
        self.finish()
