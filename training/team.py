"""Several processes that train one network: on several GPUs, or on a CPU, in PyTorch's own way.

`train --workers N` starts them by torchrun; each takes its share of every batch, and gradients are
averaged (DistributedDataParallel). A process that torchrun did not start is a team of its own, and
then nothing here costs anything or changes a number.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel


class Team:
    """This process among those that train together."""

    def __init__(self, rank: int = 0, size: int = 1, device: str = "cpu") -> None:
        self.rank = rank
        self.size = size
        self.device = device

    @classmethod
    def join(cls) -> "Team":
        """Join the processes that torchrun started; alone where it started none."""
        cuda = torch.cuda.is_available()
        size = int(os.environ.get("WORLD_SIZE", "1"))
        if size == 1:
            return cls(device="cuda" if cuda else "cpu")
        if not distributed.is_initialized():
            distributed.init_process_group("nccl" if cuda else "gloo")
        if not cuda:
            return cls(distributed.get_rank(), size)
        device = f"cuda:{os.environ['LOCAL_RANK']}"
        torch.cuda.set_device(device)
        return cls(distributed.get_rank(), size, device)

    @property
    def leads(self) -> bool:
        """Whether this process writes files and prints."""
        return self.rank == 0

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """The leader first, alone; then all others: for what is fetched once and then there."""
        if self.size > 1 and not self.leads:
            distributed.barrier()
        yield
        if self.size > 1 and self.leads:
            distributed.barrier()

    def share_of(self, batch: Tensor) -> Tensor:
        """This process's part of the indices of a batch; the parts are disjoint and equally long.

        Raises `ValueError` where the batch cannot be divided evenly.
        """
        if len(batch) % self.size:
            raise ValueError(f"a batch of {len(batch)} cannot be divided by {self.size} workers")
        return batch[self.rank :: self.size]

    def scatter_chance(self, seed: int) -> None:
        """Draw otherwise than the others from now on: each augments its pictures its own way."""
        if self.size > 1:
            torch.manual_seed(seed * self.size + self.rank)

    def share(self, network: nn.Module) -> nn.Module:
        """What to call for a forward pass whose gradients are the team's mean."""
        if self.size == 1:
            return network
        # statistics of normalisation are averaged after each step (`agree`) instead
        return DistributedDataParallel(network, broadcast_buffers=False)

    @torch.no_grad()
    def agree(self, network: nn.Module) -> None:
        """Average the statistics of normalisation, in which each process saw other pictures."""
        if self.size == 1:
            return
        buffers = [each for each in network.buffers() if each.is_floating_point()]
        flat = torch.cat([each.flatten() for each in buffers])
        distributed.all_reduce(flat)
        flat /= self.size
        for each, mean in zip(buffers, flat.split([b.numel() for b in buffers]), strict=True):
            each.copy_(mean.view_as(each))

    def mean(self, value: float) -> float:
        """The team's mean of a number."""
        if self.size == 1:
            return value
        total = torch.tensor(value, device=self.device)
        distributed.all_reduce(total)
        return total.item() / self.size


def launched() -> bool:
    """Whether torchrun started this process."""
    return "TORCHELASTIC_RUN_ID" in os.environ


def leave() -> None:
    """Close what `Team.join` opened."""
    if distributed.is_initialized():
        distributed.destroy_process_group()


def launch(workers: int, module: str, arguments: Sequence[str]) -> None:
    """Run `python -m MODULE ARGUMENTS` in so many processes on this machine, by torchrun.

    Ends the program with an error where one of them fails, after all are stopped.
    """
    from torch.distributed.run import main as torchrun  # noqa: PLC0415  slow to import

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    torchrun(["--standalone", f"--nproc-per-node={workers}", "--module", module, *arguments])
