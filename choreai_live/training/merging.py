"""Several networks as one: what each of them says, averaged, in one two-layer LSTM.

Networks trained from different seeds agree where the data tell them to and err
each in its own way, so their mean is right more often (Hansen & Salamon,
"Neural network ensembles", IEEE TPAMI 1990). Side by side in one LSTM, with
nothing between them, they cost one call and keep the contract of a single one.
"""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from choreai_live.training.network import NetworkSettings, StyleNetwork

_GATES = 4


def merged(networks: Sequence[StyleNetwork], settings: NetworkSettings) -> StyleNetwork:
    """Return one network whose logits are the mean of those of ``networks``.

    Parameters
    ----------
    networks
        Of the same size and classes, not yet calibrated.
    settings
        Of each of them.

    Returns
    -------
    StyleNetwork
        With as many times the hidden units, in evaluation mode; its hidden and
        cell state are theirs, one after another.
    """
    size, count = settings.hidden_size, len(networks)
    classes = networks[0].output.out_features
    whole = StyleNetwork(classes, replace(settings, hidden_size=size * count)).eval()
    with torch.no_grad():
        whole.input.weight.copy_(torch.cat([n.input.weight for n in networks]))
        whole.input.bias.copy_(torch.cat([n.input.bias for n in networks]))
        for name, parameter in whole.lstm.named_parameters():
            parts = [n.lstm.get_parameter(name) for n in networks]
            parameter.copy_(_side_by_side(parts, size))
        whole.output.weight.copy_(torch.cat([n.output.weight for n in networks], dim=1) / count)
        whole.output.bias.copy_(torch.stack([n.output.bias for n in networks]).mean(dim=0))
    return whole


def _side_by_side(parts: Sequence[Tensor], size: int) -> Tensor:
    """Lay out LSTM weights (gates x units, inputs) or biases so that no network sees another."""
    # PyTorch stacks the four gates; within each, the networks follow one another.
    by_gate = [part.reshape(_GATES, size, *part.shape[1:]) for part in parts]
    if parts[0].dim() == 1:
        return torch.cat(by_gate, dim=1).flatten()
    return torch.stack(
        [
            torch.block_diag(*(gates[g] for gates in by_gate))  # type: ignore[no-untyped-call]
            for g in range(_GATES)
        ]
    ).flatten(0, 1)
