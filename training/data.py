"""FER+ pictures and votes: reading, the rule from votes to targets, the scoring protocol.

Pictures: FER2013 (Goodfellow et al. 2013, arXiv 1307.0414). Votes: FER+ (Barsoum et al. 2016,
"Training Deep Networks for Facial Expression Recognition with Crowd-Sourced Label Distribution",
arXiv 1608.01041), ten people per picture.

The vote rule (`targets`), in words: a row whose plurality is *unknown* or *NF* (not a face), or
that has no vote for any of the six classes, or no picture, is dropped. Votes for disgust,
contempt, unknown and NF are dropped and the rest renormalised to sum to one: that is the target.
The row's weight in the loss is the share of its ten votes that fell on the six classes.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS

VOTE_COLUMNS = (
    "neutral", "happiness", "surprise", "sadness", "anger",
    "disgust", "fear", "contempt", "unknown", "NF",
)  # fmt: skip
SIX = [VOTE_COLUMNS.index(name) for name in EMOTIONS]
NOT_A_FACE = [VOTE_COLUMNS.index(name) for name in ("unknown", "NF")]
VOTE_RULE = (
    "target = votes for the six classes, renormalised (disgust, contempt, unknown, NF dropped); "
    "row weight = share of all votes on the six; rows without a picture, without a vote for the "
    "six, or with plurality unknown or NF are dropped"
)
TRAIN, PUBLIC_TEST, PRIVATE_TEST = 0, 1, 2
USAGES = {"Training": TRAIN, "PublicTest": PUBLIC_TEST, "PrivateTest": PRIVATE_TEST}
SIDE = 48
COPIES_LISTED = "near-identical pictures, as listed in the archive"
FER_PLUS = "FER2013 (Goodfellow et al. 2013), with the votes of FER+ (Barsoum et al. 2016)"


@dataclass(frozen=True)
class Faces:
    """N rows of FER+ in original order."""

    images: NDArray[np.uint8]
    """[N, side, side], gray; FER's have 48 pixels."""
    usage: NDArray[np.int64]
    """[N], 0 train, 1 public test, 2 private test."""
    votes: NDArray[np.int64]
    """[N, 10], in the order of VOTE_COLUMNS."""
    has_image: NDArray[np.bool_]
    """[N]."""
    copy_of_row: NDArray[np.int64]
    """[N], row of the same picture in an earlier split, else -1."""
    copies: str
    """How copies were found, for the card."""
    source: str
    """Whose pictures these are and who labelled them, for the card."""


DATA_HELP = (
    "archives that `prepare` made, or fer2013plus.npz, or fer2013.csv and fer2013new.csv, or a "
    "folder with either"
)
"""What every command's --data takes: see `load`."""


def load(paths: Sequence[Path]) -> Faces:
    """Read .npz archives, or the two public CSV files, or a folder that holds either.

    Several archives, FER+'s and those that `training.prepare` made, become one; their pictures
    must have the same side.

    Raises
    ------
    FileNotFoundError
        There is neither an archive nor both CSV files; the message says what was expected.
    ValueError
        The archives hold pictures of different sides, or the CSV files are not of the same rows.
    """
    files = [
        file
        for path in paths
        for file in (sorted(path.glob("fer2013*")) if path.is_dir() else [path])
    ]
    archives = [file for file in files if file.suffix == ".npz"]
    if archives:
        return joined([_load_npz(path) for path in archives])
    tables = {file.name: file for file in files}
    if not {"fer2013.csv", "fer2013new.csv"} <= tables.keys():
        raise FileNotFoundError(
            "expected fer2013plus.npz, or fer2013.csv and fer2013new.csv, in: "
            + " ".join(str(path) for path in paths)
        )
    return _load_csv(tables["fer2013.csv"], tables["fer2013new.csv"])


def _load_npz(path: Path) -> Faces:
    with np.load(path) as archive:
        packed_fer = "copies" not in archive
        unnamed = FER_PLUS if packed_fer else "not recorded"
        return Faces(
            images=archive["images"],
            usage=archive["usage"].astype(np.int64),
            votes=archive["votes"].astype(np.int64),
            has_image=archive["has_image"].astype(np.bool_),
            copy_of_row=archive["copy_of_row"].astype(np.int64),
            copies=COPIES_LISTED if packed_fer else str(archive["copies"]),
            source=str(archive["source"]) if "source" in archive else unnamed,
        )


