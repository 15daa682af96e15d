"""What a training run can be told."""

from dataclasses import dataclass, field

from choreai_live.configuration.tables import DERIVED
from choreai_live.training.augmentation import AugmentationSettings
from choreai_live.training.checkpoints import Shape
from choreai_live.training.network import NetworkSettings
from choreai_live.training.streams import StreamSettings


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """A whole training run.

    Parameters
    ----------
    labels
        Styles in the model's order.
    unsure_labels
        Those of them that are shown as *not sure*.
    rate
        Frames per second the model works at.
    updates
        Optimiser steps, at most.
    learning_rate
        Of AdamW (Loshchilov & Hutter 2019), at its peak; a cosine takes it to
        a fiftieth.
    weight_decay
        Of AdamW.
    label_smoothing
        Share of certainty given away (Szegedy et al. 2016).
    moment_weight
        How much it counts, beside the loss of the whole network, what the
        moment alone says.
    averaging
        Decay of the moving average of the weights, which is what is kept
        (Polyak & Juditsky 1992).
    validate_every
        Updates between two looks at the held-out groups, if there are any.
    patience
        Updates without a better result on the held-out groups after which
        training stops; 0 never stops early.
    seed
        Everything random follows from it.
    network, streams, augmentation
        The parts.
    """

    labels: tuple[str, ...] = field(metadata=DERIVED)
    unsure_labels: tuple[str, ...] = field(default=(), metadata=DERIVED)
    rate: float = 15.0
    updates: int = 1500
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    label_smoothing: float = 0.05
    moment_weight: float = 0.5
    averaging: float = 0.995
    validate_every: int = 50
    patience: int = 400
    seed: int = field(default=0, metadata=DERIVED)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    streams: StreamSettings = field(default_factory=StreamSettings)
    augmentation: AugmentationSettings = field(default_factory=AugmentationSettings)

    @property
    def shape(self) -> Shape:
        """What must be known to build the network again."""
        return Shape(self.labels, self.unsure_labels, self.rate, self.network)
