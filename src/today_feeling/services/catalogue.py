"""What there is to play: the starter songs, imported lists, and folders of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from today_feeling.domain.music import GENRES, SOURCES, Genre, Song, SourceId
from today_feeling.errors import Conflict, InvalidInput, NotFound, UnreadableMedia
from today_feeling.music.completing import cut_names
from today_feeling.music.library import LibraryFolder
from today_feeling.music.sheet import Sheet
from today_feeling.music.source import Skipped, Unchanged
from today_feeling.music.youtube import STARTER_SONGS
from today_feeling.store import catalogue as store
from today_feeling.store import library, tracks, videos
from today_feeling.store.catalogue import Item, Wanted
from today_feeling.store.database import Database
from today_feeling.store.library import Folder

_BATCH: Final = 200
"""Songs written in one transaction, so that a big folder does not hold the database."""


@dataclass(slots=True)
class Report:
    """What became of a folder or a list."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    """Files that are elsewhere now."""
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Overview:
    """How many tracks there are to play; every genre and source is named."""

    genres: Mapping[Genre, int]
    sources: Mapping[SourceId, int]


OnFile = Callable[[int, str], None]
"""Told the number of files looked at so far, and the one looked at now."""


def overview(database: Database, user_id: int) -> Overview:
    """What there is to play for the user."""
    with database.reading() as session:
        by_genre = tracks.count_by_genre(session, user_id)
        by_source = tracks.count_by_source(session, user_id)
    return Overview(
        genres={genre: by_genre.get(genre, 0) for genre in GENRES},
        sources={source: by_source.get(source, 0) for source in SOURCES},
    )


def find(database: Database, wanted: Wanted) -> list[Item]:
    """Songs of everybody's."""
    with database.reading() as session:
        return store.find(session, wanted)


def pick(database: Database, names: Sequence[str]) -> list[Item]:
    """The songs with these ids, or with videos of these ids. Raises `NotFound`."""
    with database.reading() as session:
        found = store.named(session, names)
    for name in names:
        if name not in found:
            raise NotFound(f"There is no song {name} in the catalogue.")
    return [found[name] for name in dict.fromkeys(names)]


def edit(database: Database, name: str, changes: Mapping[str, Any]) -> Item:
    """Change what is known of a song. Raises `NotFound`, and `InvalidInput` for an empty title."""
    (item,) = pick(database, [name])
    with database.writing() as session:
        return store.edit(session, item.track.id, cut_names(changes))


def remove(database: Database, track_ids: Sequence[int]) -> int:
    """Take songs out; the diary keeps their names. Returns how many were in."""
    with database.writing() as session:
        return store.remove(session, track_ids)


def load_starter_songs(database: Database, *, now: datetime, path: Path = STARTER_SONGS) -> Report:
    """Bring the starter songs to those of this release; again changes nothing."""
    return _load_list(database, path, videos.STARTER, now)


def list_folders(database: Database) -> list[Folder]:
    """The folders of the library."""
    with database.reading() as session:
        return library.folders(session)


def add_folder(
    database: Database, path: Path, *, now: datetime, on_file: OnFile | None = None
) -> Report:
    """Add a folder with everything in it; one that is there already is read again.

    Raises `InvalidInput` where it is no folder, `Conflict` where it overlaps another.
    """
    if not path.is_dir():
        raise InvalidInput(f"{path} is not a folder.")
    real = path.resolve()
    with database.writing() as session:
        folders = library.folders(session)
        folder = next((folder for folder in folders if folder.path == real), None)
        if folder is None:
            other = library.overlapping(folders, real)
            if other is not None:
                raise Conflict(f"{real} overlaps {other.path}, which is in the library.")
            folder = library.add_folder(session, real, now)
    return _scan(database, folder, now, on_file)


def rescan(
    database: Database, *, now: datetime, on_file: OnFile | None = None
) -> Mapping[Path, Report]:
    """Read every folder again: what is new, has changed, is gone or came back."""
    return {folder.path: _scan(database, folder, now, on_file) for folder in list_folders(database)}


def remove_folder(database: Database, path: Path) -> int:
    """Take a folder out of the library; returns how many tracks. No file is touched."""
    wanted = {path, path.absolute(), path.resolve()}
    with database.writing() as session:
        for folder in library.folders(session):
            if folder.path in wanted:
                return library.remove_folder(session, folder.id)
    raise NotFound(f"{path} is not in the library.")


def _load_list(
    database: Database, path: Path, catalogue: videos.Catalogue, now: datetime
) -> Report:
    found = list(Sheet(path).songs())
    songs = [item for item in found if isinstance(item, Song)]
    with database.writing() as session:
        counts = videos.put_songs(session, catalogue, songs, now)
    return Report(**counts._asdict(), skipped=[item for item in found if isinstance(item, Skipped)])


def _scan(database: Database, folder: Folder, now: datetime, on_file: OnFile | None) -> Report:
    with database.reading() as session:
        known = library.known_files(session, folder.id)
    report = Report()
    gone = set(known)
    batch: list[Song] = []

    def write() -> None:
        left = _left_places(database, batch)
        with database.writing() as session:
            moved = _follow_moved(session, batch, left)
            added, changed = library.put_songs(session, folder.id, batch, now)
        gone.difference_update(moved)
        report.moved += len(moved)
        report.added += added
        report.changed += changed - len(moved)
        batch.clear()

    try:
        for number, item in enumerate(LibraryFolder(folder.path).songs(known), start=1):
            if on_file is not None:
                on_file(number, item.locator)
            if isinstance(item, Skipped):
                report.skipped.append(item)
                continue
            gone.discard(item.locator)
            if isinstance(item, Unchanged):
                report.unchanged += 1
                continue
            batch.append(item)
            if len(batch) >= _BATCH:
                write()
    except UnreadableMedia as error:
        report.skipped.append(Skipped(str(folder.path), str(error)))
    if batch:
        write()
    database.writing_some(
        sorted(gone), _BATCH, lambda session, some: library.mark_missing(session, folder.id, some)
    )
    report.removed = len(gone)
    return report


def _left_places(database: Database, songs: Sequence[Song]) -> dict[bytes, list[str]]:
    """Where files of the same contents were, and are no more. What is still there was copied, and a
    copy is a song of its own. Disks are slow: nobody who writes is to wait for this."""
    with database.reading() as session:
        known = library.with_content(session, [song.content for song in songs if song.content])
    return {
        content: [path for path in paths if not Path(path).exists()]
        for content, paths in known.items()
    }


def _follow_moved(
    session: Session, songs: Sequence[Song], left: Mapping[bytes, Sequence[str]]
) -> set[str]:
    """Let the tracks of files that are elsewhere now go along; returns where they were."""
    moved: set[str] = set()
    for song in songs:
        for path in left.get(song.content or b"", ()):
            if path in moved or path == song.locator:
                continue
            if library.move(session, path, song.locator):
                moved.add(path)
            break
    return moved