def joined(parts: Sequence[Faces]) -> Faces:
    """The rows of all parts, one after the other; `ValueError` if their pictures differ in side."""
    if len(parts) == 1:
        return parts[0]
    sides = sorted({part.images.shape[1] for part in parts})
    if len(sides) > 1:
        raise ValueError(
            f"the archives hold pictures of {sides} pixels; "
            f"make them alike with `prepare --side {sides[0]}`"
        )
    starts = np.cumsum([0, *(len(part.images) for part in parts[:-1])])
    return Faces(
        images=np.concatenate([part.images for part in parts]),
        usage=np.concatenate([part.usage for part in parts]),
        votes=np.concatenate([part.votes for part in parts]),
        has_image=np.concatenate([part.has_image for part in parts]),
        copy_of_row=np.concatenate(
            [
                np.where(part.copy_of_row >= 0, part.copy_of_row + start, -1)
                for part, start in zip(parts, starts.tolist(), strict=True)
            ]
        ),
        copies="; ".join(dict.fromkeys(part.copies for part in parts)),
        source="; ".join(dict.fromkeys(part.source for part in parts)),
    )


def _load_csv(pixels_csv: Path, votes_csv: Path) -> Faces:
    """Join the two public files, which have the same rows in the same order."""
    images, usage, votes = [], [], []
    with pixels_csv.open(newline="") as pixel_file, votes_csv.open(newline="") as vote_file:
        rows = zip(csv.DictReader(pixel_file), csv.DictReader(vote_file), strict=True)
        for line, (pixel_row, vote_row) in enumerate(rows, start=2):
            if pixel_row["Usage"] != vote_row["Usage"]:
                raise ValueError(f"line {line}: the two CSV files disagree on Usage")
            images.append(np.array(pixel_row["pixels"].split(), dtype=np.uint8))
            usage.append(USAGES[pixel_row["Usage"]])
            votes.append([int(vote_row[name]) for name in VOTE_COLUMNS])
    pictures = np.stack(images).reshape(-1, SIDE, SIDE)
    splits = np.array(usage, dtype=np.int64)
    return Faces(
        images=pictures,
        usage=splits,
        votes=np.array(votes, dtype=np.int64),
        has_image=np.asarray(pictures.any(axis=(1, 2)), dtype=np.bool_),
        copy_of_row=exact_copies(pictures, splits),
        copies="pixel-identical pictures only (near-identical ones are not recognised)",
        source=FER_PLUS,
    )


def exact_copies(images: NDArray[np.uint8], usage: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each row the first pixel-identical row of an earlier split, else -1."""
    copy_of = np.full(len(images), -1, dtype=np.int64)
    seen: dict[bytes, int] = {}
    for row in np.lexsort((np.arange(len(usage)), usage)):
        first = seen.setdefault(images[row].tobytes(), int(row))
        if usage[first] < usage[row]:
            copy_of[row] = first
    return copy_of


def targets(
    votes: NDArray[np.int64],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """Apply the vote rule to votes [N, 10].

    Returns distribution [N, 6] in the order of EMOTIONS, weight [N] in 0..1, kept [N]. Rows that
    are not kept have weight 0 and a distribution of zeros.
    """
    six = votes[:, SIX].astype(np.float32)
    total = six.sum(axis=1)
    not_a_face = np.isin(votes.argmax(axis=1), NOT_A_FACE)
    kept = (total > 0) & ~not_a_face
    distribution = np.where(kept[:, None], six / np.maximum(total, 1)[:, None], 0)
    weight = np.where(kept, total / np.maximum(votes.sum(axis=1), 1), 0)
    return distribution.astype(np.float32), weight.astype(np.float32), kept


def training_rows(faces: Faces) -> NDArray[np.int64]:
    """Rows to learn from: the train split under the vote rule, with a picture."""
    _, _, kept = targets(faces.votes)
    return np.flatnonzero((faces.usage == TRAIN) & faces.has_image & kept)


def scored_rows(faces: Faces, usage: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and true classes [M] of a split under the evaluation protocol.

    A row counts when it has a picture, is no copy of an earlier split's picture, and one of the
    six classes has strictly more votes than each of the other nine columns.
    """
    ordered = np.sort(faces.votes, axis=1)
    winner = faces.votes.argmax(axis=1)
    unique = ordered[:, -1] > ordered[:, -2]
    counts = (
        (faces.usage == usage)
        & faces.has_image
        & (faces.copy_of_row < 0)
        & unique
        & np.isin(winner, SIX)
    )
    rows = np.flatnonzero(counts)
    place = {column: label for label, column in enumerate(SIX)}
    labels = np.array([place[column] for column in winner[rows].tolist()], dtype=np.int64)
    return rows, labels


def spread_over(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """At most `count` of the rows, evenly spread."""
    if len(rows) <= count:
        return rows
    return rows[np.linspace(0, len(rows) - 1, count).round().astype(np.int64)]
