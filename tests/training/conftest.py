"""A tiny world for the training code: six kinds of striped pictures with votes that name them."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS
from training.config import Config
from training.data import SIDE, VOTE_COLUMNS, Faces

# Before any test imports PyTorch: on busy cores its threads would burn five times the work by
# waiting for each other actively.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

SPLITS = ("Training",) * 192 + ("PublicTest",) * 48 + ("PrivateTest",) * 48


def striped_faces(seed: int = 3) -> Faces:
    """Row r shows a bright band at the height of class r mod 6, and eight of ten people see it."""
    random = np.random.default_rng(seed)
    count = len(SPLITS)
    labels = np.arange(count) % len(EMOTIONS)
    images = random.integers(0, 60, (count, SIDE, SIDE))
    votes = np.zeros((count, len(VOTE_COLUMNS)), dtype=np.int64)
    for row, label in enumerate(labels):
        images[row, 8 * label : 8 * label + 8] += 180
        votes[row, VOTE_COLUMNS.index(EMOTIONS[label])] = 8
        votes[row, VOTE_COLUMNS.index("contempt")] = 2
    return Faces(
        images=images.astype(np.uint8),
        usage=np.array([("Training", "PublicTest", "PrivateTest").index(s) for s in SPLITS]),
        votes=votes,
        has_image=np.ones(count, dtype=np.bool_),
        copy_of_row=np.full(count, -1, dtype=np.int64),
        copies="none",
        source="stripes",
    )


def write_npz(faces: Faces, path: Path) -> Path:
    """The layout of fer2013plus.npz."""
    np.savez(
        path,
        images=faces.images,
        usage=faces.usage,
        votes=faces.votes.astype(np.int8),
        has_image=faces.has_image,
        copy_of_row=faces.copy_of_row,
    )
    return path


def write_csv_pair(faces: Faces, folder: Path) -> Path:
    """The layout of the public fer2013.csv and fer2013new.csv."""
    names = ("Training", "PublicTest", "PrivateTest")
    with (folder / "fer2013.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["emotion", "pixels", "Usage"])
        for image, usage in zip(faces.images, faces.usage, strict=True):
            table.writerow([0, " ".join(map(str, image.ravel().tolist())), names[usage]])
    with (folder / "fer2013new.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Usage", "Image name", *VOTE_COLUMNS])
        for row, (votes, usage) in enumerate(zip(faces.votes, faces.usage, strict=True)):
            table.writerow([names[usage], f"fer{row:07}.png", *votes.tolist()])
    return folder


def votes_for(**counts: int) -> NDArray[np.int64]:
    """One row of votes [1, 10] from counts by column name."""
    return np.array([[counts.get(name, 0) for name in VOTE_COLUMNS]], dtype=np.int64)


@pytest.fixture
def faces() -> Faces:
    """The tiny world."""
    return striped_faces()


@pytest.fixture(scope="session")
def tiny() -> Config:
    """24 steps from random weights, without moving the bands that tell classes apart."""
    return Config(
        pretrained=False, threads=1, size=32, passes=2, batch=16, ema_decay=0.8,
        shift=0.0, scale=0.0, rotation=0.0, shear=0.0, occlude=0.0, coarse=0.0,
    )  # fmt: skip
