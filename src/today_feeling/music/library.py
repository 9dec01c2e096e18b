"""Music files in a folder of the user."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tinytag import TinyTag

from today_feeling.domain.music import Fingerprint, Song, SourceId
from today_feeling.errors import NotFound, UnreadableMedia
from today_feeling.music.genres import genre_from_tag
from today_feeling.music.source import Found, Skipped, Unchanged
from today_feeling.music.tempo import tempo_told

MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
}
"""Formats that browsers play, by suffix."""

_UNTAGGED: Final = {".aac"}
"""A bare stream: there is nothing to read in it."""

_MAX_PATH_BYTES: Final = 2000
"""PostgreSQL cannot index longer text."""

_SAMPLE_BYTES: Final = 65_536
"""Read of each new file, from its middle, to know it again: far from tags, which may change."""

_TRACK_NUMBER: Final = re.compile(r"^(?:0\d{1,2}[\s._-]+|\d{1,3}\s*[-._]\s+)(?=\S)")


class LibraryFolder:
    """A folder with everything below it; links are followed as long as they stay inside."""

    id: Final[SourceId] = "library"

    def __init__(self, root: Path) -> None:
        self._root = root

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`; a file of the same size and time of change is not read again."""
        if not self._root.is_dir():
            raise UnreadableMedia(f"{self._root} is not a folder, or cannot be reached.")
        root = self._root.resolve()
        seen: set[Path] = set()
        for item in _walk(root, root, seen):
            if isinstance(item, Skipped):
                yield item
            else:
                yield _look_at(item, known or {})


def servable(file: Path, folder: Path) -> tuple[Path, str]:
    """The real path and media type of a file of a library folder.

    Raises `NotFound` where it is gone, is no music file, or lies outside the folder (a link may
    have changed since the folder was read).
    """
    media_type = MEDIA_TYPES.get(file.suffix.lower())
    try:
        real = file.resolve(strict=True)
        inside = real.is_relative_to(folder.resolve(strict=True))
    except (OSError, RuntimeError):
        inside = False
    if media_type is None or not inside or not real.is_file():
        raise NotFound("The file of this song is not there any more.")
    return real, media_type


def _content(path: Path, size: int) -> bytes:
    """A digest that a file keeps where it is moved, and almost never shares with another."""
    with path.open("rb", buffering=0) as file:
        file.seek(max(0, (size - _SAMPLE_BYTES) // 2))
        sample = file.read(_SAMPLE_BYTES)
    return hashlib.sha256(size.to_bytes(8, "big") + sample).digest()


def _walk(folder: Path, root: Path, seen: set[Path]) -> Iterator[Path | Skipped]:
    """Music files below `folder`, each real file once, in the order of their names."""
    seen.add(folder)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(_shown(folder), f"the folder cannot be read: {error.strerror}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            path = _inside(entry, root)
        except (OSError, RuntimeError) as error:
            yield Skipped(_shown(entry.path), f"cannot be read: {error}")
            continue
        except UnreadableMedia as error:
            yield Skipped(_shown(entry.path), str(error))
            continue
        if path is None or path in seen:
            continue
        if path.is_dir():
            yield from _walk(path, root, seen)
        else:
            seen.add(path)
            yield path


def _inside(entry: os.DirEntry[str], root: Path) -> Path | None:
    """The real path of a folder or a music file; None where it is neither.

    Raises `UnreadableMedia` for a link that leads nowhere or out of `root`.
    """
    path = Path(entry.path)
    if entry.is_symlink():
        if path.suffix.lower() not in MEDIA_TYPES and not path.is_dir():
            return None
        if not path.exists():
            raise UnreadableMedia("the link leads nowhere")
        path = path.resolve(strict=True)
        if not path.is_relative_to(root):
            raise UnreadableMedia("the link leads out of the folder")
    is_music = path.suffix.lower() in MEDIA_TYPES and path.is_file()
    return path if is_music or path.is_dir() else None


def _look_at(path: Path, known: Mapping[str, Fingerprint]) -> Found:
    locator = str(path)
    try:
        length = len(locator.encode())
    except UnicodeEncodeError:
        return Skipped(_shown(path), "the name is not valid UTF-8")
    if length > _MAX_PATH_BYTES:
        return Skipped(locator, "the path is too long")
    try:
        status = path.stat()
    except OSError as error:
        return Skipped(locator, f"cannot be read: {error.strerror}")
    fingerprint = Fingerprint(status.st_size, status.st_mtime_ns)
    if known.get(locator) == fingerprint:
        return Unchanged(locator)
    try:
        return _read(path, fingerprint)
    except UnreadableMedia as error:
        return Skipped(locator, str(error))


def _read(path: Path, fingerprint: Fingerprint) -> Song:
    """The song with its tags; raises `UnreadableMedia`."""
    artist_of_name, title_of_name = _from_name(path.stem)
    if fingerprint.size == 0:
        raise UnreadableMedia("the file is empty")
    if path.suffix.lower() in _UNTAGGED:
        if not os.access(path, os.R_OK):
            raise UnreadableMedia("cannot be read: Permission denied")
        content = _content(path, fingerprint.size)
        return Song(
            str(path),
            title_of_name,
            artist_of_name,
            "extra",
            fingerprint=fingerprint,
            content=content,
        )
    try:
        tag = TinyTag.get(path)
        content = _content(path, fingerprint.size)
    except OSError as error:
        raise UnreadableMedia(f"cannot be read: {error.strerror}") from error
    except Exception as error:  # a parser of foreign bytes may raise anything at all
        raise UnreadableMedia(f"is damaged: {error}") from error
    if not tag.duration or tag.duration <= 0:
        raise UnreadableMedia("no sound was found in it")
    title = _clean(tag.title)
    return Song(
        locator=str(path),
        title=title or title_of_name,
        artist=_clean(tag.artist) or (None if title else artist_of_name),
        genre=genre_from_tag(tag.genre),
        year=_year(tag.year),
        tempo=tempo_told(*tag.other.get("bpm", ())),
        duration_s=float(tag.duration),
        fingerprint=fingerprint,
        content=content,
    )


def _from_name(stem: str) -> tuple[str | None, str]:
    """`01 - Artist - Title` and the like; artist is None where the name has only a title."""
    name = " ".join(_TRACK_NUMBER.sub("", stem.replace("_", " ")).split()) or stem
    artist, dash, title = name.partition(" - ")
    return (artist[:500], title[:500]) if dash and artist and title else (None, name[:500])


def _clean(text: str | None) -> str | None:
    """Tags carry padding and control characters, and PostgreSQL refuses NUL."""
    printable = "".join(c if c.isprintable() else " " for c in text or "")
    return " ".join(printable.split())[:500] or None


def _year(text: str | None) -> int | None:
    found = re.match(r"\s*(\d{4})", text or "")
    return int(found[1]) if found and int(found[1]) else None


def _shown(path: str | Path) -> str:
    """A path that can be printed, also where its bytes are not valid UTF-8."""
    return os.fsencode(path).decode(errors="replace")
