"""Pictures of music files: in their tags, or beside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from tinytag import TinyTag

from today_feeling.music.library import servable

_MOST_COVER_BYTES: Final = 10_000_000
_COVER_NAMES: Final = tuple(
    f"{name}{suffix}"
    for name in ("cover", "folder", "front")
    for suffix in (".jpg", ".jpeg", ".png", ".webp")
)
_PICTURES: Final = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def cover(file: Path, folder: Path) -> tuple[bytes, str] | None:
    """The picture of a file of a library folder, and its media type; None where it has none.

    That is the one in its tags, else a `cover`, `folder` or `front` picture beside it. Raises
    `NotFound` as `servable` does.
    """
    real, _ = servable(file, folder)
    try:
        image = TinyTag.get(real, duration=False, image=True).images.any
    except Exception:  # a parser of foreign bytes may raise anything at all
        image = None
    if image is not None and (kind := _picture(image.data)):
        return image.data, kind
    root = folder.resolve()
    try:
        beside = {each.name.lower(): Path(each.path) for each in os.scandir(real.parent)}
        for name in _COVER_NAMES:
            path = beside.get(name)
            if path is None or not path.resolve(strict=True).is_relative_to(root):
                continue
            if path.stat().st_size > _MOST_COVER_BYTES:
                continue
            data = path.read_bytes()
            if kind := _picture(data):
                return data, kind
    except OSError:
        return None
    return None


def _picture(data: bytes) -> str | None:
    """The media type of a picture that a page may show; by its bytes, whatever its tag says."""
    if len(data) > _MOST_COVER_BYTES:
        return None
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _PICTURES if data.startswith(magic)), None)
