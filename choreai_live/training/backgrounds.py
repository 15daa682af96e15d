"""What dancing looks like in general, gathered for a model that shall be taught.

See :mod:`choreai_live.style.background` for what becomes of it.
"""

from collections.abc import Sequence

import numpy as np

from choreai_live.messages import Floats
from choreai_live.skeleton import mirrored
from choreai_live.style.background import packed_background
from choreai_live.style.description import SETTLING, describe, windows_of
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.embedding import EmbeddingNetwork, embed
from choreai_live.training.evaluation import held_out_view
from choreai_live.training.settings import TrainingSettings

#: Cameras that 3D sequences are filmed by.
_CAMERAS = 3
#: The least scale of a number, in embedding units: what hardly varies must not shout.
_LEAST_SCALE = 1e-2


def gather_background(
    network: EmbeddingNetwork, sequences: Sequence[PoseSequence], settings: TrainingSettings
) -> str:
    """Return the background of a network as text for the metadata of its file.

    Labels weigh alike, and within a label its sources, whatever their length.

    Parameters
    ----------
    network
        In evaluation mode.
    sequences
        Recorded ones that it was trained on, under the model's labels.
    settings
        The run it comes from.
    """
    found: dict[str, dict[str, list[Floats]]] = {label: {} for label in settings.labels}
    for sequence in sequences:
        for camera in range(_CAMERAS if sequence.is_3d else 1):
            view = held_out_view(sequence, settings.rate, seed=camera)
            for look in (view, mirrored(view)):
                windows = windows_of(embed(network, look)[SETTLING:])
                if len(windows):
                    by_source = found[sequence.style]
                    by_source.setdefault(sequence.source, []).append(describe(windows))
    parts = {
        label: {source: np.concatenate(every) for source, every in sources.items()}
        for label, sources in found.items()
    }
    everything, weights = (np.concatenate(part) for part in zip(*map(_weighed, parts.values())))  # noqa: B905
    weights /= weights.sum()
    mean = weights @ everything
    scale = np.sqrt(weights @ np.square(everything - mean)) + _LEAST_SCALE
    means, covariance = [], np.zeros((len(mean), len(mean)))
    for part in parts.values():
        descriptions, weights = _weighed(part)
        standardised = (descriptions - mean) / scale
        means.append(weights @ standardised)
        around = (standardised - means[-1]) * np.sqrt(weights)[:, None]
        covariance += around.T @ around
    return packed_background(mean, scale, np.stack(means), covariance)


def _weighed(by_source: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return all descriptions of a label, and weights that sum to 1, sources alike."""
    weights = [
        np.full(len(part), 1 / len(part) / len(by_source), np.float32)
        for part in by_source.values()
    ]
    return np.concatenate([*by_source.values()]), np.concatenate(weights)
