"""Writes `browser_fit.json`: what OpenCV makes of small pictures, for the browser's own resizing.

`python -m tests.golden.make_browser_fit`. Pictures are noise, the hardest case for rounding.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from today_feeling.vision.detector import fit

CASES = [
    ("shrinks by whole areas", (24, 32), 8, 0.0),
    ("shrinks two to one", (24, 32), 16, 0.0),
    ("shrinks four to one, where many means are halves", (48, 64), 16, 0.0),
    ("shrinks six to one", (48, 72), 12, 0.0),
    ("shrinks by fractions", (17, 23), 10, 0.0),
    ("leaves every second pixel out, in lines of odd length", (45, 53), 10, 0.0),
    ("leaves two of three pixels out", (60, 77), 12, 0.0),
    ("leaves pixels out into a margin", (90, 41), 16, 0.2),
    ("shrinks a tall picture into a margin", (31, 13), 16, 0.2),
    ("shrinks hardly", (11, 12), 11, 0.0),
    ("keeps the size", (9, 12), 12, 0.0),
    ("enlarges", (5, 7), 16, 0.0),
    ("enlarges into a margin", (6, 4), 20, 0.25),
    ("keeps a line of one pixel", (1, 40), 8, 0.0),
    ("keeps a line of one pixel, of which pixels are left out", (1, 100), 8, 0.0),
]


def main() -> None:
    """Write the file beside this script, one case a line."""
    random = np.random.default_rng(7)
    lines = []
    for name, (height, width), size, margin in CASES:
        picture = random.integers(0, 256, (height, width, 3), np.uint8)
        fitted = fit(picture, size, margin)
        case = {
            "name": name,
            "width": width,
            "height": height,
            "rgb": picture.ravel().tolist(),
            "size": size,
            "margin": margin,
            "square": fitted.square.ravel().tolist(),
            "offset": list(fitted.offset),
            "ratio": list(fitted.ratio),
        }
        lines.append(json.dumps(case))
    path = Path(__file__).with_name("browser_fit.json")
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
