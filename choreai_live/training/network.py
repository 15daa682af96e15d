"""The style network: keypoints in pixels to style logits, with its state outside."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from choreai_live.skeleton import (
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)

#: Frames that a smoothed keypoint, a velocity and a window need before the first step.
SMOOTHING: Final = 2
LAG: Final = 2
WINDOW: Final = 12
CONTEXT: Final = SMOOTHING + LAG + WINDOW - 1

_HEAD: Final = 0  # in the reduced body: the face as one point, then COCO keypoints 5 to 16
_FACE_POINTS: Final = 5

#: The body as vectors: from the mean of some joints to the mean of others.
#: Limbs are read from their own root, so that hidden hips spoil no arm.
_VECTORS: Final[tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]] = (
    ((LEFT_HIP, RIGHT_HIP), (LEFT_SHOULDER, RIGHT_SHOULDER)),
    ((LEFT_SHOULDER,), (RIGHT_SHOULDER,)),
    ((LEFT_HIP,), (RIGHT_HIP,)),
    ((LEFT_SHOULDER, RIGHT_SHOULDER), (_HEAD,)),
    ((LEFT_SHOULDER,), (LEFT_ELBOW,)),
    ((RIGHT_SHOULDER,), (RIGHT_ELBOW,)),
    ((LEFT_SHOULDER,), (LEFT_WRIST,)),
    ((RIGHT_SHOULDER,), (RIGHT_WRIST,)),
    ((LEFT_HIP,), (LEFT_KNEE,)),
    ((RIGHT_HIP,), (RIGHT_KNEE,)),
    ((LEFT_HIP,), (LEFT_ANKLE,)),
    ((RIGHT_HIP,), (RIGHT_ANKLE,)),
)

#: Length of bones in torso lengths, from the anthropometry of Drillis and Contini
#: (1966) as tabulated in Winter, "Biomechanics and Motor Control of Human Movement".
_BONES: Final[tuple[tuple[tuple[int, ...], tuple[int, ...], float], ...]] = (
    ((LEFT_HIP, RIGHT_HIP), (LEFT_SHOULDER, RIGHT_SHOULDER), 1.0),
    ((LEFT_SHOULDER,), (RIGHT_SHOULDER,), 0.68),
    ((LEFT_SHOULDER,), (LEFT_ELBOW,), 0.60),
    ((RIGHT_SHOULDER,), (RIGHT_ELBOW,), 0.60),
    ((LEFT_HIP,), (LEFT_KNEE,), 0.82),
    ((RIGHT_HIP,), (RIGHT_KNEE,), 0.82),
    ((LEFT_KNEE,), (LEFT_ANKLE,), 0.82),
    ((RIGHT_KNEE,), (RIGHT_ANKLE,), 0.82),
)

FEATURE_COUNT: Final = 4 * len(_VECTORS)

FEATURES_IN_WORDS: Final = (
    "12 body vectors (torso, shoulders, hips, head, and each limb from its own root) in units of "
    "a body scale estimated over 0.8 s, weighted by keypoint scores; and their change over two "
    "frames. No position, size, travel or score."
)


def _incidence(pairs: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> tuple[Tensor, Tensor]:
    """Matrices that take joints to vectors, and joints to the share each has in a vector."""
    joints = 13
    difference = torch.zeros(len(pairs), joints)
    share = torch.zeros(len(pairs), joints)
    for row, (tail, head) in enumerate(pairs):
        for ends, sign in ((tail, -1.0), (head, 1.0)):
            for keypoint in ends:
                joint = keypoint if keypoint == _HEAD else keypoint - _FACE_POINTS + 1
                difference[row, joint] += sign / len(ends)
                share[row, joint] += 0.5 / len(ends)
    return difference, share


class BodyFeatures(nn.Module):
    """Pixel keypoints to features that know nothing of the camera.

    Position, picture size and distance cancel out; a keypoint counts as much
    as its score says, in three soft steps and not beyond: scores above 0.35
    all mean *seen*, because how high they go tells the estimator, not the
    dance.
    """

    difference: Tensor
    share: Tensor
    bones: Tensor
    bone_share: Tensor

    def __init__(self) -> None:
        super().__init__()
        difference, share = _incidence(list(_VECTORS))
        bones, bone_share = _incidence([(tail, head) for tail, head, _ in _BONES])
        lengths = torch.tensor([length for _, _, length in _BONES])
        self.register_buffer("difference", difference)
        self.register_buffer("share", share)
        self.register_buffer("bones", bones / lengths[:, None])
        self.register_buffer("bone_share", bone_share)

    def forward(self, keypoints: Tensor) -> Tensor:
        """Compute features of all but the first :data:`CONTEXT` frames.

        Parameters
        ----------
        keypoints
            float32 (dancers, context + steps, keypoints=17, 3): x px, y px, score.

        Returns
        -------
        Tensor
            float32 (dancers, steps, features).
        """
        seen = ((keypoints[..., 2:] - 0.1) * 4.0).clamp(0.001, 1.0)
        weighted = keypoints[..., :2] * seen
        face_seen = seen[:, :, :_FACE_POINTS].sum(2, keepdim=True)
        face = weighted[:, :, :_FACE_POINTS].sum(2, keepdim=True) / face_seen
        face_seen = face_seen.clamp(max=1.0)
        joint_seen = torch.cat([face_seen, seen[:, :, _FACE_POINTS:]], dim=2)
        joints = torch.cat([face * face_seen, weighted[:, :, _FACE_POINTS:]], dim=2)
        # (1, 2, 1) over three frames, each keypoint weighted by how well it was seen.
        joints = joints[:, :-2] + 2 * joints[:, 1:-1] + joints[:, 2:]
        joint_seen = joint_seen[:, :-2] + 2 * joint_seen[:, 1:-1] + joint_seen[:, 2:]
        joints = joints / joint_seen
        joint_seen = joint_seen * 0.25

        scale = self._scale(joints, joint_seen)
        vectors = self.difference @ joints
        gates = _both_ends(self.share @ joint_seen)
        moving = gates[:, LAG:] * gates[:, :-LAG]
        velocities = (vectors[:, LAG:] - vectors[:, :-LAG]) * moving
        positions = (vectors * gates)[:, LAG + WINDOW - 1 :] / scale
        velocities = velocities[:, WINDOW - 1 :] / scale
        # Neither how much is seen nor how much everything trembles is told on
        # its own: both were found to teach the network sources, not dances.
        return torch.cat(
            [
                positions.flatten(2).clamp(-4.0, 4.0),
                velocities.flatten(2).clamp(-2.0, 2.0) * 3.0,
            ],
            dim=-1,
        )

    def _scale(self, joints: Tensor, joint_seen: Tensor) -> Tensor:
        """Body scale in pixels per torso length, (dancers, steps, 1, 1).

        A bone never looks longer than it is, so the mean of the fourth powers
        leans towards those that lie in the picture plane.
        """
        lengths = (self.bones @ joints)[:, LAG:].square().sum(-1)
        # Squared, and never quite zero: with nobody in sight the scale must still be a number.
        weights = _both_ends(self.bone_share @ joint_seen)[:, LAG:].squeeze(-1).square() + 1e-6
        fourth = _window_mean(lengths * lengths * weights).sum(-1, keepdim=True)
        total = _window_mean(weights).sum(-1, keepdim=True)
        return (fourth / total).add(1e-6).sqrt().sqrt()[..., None]


def _both_ends(seen: Tensor) -> Tensor:
    """How far a vector is seen: 0 when one of its two ends is not, whatever the other."""
    return (2.0 * seen - 1.0).clamp(min=0.0)


def _window_mean(values: Tensor) -> Tensor:
    """Mean of (dancers, frames, channels) over the last :data:`WINDOW` frames."""
    return functional.avg_pool1d(values.transpose(1, 2), WINDOW, stride=1).transpose(1, 2)


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """Size of the network.

    Parameters
    ----------
    hidden_size
        Units of each LSTM layer.
    encoder_size
        Units of each dense layer before the LSTM.
    encoder_layers
        How many of those there are, at least 1.
    dropout
        Share of activations dropped between layers while training.
    memory_share
        Share of what the LSTM adds to the moment that counts once the network
        is trained. Less than 1 holds back a memory that is too sure of
        cameras and dancers it has not seen; see ``models/style.md``.
    """

    hidden_size: int = 96
    encoder_size: int = 128
    encoder_layers: int = 3
    dropout: float = 0.1
    memory_share: float = 0.5


class StyleNetwork(nn.Module):
    """Features, dense layers, a two-layer LSTM (Hochreiter & Schmidhuber 1997), logits.

    The dense layers read the posture of the moment; each but the first adds to
    what it is given (He et al., "Deep Residual Learning", CVPR 2016). What the
    moment tells also reaches the logits past the LSTM, so that the LSTM has
    only to learn what time adds.

    Parameters
    ----------
    classes
        Number of styles.
    settings
        Its size.

    Attributes
    ----------
    temperature : Tensor
        What the logits are divided by (Guo et al., "On Calibration of Modern
        Neural Networks", ICML 2017); 1 until calibrated.
    """

    temperature: Tensor

    def __init__(self, classes: int, settings: NetworkSettings | None = None) -> None:
        super().__init__()
        settings = settings or NetworkSettings()
        size, width = settings.hidden_size, settings.encoder_size
        self.hidden_size = size
        self.memory_share = settings.memory_share
        self.features = BodyFeatures()
        self.dropout = nn.Dropout(settings.dropout)
        self.input = nn.Linear(FEATURE_COUNT, width)
        self.deeper = nn.ModuleList(
            nn.Linear(width, width) for _ in range(settings.encoder_layers - 1)
        )
        self.lstm = nn.LSTM(width, size, num_layers=2, batch_first=True, dropout=settings.dropout)
        self.output = nn.Linear(size, classes)
        self.at_once = nn.Linear(width, classes)
        self.register_buffer("temperature", torch.ones(()))

    def forward(
        self, keypoints: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Take every dancer some steps further.

        Parameters
        ----------
        keypoints
            float32 (dancers, context + steps, keypoints=17, 3): x px, y px, score.
        hidden, cell
            float32 (layers=2, dancers, hidden_size): the state so far, zeros at first.

        Returns
        -------
        logits, hidden, cell
            float32 (dancers, steps, classes), calibrated; and the new state.
        """
        logits, at_once, hidden, cell = self.both(keypoints, hidden, cell)
        if at_once is not None:
            logits = at_once + self.memory_share * (logits - at_once)
        return logits / self.temperature, hidden, cell

    def both(
        self, keypoints: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor | None, Tensor, Tensor]:
        """Return what is trained: the logits with all the LSTM adds, and without any of it.

        Returns
        -------
        logits, at_once, hidden, cell
            As :meth:`forward`, not yet calibrated; ``at_once``, (dancers,
            steps, classes), is the part of the logits that went past the
            LSTM. It is trained to be right by itself, too (Lee et al.,
            "Deeply-Supervised Nets", AISTATS 2015). None for a network that
            has no such part.
        """
        _, moment = self.look(keypoints)
        logits, at_once, hidden, cell, _ = self.conclude(moment, hidden, cell)
        return logits, at_once, hidden, cell

    def look(self, keypoints: Tensor) -> tuple[Tensor, Tensor]:
        """Return the body's features and what the dense layers make of each moment.

        Returns
        -------
        features, moment
            float32 (dancers, steps, features) and (dancers, steps, encoder_size).
        """
        features = self.features(keypoints)
        moment = torch.relu(self.input(features))
        for layer in self.deeper:
            moment = moment + torch.relu(layer(self.dropout(moment)))
        return features, self.dropout(moment)

    def conclude(
        self, moment: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor | None, Tensor, Tensor, Tensor]:
        """Take the memory some steps further and draw the conclusion.

        Returns
        -------
        logits, at_once, hidden, cell
            As :meth:`both`.
        states
            float32 (dancers, steps, hidden_size): what the LSTM made of each step.
        """
        states, hidden, cell = self.remember(moment, hidden, cell)
        at_once = self.at_once(moment)
        return self.output(self.dropout(states)) + at_once, at_once, hidden, cell, states

    def remember(
        self, moment: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Take the memory some steps further.

        Returns
        -------
        states, hidden, cell
            float32 (dancers, steps, hidden_size), and the new state.
        """
        states, (hidden, cell) = self.lstm(moment, (hidden, cell))
        return states, hidden, cell

    def initial_state(self, dancers: int) -> tuple[Tensor, Tensor]:
        """Return the hidden and cell state of dancers nothing is known about."""
        device = self.temperature.device
        zeros = torch.zeros(2, dancers, self.hidden_size, device=device)
        return zeros, zeros.clone()


def with_context(keypoints: Tensor) -> Tensor:
    """Repeat the first frame as lead-in, as at the start of a dancer."""
    first = keypoints[:, :1].expand(-1, CONTEXT, -1, -1)
    return torch.cat([first, keypoints], dim=1)
