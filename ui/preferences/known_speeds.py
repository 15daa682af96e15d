"""What there is to choose of the models, and how fast each choice is known to be."""

from collections.abc import Mapping

from choreai_live.speeds import Choices, Speed, Trial


class KnownSpeeds:
    """Speeds of this machine, as far as they hold for the models that are there now.

    Parameters
    ----------
    choices
        What this machine has.
    speeds
        What was measured before.
    """

    def __init__(self, choices: Choices, speeds: Mapping[Trial, Speed]) -> None:
        self.choices = choices
        self.failures: dict[Trial, str] = {}
        self._speeds = dict(speeds)
        self._hashes = {each.value: each.hashes for each in choices.poses}

    def trial(self, pose: str, provider: str, precision: str, threads: int | None) -> Trial:
        """Return what would be measured for what the settings say."""
        if provider == "auto":
            provider = self.choices.automatic
        half = any(each.half for each in self.choices.providers if each.value == provider)
        return Trial(
            pose,
            provider,
            precision if half else "fp32",
            threads or self.choices.usual_threads,
        )

    def trials(self, precision: str, threads: int | None) -> list[tuple[Trial, Mapping[str, str]]]:
        """Return everything that can be chosen here, once each, with sha256 of the models."""
        found: dict[Trial, Mapping[str, str]] = {}
        for provider in self.choices.providers:
            for pose in self.choices.poses:
                if provider.absence is None and pose.trouble is None:
                    trial = self.trial(pose.value, provider.value, precision, threads)
                    found[trial] = pose.hashes
        return list(found.items())

    def speed(self, trial: Trial) -> Speed | None:
        """Return how fast that is, if it was measured with these very models."""
        speed = self._speeds.get(trial)
        hashes = self._hashes.get(trial.pose, {})
        holds = speed is not None and speed.holds(hashes, self.choices.onnxruntime)
        return speed if holds else None

    def add(self, speed: Speed) -> None:
        """Take what was measured just now."""
        self._speeds[speed.trial] = speed
        self.failures.pop(speed.trial, None)

    def fail(self, trial: Trial, sentence: str) -> None:
        """Take that something cannot be measured, and why."""
        self._speeds.pop(trial, None)
        self.failures[trial] = sentence
