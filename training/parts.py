"""The work of `prepare`: faces are cut out of pictures in parts, each saved when it is done."""

import hashlib
import shutil
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.faces import Cut, FaceCutter
from training.folders import Item
from training.saved import Arrays, in_parts

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

    def fingerprint(self) -> str:
        """Changes with any name, size or date of a picture, with any setting and any model."""
        whole = hashlib.sha256(f"{self.root.resolve()} {self.side} {self.ready}\n".encode())
        # of the emotion model only the crop contract counts, which is in its card
        for file in sorted(each for kind in ("*.json", "face*") for each in self.models.glob(kind)):
            whole.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
        for item in self.items:
            about = (self.root / item.path).stat()
            whole.update(f"{item} {about.st_size} {about.st_mtime_ns}\n".encode())
        return whole.hexdigest()


@dataclass(frozen=True)
class Cuts:
    """What became of the items of a plan: M gave a face, K gave none."""

    rows: NDArray[np.int64]
    """[M], indices of the plan's items."""
    faces: NDArray[np.uint8]
    """[M, side, side]."""
    digests: NDArray[np.uint8]
    """[M, 16]."""
    several: NDArray[np.bool_]
    """[M], whether the picture showed more than one face."""
    faceless: NDArray[np.int64]
    """[K], indices of the plan's items."""
    reasons: NDArray[np.str_]
    """[K], why there is no face."""


def cut_all(plan: Plan, out: Path, workers: int) -> Cuts:
    """Cut the faces of a plan's pictures, going on with what `<out>.parts` holds of this plan."""
    work = partial(cut_part, plan)
    return Cuts(
        **in_parts(
            parts_folder(out), plan.fingerprint(), len(plan.items), work, "faces",
            part=PART, workers=workers,
        )
    )  # fmt: skip


def forget_parts(out: Path) -> None:
    """Remove `<out>.parts`."""
    shutil.rmtree(parts_folder(out))


def parts_folder(out: Path) -> Path:
    """`<out>.parts`: the parts that are done."""
    return out.with_name(out.name + ".parts")


@lru_cache(maxsize=1)
def _cutter(models: Path, side: int, ready: bool) -> FaceCutter:
    """One for all parts that a process cuts: it takes a while to load."""
    return FaceCutter(models, side, ready=ready)


def cut_part(plan: Plan, span: range) -> Arrays:
    """Cut the faces of a part's pictures; the arrays are those of `Cuts`."""
    cutter = _cutter(plan.models, plan.side, plan.ready)
    cuts = {index: cutter.cut(plan.root / plan.items[index].path) for index in span}
    found = {index: cut for index, cut in cuts.items() if isinstance(cut, Cut)}
    reasons = {index: cut for index, cut in cuts.items() if isinstance(cut, str)}
    faces = [cut.face for cut in found.values()]
    digests = [list(cut.digest) for cut in found.values()]
    return {
        "rows": np.array(list(found), np.int64),
        "faces": np.array(faces, np.uint8).reshape(-1, plan.side, plan.side),
        "digests": np.array(digests, np.uint8).reshape(-1, 16),
        "several": np.array([cut.faces_seen > 1 for cut in found.values()], np.bool_),
        "faceless": np.array(list(reasons), np.int64),
        "reasons": np.array(list(reasons.values()), np.str_),
    }
