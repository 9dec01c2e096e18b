"""Crops of the golden faces, for `python -m training formats --golden OUT.npz`.

The pictures come from packages and are not stored here; neither are the crops.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from tests.golden.frames import golden_frames
from today_feeling.vision.align import crop, crop_transform
from today_feeling.vision.card import read_emotion_card
from today_feeling.vision.finder import load_finder

MODELS = Path(__file__).parents[2] / "models"


def main(out: Path) -> None:
    """Write `crops`, uint8 [N, S, S, 3], of the best face in each golden frame that has one."""
    card, finder = read_emotion_card(MODELS / "emotion.json"), load_finder(MODELS)
    crops = []
    for frame in golden_frames().values():
        for face in finder.quick(frame)[:1]:
            transform = crop_transform(face.keypoints, card.crop, card.size)
            assert transform is not None
            crops.append(crop(frame, transform, card.size))
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, crops=np.stack(crops))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
