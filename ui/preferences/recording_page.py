"""What is recorded, where it goes, and when recording stops."""

import platformdirs

from choreai_live.ui.preferences.fields import NumberField, PathField, SwitchField
from choreai_live.ui.preferences.page import Page
from choreai_live.ui.recording import shown_path


class RecordingPage(Page):
    """The table of the settings file that is about recording."""

    def __init__(self) -> None:
        super().__init__(self.tr("Recording"), self.tr("Holds from the next recording on."))
        usual = platformdirs.user_videos_path() / "ChoreAI Live"
        self.add(
            PathField("recording.folder", shown_path(usual)),
            self.tr("Folder"),
            self.tr("Each recording gets a folder of its own in it."),
            wide=True,
        )
        self.add(
            SwitchField("recording.video", self.tr("Keep pictures")),
            self.tr("Video"),
            self.tr("Without pictures only skeletons and readouts are kept."),
        )
        self.add(
            SwitchField("recording.overlay", self.tr("Draw them in")),
            self.tr("Skeletons in the video"),
            self.tr("Skeletons and styles become part of its pictures, and cannot be taken out."),
        )
        self.add(
            NumberField("recording.split_minutes", 0.1, 60, 1, self.tr(" min")),
            self.tr("Length of a file"),
            self.tr("Another file is begun after so long."),
        )
        self.add(
            NumberField(
                "recording.split_megabytes",
                0,
                10_000_000,
                100,
                self.tr(" MB"),
                least=self.tr("Any size"),
            ),
            self.tr("Size of a file"),
            self.tr("Another file is begun at that size."),
        )
        self.add(
            NumberField("recording.disk_floor_megabytes", 0, 10_000_000, 100, self.tr(" MB")),
            self.tr("Room to leave on the disk"),
            self.tr("Recording stops, and is whole, once less than this is free."),
        )
        self.add(
            SwitchField("recording.enabled", self.tr("Record")),
            self.tr("The kiosk"),
            self.tr("It records by itself, and a sign on the screen says so."),
        )
        self.finish()
