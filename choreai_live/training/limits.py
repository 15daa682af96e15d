"""What numbers a training configuration may hold."""

from collections.abc import Mapping
from typing import Final

from choreai_live.configuration.limits import Limits

_POSITIVE: Final = Limits(open_low=True)
_COUNT: Final = Limits(1)
_SHARE: Final = Limits(0, 1)
_NOT_ALL: Final = Limits(0, 1, open_high=True)

#: By key. Numbers of other keys must be finite and not negative, as all are amounts.
LIMITS: Final[Mapping[str, Limits]] = {
    "split.validation": Limits(0, 0.9),
    "split.test": Limits(0, 0.9),
    "training.rate": Limits(1, 240),
    "training.updates": _COUNT,
    "training.learning_rate": Limits(0, 1, open_low=True),
    "training.label_smoothing": _NOT_ALL,
    "training.averaging": _NOT_ALL,
    "training.validate_every": _COUNT,
    "training.network.hidden_size": Limits(1, 4096),
    "training.network.encoder_size": Limits(1, 4096),
    "training.network.encoder_layers": Limits(1, 64),
    "training.network.dropout": _NOT_ALL,
    "training.network.memory_share": _SHARE,
    "training.streams.dancers": _COUNT,
    "training.streams.steps": _COUNT,
    "training.streams.style_weights": _POSITIVE,
    "training.streams.segment": _POSITIVE,
    "training.streams.same_style": _POSITIVE,
    "training.streams.lost": _SHARE,
    "training.streams.kept": _POSITIVE,
    "training.augmentation.tempo": Limits(0, 0.9),
    "training.augmentation.narrowing": Limits(0, 0.9),
    "training.augmentation.half_body": _SHARE,
    "training.augmentation.rates": _POSITIVE,
}
