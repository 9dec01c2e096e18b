"""What each of two processes does for `test_team.py`, started by `launch`: train, be killed, go on.

Writes `<rank>.pt` into the folder that it is given: the weights of an uninterrupted run and of a
resumed one, and which pictures this process saw.
"""

import sys
from contextlib import suppress
from pathlib import Path

import torch
from conftest import striped_faces
from torch import Tensor

from training import loop
from training.augment import augment
from training.config import Config
from training.model import EmotionNet
from training.team import Team, leave
from training.train import train

CONFIG = Config(pretrained=False, threads=1, size=32, passes=2, batch=16, ema_decay=0.8)


class Killed(Exception):
    """Stands for processes that end in the middle of the second pass."""


def weights_of(network: EmotionNet) -> Tensor:
    return torch.cat([value.double().flatten() for value in network.state_dict().values()])


def names_of(pictures: Tensor) -> Tensor:
    """A number for each picture [N, S, S] that no other of the tiny world has."""
    pixels = pictures.flatten(1).long()
    return (pixels * torch.arange(1, pixels.shape[1] + 1)).sum(dim=1)


def kill_in_second_pass(step: int) -> None:
    if step == 17:
        raise Killed


def main(out: Path) -> None:
    seen: list[Tensor] = []

    def watched(pictures: Tensor, config: Config) -> Tensor:
        seen.append(names_of(pictures))
        return augment(pictures, config)

    loop.augment = watched  # type: ignore[attr-defined]
    faces = striped_faces()
    whole = weights_of(train(faces, CONFIG, out / "whole"))
    pictures = torch.stack(seen)
    with suppress(Killed):
        train(faces, CONFIG, out / "killed", on_step=kill_in_second_pass)
    resumed = weights_of(train(faces, CONFIG, out / "killed"))
    rank = Team.join().rank
    torch.save({"whole": whole, "resumed": resumed, "pictures": pictures}, out / f"{rank}.pt")
    leave()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
