"""How the window looks, and what it shows of the dancers."""

from choreai_live.ui.look_actions import STEPS
from choreai_live.ui.preferences.fields import ChoiceField, SwitchField
from choreai_live.ui.preferences.page import Page


class LookPage(Page):
    """Theme, size of text, language, and how the picture is shown."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Look"),
            self.tr(
                "Holds at once, and at every start. “As last chosen” leaves it to the menus and "
                "keys of the window, which remember what they were told."
            ),
        )
        last = (None, self.tr("As last chosen"))
        self.add(
            ChoiceField(
                "window.theme",
                [
                    last,
                    ("system", self.tr("As the system")),
                    ("light", self.tr("Light")),
                    ("dark", self.tr("Dark")),
                ],
            ),
            self.tr("Theme"),
            self.tr("Light or dark; what lies over the picture is dark in both."),
        )
        self.add(
            ChoiceField(
                "window.text_scale",
                [last, *((step, _percent(step)) for step in STEPS)],
                _percent,
            ),
            self.tr("Size of text"),
            self.tr("Of everything in the window."),
        )
        self.add(
            ChoiceField(
                "window.language",
                [
                    ("system", self.tr("As the system")),
                    ("en", "English"),
                    ("fr", "Français"),
                ],
            ),
            self.tr("Language"),
            self.tr("Holds from the next start on."),
        )
        self.add(
            ChoiceField(
                "window.mirror",
                [
                    (None, self.tr("Cameras, as last chosen")),
                    (True, self.tr("Every source")),
                    (False, self.tr("No source")),
                ],
            ),
            self.tr("Mirror"),
            self.tr("Dancers expect to see themselves as in a mirror."),
        )
        shown = [last, (True, self.tr("Shown")), (False, self.tr("Not shown"))]
        self.add(
            ChoiceField("window.trails", shown),
            self.tr("Trails"),
            self.tr("Hands and feet leave trails of light."),
        )
        self.add(
            ChoiceField(
                "window.skeletons_only",
                [last, (True, self.tr("Skeletons only")), (False, self.tr("The picture"))],
            ),
            self.tr("Privacy"),
            self.tr("Figures can stand in for the picture, which is then not kept either."),
        )
        self.add(
            SwitchField("window.fullscreen", self.tr("Fill the screen")),
            self.tr("Full screen"),
            self.tr("From the next start on."),
        )
        self.finish()


def _percent(scale: float) -> str:
    return f"{scale * 100:.0f} %"
