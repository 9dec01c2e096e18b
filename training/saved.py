"""Long work in parts, each saved when it is done, so that it can be interrupted anywhere."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

PART = 512
"""Items of a part, where the work says no other number: what an interruption may cost."""

Arrays = Mapping[str, NDArray[Any]]


def belongs(folder: Path, fingerprint: str) -> None:
    """Make a folder that belongs to work with this fingerprint; of other work, it is emptied.

    The fingerprint is of everything that the work depends on.
    """
    note = folder / "fingerprint.txt"
    if not note.exists() or note.read_text() != fingerprint:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        note.write_text(fingerprint)


def in_parts(
    folder: Path,
    fingerprint: str,
    count: int,
    work: Callable[[range], Arrays],
    title: str,
    *,
    part: int = PART,
    workers: int = 1,
) -> dict[str, NDArray[Any]]:
    """Do `work` on items 0..count-1 part by part; return its arrays, joined along the first axis.

    Parts that `folder` holds already are not done again, unless they were made under another
    fingerprint (of everything that the work depends on): then all are thrown away. With several
    workers, which are processes, `work` must be a function that can be pickled.
    """
    belongs(folder, fingerprint)
    spans = [range(start, min(start + part, count)) for start in range(0, count, part)]
    missing = [span for span in spans if not _file(folder, span).exists()]
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(title, total=count, completed=count - sum(map(len, missing)))
        for span, arrays in zip(missing, _each(work, missing, workers), strict=True):
            save_arrays(_file(folder, span), arrays)
            progress.advance(bar, len(span))
    parts = [load_arrays(_file(folder, span)) for span in spans]
    return {name: np.concatenate([each[name] for each in parts]) for name in parts[0]}


def _each(
    work: Callable[[range], Arrays], spans: Sequence[range], workers: int
) -> Iterator[Arrays]:
    if workers == 1:
        yield from map(work, spans)
        return
    # spawned, not forked: libraries that run threads here would leave their locks taken there
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, spans)


def _file(folder: Path, span: range) -> Path:
    return folder / f"{span.start:08}.npz"


def save_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays so that a kill leaves the old file or the new one, never half of one."""
    fresh = path.with_suffix(".new")
    try:
        with fresh.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def load_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read what `save_arrays` wrote."""
    with np.load(path) as stored:
        return dict(stored)
