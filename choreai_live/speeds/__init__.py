"""What this machine can run the models on, and how fast each choice was measured to be here."""

from choreai_live.speeds.choices import Absence, Choices, PoseChoice, ProviderChoice, choices_here
from choreai_live.speeds.kept import KeptSpeeds, Speed, Trial, speeds_file

__all__ = [
    "Absence",
    "Choices",
    "KeptSpeeds",
    "PoseChoice",
    "ProviderChoice",
    "Speed",
    "Trial",
    "choices_here",
    "speeds_file",
]
