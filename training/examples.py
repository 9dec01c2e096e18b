"""What the training loop reads: pictures, targets and weights as tensors."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.data import Faces, targets, training_rows


@dataclass(frozen=True)
class Examples:
    """What the loop reads: M training rows."""

    pictures: Tensor
    """uint8 [M, side, side]."""
    target: Tensor
    """[M, 6], rows sum to one."""
    weight: Tensor
    """[M], mean one: share of votes on the six classes times the class balance."""


def prepare(faces: Faces, balance: float, device: str = "cpu", *, hard: bool = False) -> Examples:
    """Apply the vote rule and the class balance to the training rows.

    With `hard`, the class with most votes (the first of several) is all of a row's target.
    """
    rows = training_rows(faces)
    distribution, share, _ = targets(faces.votes[rows])
    if hard:
        distribution = np.eye(distribution.shape[1], dtype=np.float32)[distribution.argmax(axis=1)]
    frequency = (distribution * share[:, None]).sum(axis=0)
    class_weight = (frequency.mean() / np.maximum(frequency, 1e-6)) ** balance
    weight = share * (distribution @ class_weight)
    return Examples(
        pictures=torch.from_numpy(faces.images[rows]).to(device),
        target=torch.from_numpy(distribution).to(device),
        weight=torch.from_numpy((weight / weight.mean()).astype(np.float32)).to(device),
    )
