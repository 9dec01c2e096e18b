"""Draw labelled faces, so that every command can be tried without anybody's pictures.

Six moods as a cartoonist shows them, each face with its own skin, hair, light and place. The
product's detector finds them. They teach a network nothing about people: never ship one that
was trained on them.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS, Emotion
from training.labels import NAMES

SIDE = 240
_BROWS: dict[Emotion, tuple[float, float]] = {
    "anger": (-22, 18), "fear": (-36, -12), "happiness": (-30, 0), "neutral": (-30, 0),
    "sadness": (-30, -16), "surprise": (-40, 0),
}  # fmt: skip
"""Height, and degrees by which they fall towards the nose."""
_EYES: dict[Emotion, float] = {"fear": 11, "surprise": 13}
"""How far the eyes are open; 7 for the others."""


def draw_face(mood: Emotion, random: np.random.Generator) -> NDArray[np.uint8]:
    """One drawn face, uint8 RGB [240, 240, 3]."""
    picture = np.full((SIDE, SIDE, 3), random.integers(60, 230, 3), np.uint8)
    skin = np.clip(np.array([224, 172, 140]) * random.uniform(0.55, 1.05), 0, 255)
    hair = random.integers(10, 70, 3)
    lip = np.array([170, 70, 75]) * random.uniform(0.8, 1.1)
    middle = SIDE / 2 + random.uniform(-8, 8, 2)

    def oval(
        place: tuple[float, float],
        radii: tuple[float, float],
        colour: Any,
        *,
        turn: float = 0,
        arc: tuple[float, float] = (0, 360),
        line: int = -1,
    ) -> None:
        x, y = ((middle + place) * 16).astype(int).tolist()  # in sixteenths of a pixel
        axes = (int(radii[0] * 16), int(radii[1] * 16))
        colour = [float(level) for level in colour]
        cv2.ellipse(picture, (x, y), axes, turn, *arc, colour, line, cv2.LINE_AA, 4)

    oval((0, -18), (72, 80), hair)
    oval((0, 110), (32, 60), skin * 0.9)
    oval((0, 150), (110, 60), random.integers(20, 200, 3))
    oval((0, 0), (60, 76), skin)
    height, fall = _BROWS[mood]
    opened = _EYES.get(mood, 7)
    for side in (-1, 1):
        oval((side * 24, -14), (15, 12), skin * 0.82)
        oval((side * 24, -14), (13, opened), (245, 245, 245))
        oval((side * 24, -14), (6, min(6, opened)), (40, 30, 25))
        oval((side * 24, -14), (13, opened), (60, 45, 40), arc=(180, 360), line=2)
        oval((side * 24, height), (16, 4), hair, turn=side * fall)
    oval((0, 10), (7, 16), skin * 0.9)
    oval((0, 22), (10, 6), skin * 0.78)
    if mood == "happiness":
        oval((0, 40), (26, 16), lip, arc=(0, 180))
        oval((0, 41), (21, 8), (250, 250, 250), arc=(0, 180))
    elif mood == "sadness":
        oval((0, 58), (20, 12), lip, arc=(200, 340), line=5)
    elif mood in {"fear", "surprise"}:
        wide, high = (18, 9) if mood == "fear" else (12, 16)
        oval((0, 50), (wide, high), lip)
        oval((0, 50), (8, high - 5), (60, 20, 25))
    else:
        oval((0, 47), (20, 3 if mood == "anger" else 4), lip)
    soft = cv2.GaussianBlur(picture, (0, 0), 1.2) * random.uniform(0.6, 1.0)
    return np.asarray(np.clip(soft + random.normal(0, 3, soft.shape), 0, 255), np.uint8)


def draw_folders(out: Path, count: int, seed: int = 1) -> None:
    """Fill `out` with a folder of drawn faces for each class, named in Korean, by split."""
    random = np.random.default_rng(seed)
    for split, share in (("train", 1.0), ("validation", 0.25), ("test", 0.25)):
        for emotion in EMOTIONS:
            folder = out / split / NAMES[emotion][-1]
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(max(1, round(count * share))):
                picture = cv2.cvtColor(draw_face(emotion, random), cv2.COLOR_RGB2BGR)
                done, content = cv2.imencode(".png", picture)
                if not done:
                    raise RuntimeError("OpenCV cannot write a PNG")
                (folder / f"{number:04}.png").write_bytes(content.tobytes())


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and draw."""
    parser = argparse.ArgumentParser(
        prog="python -m training sample", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--count", type=int, default=16, help="faces of a class (%(default)s)")
    arguments = parser.parse_args(arguments_given)
    draw_folders(arguments.out, arguments.count)
    print(f"wrote {arguments.out}")


if __name__ == "__main__":
    main()
