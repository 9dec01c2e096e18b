"""The step loop: one pass over the training pictures, and what it needs."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from training.augment import augment, resize
from training.config import Config
from training.examples import Examples
from training.model import EmotionNet
from training.team import Team

LARGEST_GRADIENT = 5.0
"""Norm that the gradient is cut to."""


def learning_rate(step: int, steps: int, config: Config) -> float:
    """One cycle (Smith 2018, arXiv 1803.09820): linear up to the peak, cosine down to zero."""
    rise = max(1, round(config.warmup * steps))
    if step < rise:
        return config.learning_rate * (step + 1) / rise
    along = (step - rise) / max(1, steps - rise)
    return config.learning_rate * 0.5 * (1 + math.cos(math.pi * along))


def new_optimiser(network: EmotionNet, config: Config) -> torch.optim.AdamW:
    """AdamW; biases and normalisation parameters do not decay."""
    matrices = [p for p in network.parameters() if p.ndim > 1]
    vectors = [p for p in network.parameters() if p.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": config.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate)


@torch.no_grad()
def average(ema: EmotionNet, network: EmotionNet, decay: float) -> None:
    """Move the averaged weights and normalisation statistics a step towards the network's."""
    for slow, fast in zip(ema.state_dict().values(), network.state_dict().values(), strict=True):
        if slow.is_floating_point():
            slow.lerp_(fast, 1 - decay)
        else:
            slow.copy_(fast)


@dataclass(frozen=True)
class Learner:
    """What learns, in this process."""

    network: EmotionNet
    ema: EmotionNet
    """Its average over the steps."""
    forward: nn.Module
    """What is called to answer: the network, or the team's wrapping of it."""
    optimiser: torch.optim.Optimizer
    team: Team

    def state(self) -> dict[str, Any]:
        """Everything that a later process needs to go on from here."""
        return {
            "network": self.network.state_dict(),
            "ema": self.ema.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from what `state` gave."""
        self.network.load_state_dict(state["network"])
        self.ema.load_state_dict(state["ema"])
        self.optimiser.load_state_dict(state["optimiser"])


def drawn(examples: Examples, sampling: float) -> Tensor:
    """The order [M] of a pass: each picture once, or rare classes more often (with repeats)."""
    if not sampling:
        return torch.randperm(len(examples.pictures))
    frequency = (examples.target * examples.weight[:, None]).sum(dim=0).clamp_min(1e-6)
    chance = examples.target @ (frequency.mean() / frequency) ** sampling
    return torch.multinomial(chance, len(chance), replacement=True)


def seen(examples: Examples, chosen: Tensor, config: Config) -> tuple[Tensor, Tensor, Tensor]:
    """Views [B, 1, S, S] of the chosen pictures, what they should be read as [B, 6], weights [B].

    With mixup (Zhang et al. 2018, arXiv 1710.09412) each view is blended with another of them.
    """
    pictures, target, weight = (
        each[chosen] for each in (examples.pictures, examples.target, examples.weight)
    )
    if config.augmented:
        views = augment(pictures, config)
    else:
        mirrored = torch.rand(len(pictures), 1, 1) < 0.5
        views = resize(torch.where(mirrored, pictures.flip(2), pictures), config.size)
    if config.mixup:
        alpha = torch.full((len(views),), config.mixup)
        share = torch.distributions.Beta(alpha, alpha).sample()
        other = torch.randperm(len(views))
        views = torch.lerp(views[other], views, share.view(-1, 1, 1, 1))
        target = torch.lerp(target[other], target, share.view(-1, 1))
        weight = torch.lerp(weight[other], weight, share)
    return views, target, weight


def one_pass(
    learner: Learner,
    examples: Examples,
    config: Config,
    *,
    step: int,
    on_step: Callable[[int], None],
) -> float:
    """Train on all pictures once, in random order; return the mean loss.

    `step` steps of the run are done. A last batch that would not be full is left out.
    """
    network, team = learner.network, learner.team
    per_pass = len(examples.pictures) // config.batch
    total = 0.0
    network.train()
    forward = torch.compile(learner.forward) if config.compiled else learner.forward
    order = drawn(examples, config.sampling)
    team.scatter_chance(config.seed * 1_000_003 + step)
    for batch in order[: per_pass * config.batch].split(config.batch):
        for group in learner.optimiser.param_groups:
            group["lr"] = learning_rate(step, per_pass * config.passes, config)
        views, target, weight = seen(examples, team.share_of(batch), config)
        per_picture = -(target * forward(views).log_softmax(dim=1)).sum(dim=1)
        loss = (per_picture * weight).mean()
        learner.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
        learner.optimiser.step()
        team.agree(network)
        step += 1
        average(learner.ema, network, min(config.ema_decay, step / (step + 10)))
        total += loss.item()
        on_step(step)
        if step % 50 == 0 and team.leads:
            print(f"  step {step} loss {loss.item():.3f}", flush=True)
    return team.mean(total / per_pass)
