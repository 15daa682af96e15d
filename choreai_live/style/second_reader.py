"""The second look: taught styles beside what the model itself says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from choreai_live.messages import Floats, Readout
from choreai_live.style.description import Recent
from choreai_live.style.smoothing import Reader, ReadoutSettings
from choreai_live.style.taught import Head

#: Taught styles that a readout tells of.
_TOLD: Final = 3


class TaughtStyles(Protocol):
    """What was taught, as it stands now: :class:`choreai_live.teaching.Library`."""

    @property
    def head(self) -> Head | None:
        """Everything that is recognised; replaced as a whole when it changes."""

    @property
    def muted(self) -> frozenset[str]:
        """Labels of the model that are shown as *not sure*."""


class SecondReader:
    """Taught styles of one dancer: fed one step at a time.

    A taught style is shown by the same rules as the model's own: smoothed, slow to
    change, only where there is enough to go on. Where none is, the model's word stands.

    Parameters
    ----------
    rate
        Steps per second.
    settings
        When to name a style.
    """

    def __init__(self, rate: float, settings: ReadoutSettings) -> None:
        self._rate = rate
        self._settings = settings
        self._recent = Recent()
        self._head: Head | None = None
        self._reader: Reader | None = None
        self._shown: str | None = None
        self._since: float | None = None
        self._read = 0.0

    def see(self, embedding: Floats) -> None:
        """Take what the model saw in one step, float32 (channels,)."""
        self._recent.add(embedding)

    def read(
        self,
        styles: TaughtStyles,
        own: Readout,
        visibility: float,
        movement: float,
        time: float,
    ) -> Readout:
        """Return what is to be shown, given what the model itself says.

        Parameters
        ----------
        styles
            What was taught.
        own
            The model's readout of this step.
        visibility, movement
            See :mod:`choreai_live.style.evidence`.
        time
            Seconds on the source's clock of this step.
        """
        head, muted = styles.head, styles.muted
        if head is not self._head:
            self._attend_to(head)
        found = self._taught(visibility, movement, time)
        if found is None and not muted:
            self._shown = self._since = None
            return own
        shown = own if own.label not in muted else replace(own, label=None)
        if found is not None:
            shown = _combined(head, found, shown)
        if shown.label != self._shown or self._since is None:
            # The model's word has stood since it was given, unless something else was
            # shown in its place meanwhile.
            unbroken = self._since is None or own.since > self._read
            self._since = own.since if unbroken and shown.label == own.label else time
            self._shown = shown.label
        self._read = time
        return replace(shown, since=self._since)

    def memory(self) -> dict[str, Any]:
        """Return everything it remembers; see :mod:`choreai_live.style.memory`."""
        return {
            "recent": self._recent.memory(),
            "names": None if self._head is None else list(self._head.names),
            "reader": None if self._reader is None else self._reader.memory(),
            "shown": self._shown,
            "since": self._since,
            "read": self._read,
        }

    def recall(self, memory: Mapping[str, Any], styles: TaughtStyles | None) -> None:
        """Remember what another one did, as far as the same styles are taught."""
        self._recent.recall(memory["recent"])
        head = None if styles is None else styles.head
        self._attend_to(head)
        if memory["names"] != (None if head is None else list(head.names)):
            return
        if self._reader is not None:
            self._reader.recall(memory["reader"])
        self._shown, self._since = memory["shown"], memory["since"]
        self._read = memory["read"]

    def _attend_to(self, head: Head | None) -> None:
        """Begin with other styles than before; what was seen of the dancer still counts."""
        self._head = head
        self._reader = None
        if head is not None:
            names = (*head.names, "")
            self._reader = Reader(names, frozenset({""}), self._rate, self._settings)

    def _taught(self, visibility: float, movement: float, time: float) -> Readout | None:
        """Return which taught style stands; None while nothing can be said."""
        if self._head is None or self._reader is None:
            return None
        description = self._recent.description()
        if description is None:
            return None
        probabilities = self._head.probabilities(description[None])[0]
        return self._reader.read(probabilities, visibility, movement, time)


def _combined(head: Head | None, found: Readout, own: Readout) -> Readout:
    """Return the model's readout with the taught style that stands, and all likely ones."""
    if head is None:
        return own
    # What only refines a family says nothing where another one is danced.
    fitting = [
        (taught.name, float(probability))
        for taught, probability in zip(head.classes, found.probabilities, strict=False)
        if not taught.refines or taught.family == own.label
    ]
    fitting.sort(key=lambda pair: -pair[1])
    told = replace(own, taught=tuple(fitting[:_TOLD]))
    if found.label is None:
        return told
    taught = head.classes[head.names.index(found.label)]
    family = taught.family
    if taught.refines and own.label != family:
        return told
    if family is None or family == found.label:
        return replace(told, label=found.label, confidence=found.confidence)
    confidence = max(found.confidence, own.confidence if own.label == family else 0.0)
    return replace(told, label=family, finer=found.label, confidence=confidence)
