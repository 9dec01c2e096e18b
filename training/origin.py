"""Where a run's weights come from: its pictures, its teachers, the runs before it. For the card."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from training.config import Config

NAME = "origin.json"
NOT_RECORDED = "not recorded"

Json = dict[str, Any]


def write_origin(
    run: Path,
    data: str,
    config: Config,
    *,
    knows: str,
    earlier: Path | None,
    teachers: Sequence[Path],
) -> None:
    """Note in the folder of a run that begins what it begins with.

    `data` says what is learned from, `knows` what the network does if it is pretrained, `earlier`
    is the folder of the run that it goes on from.
    """
    if earlier is not None:
        origin = origin_of(earlier)
    else:
        origin = {"start": knows if config.pretrained else "random weights", "stages": []}
    origin["data"] = data
    if config.distill:
        origin["teachers"] = [teacher.resolve().name for teacher in teachers]
    (run / NAME).write_text(json.dumps(origin, indent=2, ensure_ascii=False) + "\n")


def origin_of(run: Path) -> Json:
    """What the weights of a run that has a `best.pt` come from.

    `start`: the weights at the very beginning; `stages`: a dict with `data`, `size` (pixels),
    `passes`, `best_pass` (counted from 1) and perhaps `teachers` and `note` for every run up to
    this one, the earliest first.
    """
    noted = run / NAME
    origin: Json = json.loads(noted.read_text()) if noted.exists() else {}
    config = Config.load(run / "config.json")
    kept = torch.load(run / "best.pt", map_location="cpu", weights_only=True)
    stage = {
        "data": origin.get("data", NOT_RECORDED),
        "size": config.size,
        "passes": config.passes,
        "best_pass": kept["pass"],
    }
    stage |= {key: origin[key] for key in ("teachers", "note") if key in origin}
    return {
        "start": origin.get("start", NOT_RECORDED),
        "stages": [*origin.get("stages", []), stage],
    }
