"""Saying on stderr how a live source is doing."""

from choreai_live.capture import SourceState, SourceStatus
from choreai_live.commands.console import say


class SourceStates:
    """Listens to one live source; says when it is lost, why, and when it is back."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, status: SourceStatus) -> None:
        """Say what is new; attempts that fail as the last one did are not."""
        if status.state in (SourceState.STALLED, SourceState.RECONNECTING):
            if status.sentence != self._said:
                trying = status.state is SourceState.RECONNECTING and not self._said
                say(f"{status.sentence} Reconnecting." if trying else status.sentence)
            self._said = status.sentence
        elif status.state is SourceState.LIVE and self._said:
            self._said = ""
            say("The picture is back.")
