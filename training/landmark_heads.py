"""One small head for every question about landmarks: trained, scored, and asked which points count.

A head sees the pooled features of a network, or points of the mesh, or both; everything else
(layers, steps, order of the pictures) is the same.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from today_feeling.domain.emotion import EMOTIONS
from training.landmark_data import Pictures, Points

WIDTH = 64
DIRECTIONS = 256
"""Of a network's 1024 features, those that vary most."""
BATCH = 256
LEARNING_RATE = 1e-3
WEIGHT_DECAY = 0.05
DROPOUT = 0.3
BUDGET: Final = 34
"""Points that a learned subset may have."""
HALVINGS = 4
"""Times that the search for a subset drops points, evenly in the logarithm of their number."""

Indices = Sequence[int]


@dataclass(frozen=True)
class Inputs:
    """What a head sees of N pictures."""

    values: Tensor
    """[N, D], of the size of 1: features (see `reduced`), then points."""
    points: int
    """How many points there are: the last D columns are x and y of each, then whether there are
    any."""

    @property
    def width(self) -> int:
        """D."""
        return int(self.values.shape[1])


def reduced(features: NDArray[np.float32], learned: int) -> NDArray[np.float32]:
    """Features [N, F] along their main directions [N, at most DIRECTIONS], of size 1 together.

    Directions and size are those of the pictures that are learned from.
    """
    centred = features - features[:learned].mean(axis=0)
    variance, directions = np.linalg.eigh(centred[:learned].T @ centred[:learned] / learned)
    main = centred @ directions[:, ::-1][:, :DIRECTIONS]
    return np.asarray(main / np.sqrt(variance[::-1][:DIRECTIONS].mean()), np.float32)


def inputs_of(
    features: NDArray[np.float32] | None, points: Points, chosen: Indices, learned: int
) -> Inputs:
    """Put features [N, F] (or none) and the chosen points side by side.

    Each coordinate has mean 0 and deviation 1 over the pictures that are learned from.
    """
    parts = [] if features is None else [features]
    if chosen:
        flat = points.places[:, list(chosen)].reshape(len(points.sure), -1)
        flat = np.concatenate([flat, points.present[:, None].astype(np.float32)], axis=1)
        deviation = np.maximum(flat[:learned].std(axis=0), 1e-4)
        parts.append(((flat - flat[:learned].mean(axis=0)) / deviation).astype(np.float32))
    return Inputs(torch.from_numpy(np.concatenate(parts, axis=1)), len(chosen))


class Head(nn.Module):
    """Two layers; with `mask` [D], only some of its inputs."""

    mask: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("mask", torch.ones(width))
        self.first = nn.Linear(width, WIDTH)
        self.dropout = nn.Dropout(DROPOUT)
        self.last = nn.Linear(WIDTH, len(EMOTIONS))

    def forward(self, values: Tensor) -> Tensor:
        """Values [B, D] to logits [B, 6]."""
        hidden = self.dropout(torch.relu(self.first(values * self.mask)))
        logits: Tensor = self.last(hidden)
        return logits

    @torch.no_grad()
    def strengths(self, points: int) -> Tensor:
        """How much of each point comes through [points]: the norm of its weights, x and y."""
        columns = self.first.weight[:, -2 * points - 1 : -1] * self.mask[-2 * points - 1 : -1]
        return columns.square().sum(dim=0).view(points, 2).sum(dim=1).sqrt()

    @torch.no_grad()
    def keep(self, points: int, chosen: Tensor) -> None:
        """See of the points only the chosen ones from now on."""
        part = torch.zeros(points, 2)
        part[chosen] = 1
        self.mask[-2 * points - 1 : -1] = part.flatten()


def rate(step: int, steps: int) -> float:
    """One cycle: up for a tenth of the steps, then down on a cosine."""
    rise = max(1, steps // 10)
    if step < rise:
        return LEARNING_RATE * (step + 1) / rise
    return LEARNING_RATE * 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, steps - rise)))


def fit(
    inputs: Inputs, pictures: Pictures, rows: Tensor, *, passes: int, seed: int, budget: int = 0
) -> tuple[Head, list[int]]:
    """Train a head on these rows; with a budget, drop points on the way until so many are left.

    Returns the head and the places, among the inputs' points, of those that are left.
    """
    torch.manual_seed(seed)
    head = Head(inputs.width)
    optimiser = torch.optim.AdamW(head.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    target, weight = torch.from_numpy(pictures.target), torch.from_numpy(pictures.weight)
    batch = min(BATCH, len(rows))
    steps = passes * (len(rows) // batch)
    falls = {steps * (each + 1) // (HALVINGS + 1): each + 1 for each in range(HALVINGS)}
    left = torch.arange(inputs.points)
    step = 0
    head.train()
    for _ in range(passes):
        order = rows[torch.randperm(len(rows))]
        for chosen in order[: len(rows) // batch * batch].split(batch):
            if budget and (drop := falls.get(step)):
                share = (budget / inputs.points) ** (drop / HALVINGS)
                strongest = head.strengths(inputs.points).argsort(descending=True)
                left = strongest[: round(inputs.points * share)]
                head.keep(inputs.points, left)
            for group in optimiser.param_groups:
                group["lr"] = rate(step, steps)
            logits = head(inputs.values[chosen])
            losses = -(target[chosen] * logits.log_softmax(dim=1)).sum(dim=1)
            loss = (losses * weight[chosen]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
    return head.eval(), sorted(left.tolist())


@torch.no_grad()
def answers(head: Head, inputs: Inputs, rows: Tensor) -> NDArray[np.float32]:
    """Probabilities [M, 6] of these rows."""
    return np.asarray(head(inputs.values[rows]).softmax(dim=1).numpy(), np.float32)
