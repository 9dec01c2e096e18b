"""What a report is given must belong together: asked before anything is overwritten."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.data import PUBLIC_TEST, Faces, scored_rows
from training.evaluate import Emotions
from training.export import LARGEST_FLOAT16_GAP, calibrate, largest_gap, probe_crops
from training.model import ShippedGraph


def check_data(card: dict[str, Any], faces: Faces) -> None:
    """Refuse data that are not those on which the model's threshold was chosen.

    Raises `ValueError` where the public test has another number of scored pictures than the card
    says: numbers of drawn faces would take the place of people's.
    """
    known = card["metrics"]["public_test"]["pictures"]
    there = len(scored_rows(faces, PUBLIC_TEST)[0])
    if there != known:
        raise ValueError(
            f"the card is of a public test of {known} pictures, and that of these data has "
            f"{there}: they are not the data of this model"
        )


def check_golden(model: bytes, golden: NDArray[np.uint8]) -> None:
    """Raise `ValueError` where golden crops [N, S, S, 3] are not of the model's side."""
    side = Emotions(model).size
    if golden.shape[1:] != (side, side, 3):
        raise ValueError(f"golden crops are {golden.shape[1:]}, the model takes {(side, side, 3)}")


def check_run(model: bytes, run: Path) -> None:
    """Raise `ValueError` where the kept weights of a run do not answer as the model does."""
    known, side = calibrate(run), Emotions(model).size
    if known.config.size != side:
        raise ValueError(f"{run} is of {known.config.size} pixels, the model of {side}")
    graph = ShippedGraph(known.network, known.temperature).eval()
    gap = largest_gap(graph, model, probe_crops(side))
    if gap > LARGEST_FLOAT16_GAP:
        raise ValueError(f"{run} is not the run of this model: their answers differ by {gap:.3f}")
