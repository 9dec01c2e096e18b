"""The archive that `prepare` makes of finished parts and `train` reads."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.emotion import EMOTIONS
from training.data import VOTE_COLUMNS, Faces
from training.folders import Item, Skipped
from training.parts import Cuts, Plan

VOTES = 10
"""One person's label stands for this many votes, so that it weighs as a FER+ picture does."""
COPIES = "equal pictures were left out"


def assemble(plan: Plan, cuts: Cuts) -> tuple[Faces, list[str], list[Skipped]]:
    """Make rows of what was cut: these, the pictures' names, and who was left out and why.

    Of pictures with equal pixels the first stays, also across splits: a copy in a test split
    would be scored as if it were new.
    """
    seen: dict[bytes, Item] = {}
    chosen: list[tuple[Item, NDArray[np.uint8]]] = []
    faceless = zip(cuts.faceless.tolist(), cuts.reasons.tolist(), strict=True)
    skipped = [Skipped(plan.items[index].path, reason) for index, reason in faceless]
    for index, face, digest in zip(cuts.rows.tolist(), cuts.faces, cuts.digests, strict=True):
        item = plan.items[index]
        first = seen.setdefault(digest.tobytes(), item)
        if first is item:
            chosen.append((item, face))
        elif first.label == item.label:
            skipped.append(Skipped(item.path, "the same picture is there already"))
        else:
            skipped.append(Skipped(item.path, "the same picture is there in another class"))
    votes = np.zeros((len(chosen), len(VOTE_COLUMNS)), np.int64)
    for row, (item, _) in enumerate(chosen):
        votes[row, VOTE_COLUMNS.index(EMOTIONS[item.label])] = VOTES
    faces = Faces(
        images=np.array([face for _, face in chosen], np.uint8).reshape(-1, plan.side, plan.side),
        usage=np.array([item.split for item, _ in chosen], np.int64),
        votes=votes,
        has_image=np.ones(len(chosen), np.bool_),
        copy_of_row=np.full(len(chosen), -1, np.int64),
        copies=COPIES,
        source=f"folder {plan.root.resolve().name}, labelled by its folders' names",
    )
    return faces, [item.path.as_posix() for item, _ in chosen], skipped


def save_archive(out: Path, faces: Faces, names: Sequence[str]) -> None:
    """Write rows in the layout that `training.data.load` reads."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(out.name + ".new")
    try:
        with fresh.open("wb") as file:
            np.savez_compressed(
                file, images=faces.images, usage=faces.usage, votes=faces.votes.astype(np.int8),
                has_image=faces.has_image, copy_of_row=faces.copy_of_row,
                copies=np.array(faces.copies), source=np.array(faces.source),
                names=np.array(names),
            )  # fmt: skip
        fresh.replace(out)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def write_skipped(out: Path, skipped: Sequence[Skipped]) -> None:
    """Write `<out>.skipped.csv`: path and reason of every file that was left out."""
    with out.with_suffix(".skipped.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["path", "reason"])
        table.writerows([each.path.as_posix(), each.reason] for each in skipped)
