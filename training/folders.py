"""Folders of labelled pictures: what is there, which class and which split each picture has."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from today_feeling.domain.emotion import EMOTIONS
from today_feeling.vision.frames import PICTURE_SUFFIXES
from training.data import PRIVATE_TEST, PUBLIC_TEST, TRAIN
from training.labels import NAMES, is_other, label_of, split_of

TEST_SHARE = 0.1
"""Of the people, for each of the two test splits, where the folders name no splits."""
_HUB_NAME = re.compile(r"^(?P<person>[^_]{16,})_[^_]+_")
"""AI-Hub's file names begin with a code of the person: `<code>_<sex>_<age>_<emotion>_...`."""


class WrongFolder(Exception):
    """The folder cannot be what was meant; the message says what was expected and what is there."""


@dataclass(frozen=True)
class Item:
    """One picture file."""

    path: Path
    """Relative to the folder that was given."""
    label: int
    """Index in EMOTIONS."""
    split: int
    """TRAIN, PUBLIC_TEST or PRIVATE_TEST."""


@dataclass(frozen=True)
class Skipped:
    """A file that is left out."""

    path: Path
    reason: str


def scan(root: Path) -> tuple[list[Item], list[Skipped]]:
    """List the pictures below a folder whose subfolders are named for classes, sorted.

    The folder nearest to the picture that names a class decides, be it one of the six or another,
    and so for the split. Where no folder names a split, people are dealt to the three splits by a
    hash of their code (in AI-Hub's file names) or of the file's name: always in the same way.

    Raises
    ------
    WrongFolder
        There is no such folder, or nothing in it is named for one of the six classes.
    """
    if not root.exists():
        raise WrongFolder(f"{root}: no such folder")
    if not root.is_dir():
        raise WrongFolder(f"{root} is a file; unpack it and name the folder that holds it")
    items: list[Item] = []
    skipped: list[Skipped] = []
    named_splits: set[int] = set()
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        path = file.relative_to(root)
        folders = path.parent.parts[::-1]
        named = next((name for name in folders if is_other(name) or label_of(name) is not None), "")
        label = label_of(named)
        split = next((found for name in folders if (found := split_of(name)) is not None), None)
        if path.name.startswith(".") or path.suffix.lower() not in PICTURE_SUFFIXES:
            skipped.append(Skipped(path, "not a picture"))
        elif is_other(named):
            skipped.append(Skipped(path, "class is none of the six"))
        elif label is None:
            skipped.append(Skipped(path, "no folder on its way names a class"))
        else:
            named_splits |= set() if split is None else {split}
            items.append(Item(path, label, TRAIN if split is None else split))
    if not items:
        raise WrongFolder(_what_is_wrong(root))
    return _deal(items, named_splits), skipped


def person_of(path: Path) -> str:
    """The person's code of an AI-Hub file name, else the file's name without its suffix."""
    name = unicodedata.normalize("NFC", path.stem)
    match = _HUB_NAME.match(name)
    return match["person"] if match else name


def _deal(items: Sequence[Item], named: set[int]) -> list[Item]:
    """Give the splits that no folder names a share of the people in the train split.

    Somebody who named train and test only still needs a public test, on which passes are chosen.
    """
    missing = [split for split in (PUBLIC_TEST, PRIVATE_TEST) if split not in named]
    if named and PUBLIC_TEST in named:
        return list(items)  # a private test is welcome, but nothing in training needs it

    def dealt(item: Item) -> Item:
        if item.split != TRAIN:
            return item
        draw = hashlib.sha256(person_of(item.path).encode()).digest()[0] / 256
        place = int(draw / TEST_SHARE)
        return replace(item, split=missing[place]) if place < len(missing) else item

    return [dealt(item) for item in items]


def _what_is_wrong(root: Path) -> str:
    there = sorted(path.name for path in root.iterdir())[:8]
    names = "; ".join(f"{emotion}: {', '.join(NAMES[emotion])}" for emotion in EMOTIONS)
    return (
        f"{root}: no picture lies in a folder named for a class ({names}). "
        f"Here lie: {', '.join(there) or 'nothing'}"
    )


def limited(items: Sequence[Item], limit: int) -> list[Item]:
    """At most `limit` pictures of each class and split, spread evenly over the list."""
    groups: dict[tuple[int, int], list[Item]] = {}
    for item in items:
        groups.setdefault((item.split, item.label), []).append(item)
    chosen = {
        group[place * len(group) // limit].path if len(group) > limit else group[place].path
        for group in groups.values()
        for place in range(min(limit, len(group)))
    }
    return [item for item in items if item.path in chosen]
