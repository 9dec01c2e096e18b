"""What networks answer about many pictures, and what a new one learns from their answers."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from today_feeling.domain.emotion import EMOTIONS
from training.augment import resize
from training.config import Config
from training.examples import Examples
from training.model import EmotionNet


@torch.no_grad()
def logits_of(
    network: EmotionNet, pictures: Tensor, size: int, *, both_ways: bool = True
) -> Tensor:
    """Logits [N, 6] on the CPU of uint8 [N, side, side] as framed in the data."""
    network.eval()
    answer = network.both_ways if both_ways else network
    device = next(network.parameters()).device
    batches = pictures.to(device).split(256)
    return torch.cat([answer(resize(batch, size)) for batch in batches]).cpu()


def save(path: Path, content: Any) -> None:
    """Write a torch file so that a kill leaves the old one or the new one, never half of one."""
    fresh = path.with_suffix(".new")
    torch.save(content, fresh)
    fresh.replace(path)


def answers(pictures: Tensor, teachers: Sequence[Path]) -> Tensor:
    """Mean probabilities [N, 6] that finished runs give uint8 [N, side, side]."""
    total = torch.zeros(len(pictures), len(EMOTIONS))
    for run in teachers:
        config = Config.load(run / "config.json")
        network = EmotionNet(config)
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        kept = torch.load(run / "best.pt", map_location=pictures.device, weights_only=True)
        network.load_state_dict(kept["weights"])
        logits = logits_of(network, pictures, config.size)
        total += logits.softmax(dim=1).to(pictures.device) / len(teachers)
    return total


def digest_of(teachers: Sequence[Path]) -> str:
    """SHA-256 in hexadecimal that changes with the kept weights of any of the runs."""
    whole = hashlib.sha256()
    for run in teachers:
        for name in ("config.json", "best.pt"):
            whole.update((run / name).read_bytes())
    return whole.hexdigest()


def taught(examples: Examples, teachers: Sequence[Path], share: float, kept: Path) -> Examples:
    """Mix the mean answer of finished runs, by `share`, into what pictures should be read as.

    It is written to `kept`, so that a run that goes on need not ask them again; other teachers
    are asked, and so are the same ones about other pictures.
    Distillation: Hinton et al. 2015, arXiv 1503.02531.
    """
    pictures = hashlib.sha256(examples.pictures.cpu().numpy().tobytes()).hexdigest()
    fingerprint = f"{digest_of(teachers)} {pictures}"
    told: dict[str, Any] = {}
    if kept.exists():
        told = torch.load(kept, map_location=examples.target.device, weights_only=True)
    if told.get("fingerprint") != fingerprint:
        told = {"fingerprint": fingerprint, "answers": answers(examples.pictures, teachers)}
        save(kept, told)
    return replace(examples, target=torch.lerp(examples.target, told["answers"], share))
