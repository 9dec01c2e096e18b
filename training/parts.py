"""The work of `prepare` in parts, each saved when it is done, so that it can be interrupted."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from training.faces import Cut, FaceCutter
from training.folders import Item

PART = 128
"""Pictures in a part: what an interruption may cost."""


@dataclass(frozen=True)
class Plan:
    """What is to be done; a work folder belongs to exactly one plan."""

    root: Path
    items: tuple[Item, ...]
    models: Path
    side: int
    ready: bool

    def spans(self) -> list[range]:
        """Indices of the items of each part."""
        return [
            range(start, min(start + PART, len(self.items)))
            for start in range(0, len(self.items), PART)
        ]

    def fingerprint(self) -> str:
        """Changes with any name, size or date of a picture, and with any setting."""
        whole = hashlib.sha256(f"{self.root.resolve()} {self.side} {self.ready}".encode())
        for item in self.items:
            about = (self.root / item.path).stat()
            whole.update(f"{item} {about.st_size} {about.st_mtime_ns}\n".encode())
        return whole.hexdigest()


@dataclass(frozen=True)
class Part:
    """A finished part of the work."""

    rows: NDArray[np.int64]
    """[M], indices of the plan's items."""
    faces: NDArray[np.uint8]
    """[M, side, side]."""
    digests: NDArray[np.uint8]
    """[M, 16]."""
    several: int
    """Pictures that showed more than one face."""
    reasons: dict[int, str]
    """Why an item gave no face."""


class PartsFolder:
    """`<out>.parts`: the parts that are done."""

    def __init__(self, out: Path, plan: Plan) -> None:
        self._plan = plan
        self._path = out.with_name(out.name + ".parts")
        self._path.mkdir(parents=True, exist_ok=True)
        note = self._path / "plan.txt"
        print_of_plan = plan.fingerprint()
        if not note.exists() or note.read_text() != print_of_plan:
            # Pictures or settings are others than last time: nothing in here fits.
            self.remove()
            self._path.mkdir()
            _whole(note, print_of_plan.encode())

    def run(self, workers: int) -> list[Part]:
        """Do the parts that are missing, showing progress; return all of them in order."""
        spans = self._plan.spans()
        missing = [span for span in spans if not self._file(span).exists()]
        done = len(self._plan.items) - sum(map(len, missing))
        columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            bar = progress.add_task("faces", total=len(self._plan.items), completed=done)
            for span, part in self._cut(missing, workers):
                _save_part(self._file(span), part)
                progress.advance(bar, len(span))
        return [_load_part(self._file(span)) for span in spans]

    def _cut(self, spans: list[range], workers: int) -> Iterator[tuple[range, Part]]:
        if workers == 1:
            cutter = FaceCutter(self._plan.models, self._plan.side, ready=self._plan.ready)
            for span in spans:
                yield span, cut_part(self._plan, span, cutter)
            return
        # spawned, not forked: libraries that run threads here would leave their locks taken there
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from zip(spans, pool.map(partial(cut_part, self._plan), spans), strict=True)

    def _file(self, span: range) -> Path:
        return self._path / f"{span.start:08}.npz"

    def remove(self) -> None:
        """Forget all parts."""
        shutil.rmtree(self._path)


def cut_part(plan: Plan, span: range, cutter: FaceCutter | None = None) -> Part:
    """Cut the faces of a part's pictures."""
    cutter = cutter or FaceCutter(plan.models, plan.side, ready=plan.ready)
    cuts = {index: cutter.cut(plan.root / plan.items[index].path) for index in span}
    found = {index: cut for index, cut in cuts.items() if isinstance(cut, Cut)}
    return Part(
        rows=np.array(list(found), np.int64),
        faces=np.array([cut.face for cut in found.values()], np.uint8).reshape(
            -1, plan.side, plan.side
        ),
        digests=np.array([list(cut.digest) for cut in found.values()], np.uint8).reshape(-1, 16),
        several=sum(cut.faces_seen > 1 for cut in found.values()),
        reasons={index: cut for index, cut in cuts.items() if isinstance(cut, str)},
    )


def _save_part(path: Path, part: Part) -> None:
    fresh = path.with_suffix(".new")
    reasons = json.dumps({str(index): reason for index, reason in part.reasons.items()})
    try:
        with fresh.open("wb") as file:
            np.savez(
                file, rows=part.rows, faces=part.faces, digests=part.digests,
                several=np.array(part.several), reasons=np.array(reasons),
            )  # fmt: skip
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _load_part(path: Path) -> Part:
    with np.load(path) as stored:
        reasons: dict[str, str] = json.loads(str(stored["reasons"]))
        return Part(
            rows=stored["rows"],
            faces=stored["faces"],
            digests=stored["digests"],
            several=int(stored["several"]),
            reasons={int(index): reason for index, reason in reasons.items()},
        )


def _whole(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
