"""Writes into each model's card what the model says to the check picture, here.

`python -m tests.golden.make_checks` after a model has changed. The emotion model's export writes
its own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from today_feeling.vision.card import ModelFile, check_picture
from today_feeling.vision.runtime import Model

MODELS = Path(__file__).parents[2] / "models"
NAMES = ("face_detection_short_range", "face_detection_full_range", "emotion")
COUNT = 6
"""Numbers that are kept of each output."""


def measured(card: dict[str, Any], folder: Path = MODELS) -> list[list[float]]:
    """The first numbers of each output, to five significant places."""
    shape = card["input"]
    picture: NDArray[Any] = check_picture(shape.get("size") or shape["width"])[None]
    if "divide_by" in shape:
        picture = picture / np.float32(shape["divide_by"]) - np.float32(shape["subtract"])
    outputs = Model(ModelFile(folder / card["file"], card["sha256"])).run(picture)
    return [[float(f"{value:.5g}") for value in output.ravel()[:COUNT]] for output in outputs]


def main() -> None:
    """Renew the cards."""
    for name in NAMES:
        path = MODELS / f"{name}.json"
        card = json.loads(path.read_text(encoding="utf-8"))
        card["check"] = measured(card)
        path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
