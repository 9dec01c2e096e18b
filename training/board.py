"""TensorBoard: what a run logs for each pass, as curves. Optional: `train --board` or by hand."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

OnPass = Callable[[Mapping[str, Any]], None]
"""Told the line of log.jsonl after each pass."""


def board(folder: Path) -> OnPass:
    """Write every number of a pass's line as a scalar; show with `tensorboard --logdir FOLDER`.

    A resumed run goes on in the same curves, since the pass's number is the step.
    """
    from torch.utils.tensorboard import SummaryWriter  # noqa: PLC0415  only who asks pays for it

    writer = SummaryWriter(str(folder))

    def on_pass(line: Mapping[str, Any]) -> None:
        for name, value in line.items():
            if name != "pass" and isinstance(value, int | float):
                writer.add_scalar(name, value, line["pass"])
        writer.flush()

    return on_pass
