"""Make one compact archive that `train` reads: from folders of labelled pictures, or from FER+.

Folders: a class by the name of each folder, in English or Korean (see training/labels.py), in any
depth, with or without folders for splits. Every picture is checked, its largest face is found with
the product's own detector and cut out by the crop contract of the card. Work is saved as it goes:
run the same command again after an interruption, and it goes on. What was left out, and why, is
in `<out>.skipped.csv`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from today_feeling.domain.emotion import EMOTIONS
from today_feeling.errors import ModelDamaged
from training.archive import assemble, save_archive, write_skipped
from training.data import SIX, Faces, load, scored_rows, training_rows
from training.folders import Skipped, WrongFolder, limited, scan
from training.parts import Plan, cut_all, forget_parts

MODELS = Path(__file__).parents[1] / "models"


def prepare_folders(
    root: Path,
    out: Path,
    *,
    models: Path = MODELS,
    side: int = 64,
    limit: int | None = None,
    ready: bool = False,
    workers: int = 1,
) -> Faces:
    """Cut the faces out of the pictures below `root` into the archive `out`; return its rows.

    Raises
    ------
    WrongFolder
        There is nothing to learn from in this folder; the message says what is there.
    OSError
        The disk is full or cannot be written; what was done stays and is gone on from.
    """
    items, skipped = scan(root)
    if limit is not None:
        items = limited(items, limit)
    plan = Plan(root=root, items=tuple(items), models=models, side=side, ready=ready)
    cuts = cut_all(plan, out, workers)
    faces, names, left_out = assemble(plan, cuts)
    if not len(faces.images):
        reasons = Counter(each.reason for each in left_out).most_common(3)
        raise WrongFolder(f"{root}: no picture could be used: {reasons}")
    save_archive(out, faces, names)
    write_skipped(out, [*skipped, *left_out])
    forget_parts(out)
    print(_summary(faces, [*skipped, *left_out], int(cuts.several.sum())), flush=True)
    return faces


def prepare_fer(faces: Faces, out: Path, limit: int | None) -> Faces:
    """Pack FER+ rows into one archive; with `limit` that many of each class and split.

    The rows that are chosen are those that are learned from or scored.
    """
    if limit is not None:
        rows = np.concatenate([training_rows(faces), *(scored_rows(faces, s)[0] for s in (1, 2))])
        labels = faces.votes[rows].argmax(axis=1)
        keys = faces.usage[rows] * faces.votes.shape[1] + labels
        chosen = [rows[keys == key][:limit] for key in np.unique(keys)]
        kept = np.sort(np.concatenate(chosen))
        faces = replace(
            faces,
            images=faces.images[kept],
            usage=faces.usage[kept],
            votes=faces.votes[kept],
            has_image=faces.has_image[kept],
            copy_of_row=np.full(len(kept), -1, dtype=np.int64),
        )
    save_archive(out, faces, [f"row {row}" for row in range(len(faces.images))])
    return faces


def _summary(faces: Faces, skipped: Sequence[Skipped], several: int) -> str:
    splits = ("train", "public test", "private test")
    labels = faces.votes.argmax(axis=1)
    lines = [f"{'':>13}" + "".join(f"{name:>11}" for name in EMOTIONS)]
    for usage, name in enumerate(splits):
        counts = [int(((faces.usage == usage) & (labels == column)).sum()) for column in SIX]
        lines.append(f"{name:>13}" + "".join(f"{count:>11}" for count in counts))
    if several:
        lines.append(f"{several} pictures show several faces: the largest was taken")
    if skipped:
        lines.append(f"{len(skipped)} files left out:")
        reasons = Counter(each.reason for each in skipped)
        lines += [f"{count:>8}  {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines)


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Parse the command line and prepare."""
    parser = argparse.ArgumentParser(
        prog="python -m training prepare", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, metavar="PATH",
        help="a folder with a folder for each class, or FER+ (see `train --help`)",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="the archive to write (.npz)")
    parser.add_argument("--side", type=int, default=64, help="of the faces, pixels (%(default)s)")
    parser.add_argument("--limit", type=int, metavar="N", help="only N of each class and split")
    parser.add_argument(
        "--cropped", action="store_true", help="pictures are face crops: search for no face"
    )
    parser.add_argument("--workers", type=int, default=1, help="processes (%(default)s)")
    parser.add_argument("--models", type=Path, default=MODELS, help="folder of our models")
    arguments = parser.parse_args(arguments_given)
    if arguments.out.suffix != ".npz":
        parser.error("--out must end in .npz")
    try:
        if holds_fer(arguments.data):
            faces = prepare_fer(load(arguments.data), arguments.out, arguments.limit)
            print(_summary(faces, [], 0))
        else:
            if len(arguments.data) != 1:
                parser.error("name one folder; several archives can be given to train together")
            prepare_folders(
                arguments.data[0], arguments.out, models=arguments.models, side=arguments.side,
                limit=arguments.limit, ready=arguments.cropped, workers=arguments.workers,
            )  # fmt: skip
    except (WrongFolder, ModelDamaged, FileNotFoundError, ValueError) as error:
        sys.exit(f"prepare: {error}")  # something that was to be read
    except OSError as error:
        sys.exit(
            f"prepare: cannot write {error.filename or arguments.out}: {error.strerror}. "
            "What was done is kept: make room and run the same command again"
        )
    print(f"wrote {arguments.out}")


def holds_fer(paths: Sequence[Path]) -> bool:
    """Whether the paths are FER+ tables or archives and not folders of pictures."""
    return all(
        (path.is_file() and path.suffix in {".npz", ".csv"})
        or (path.is_dir() and any(path.glob("fer2013*")))
        for path in paths
    )


if __name__ == "__main__":
    main()
