"""Folders of music files, and the tracks that were found in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from today_feeling.domain.music import Fingerprint, Song
from today_feeling.store.schema import FolderRow, TrackFailureRow, TrackRow
from today_feeling.store.tracks import AVAILABLE, DEAF, HEARD, MISSING, REMOVED, write_song


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the library serves."""

    id: int
    path: Path
    tracks: int
    """Available ones in it."""


def add_folder(session: Session, path: Path, now: datetime) -> Folder:
    """A new folder, still without tracks."""
    row = FolderRow(path=str(path), added_at=now)
    session.add(row)
    session.flush()
    return Folder(row.id, path, 0)


def folders(session: Session) -> list[Folder]:
    """All folders, by path."""
    count = (
        select(func.count())
        .where(TrackRow.folder_id == FolderRow.id, TrackRow.availability == AVAILABLE)
        .scalar_subquery()
    )
    rows = session.execute(select(FolderRow.id, FolderRow.path, count).order_by(FolderRow.path))
    return [Folder(folder_id, Path(path), tracks or 0) for folder_id, path, tracks in rows]


def remove_folder(session: Session, folder_id: int) -> int:
    """Take the folder and its tracks out; returns how many tracks. The diary keeps its songs."""
    gone = session.scalars(
        update(TrackRow)
        .where(TrackRow.folder_id == folder_id)
        .values(availability=REMOVED, folder_id=None)
        .returning(TrackRow.id)
    ).all()
    session.execute(delete(FolderRow).where(FolderRow.id == folder_id))
    return len(gone)


def known_files(session: Session, folder_id: int) -> Mapping[str, Fingerprint]:
    """Path and fingerprint of the folder's available tracks."""
    rows = session.execute(
        select(TrackRow.file_path, TrackRow.file_size, TrackRow.file_mtime_ns).where(
            TrackRow.folder_id == folder_id, TrackRow.availability == AVAILABLE
        )
    )
    return {
        path: Fingerprint(size, mtime_ns)
        for path, size, mtime_ns in rows
        if path is not None and size is not None and mtime_ns is not None
    }


def put_songs(
    session: Session, folder_id: int, songs: Sequence[Song], now: datetime
) -> tuple[int, int]:
    """Add new files, renew changed ones and those that came back; returns (added, changed).

    Failures of a renewed track are forgotten: the file is another one.
    """
    paths = [song.locator for song in songs]
    rows = {
        row.file_path: row
        for row in session.scalars(select(TrackRow).where(TrackRow.file_path.in_(paths)))
    }
    session.execute(
        delete(TrackFailureRow).where(
            TrackFailureRow.track_id.in_([row.id for row in rows.values()])
        )
    )
    for song in songs:
        row = rows.get(song.locator)
        if row is None:
            row = TrackRow(source="library", file_path=song.locator, added_at=now)
            session.add(row)
        if row.content != song.content:
            row.tempo_heard = None
        if row.content != song.content or row.affect_source != HEARD:
            write_song(row, song)
        else:
            # What was heard in it costs more to find out than what is written on it.
            heard = row.valence, row.energy
            write_song(row, song)
            row.valence, row.energy, row.affect_source = *heard, HEARD
        row.folder_id = folder_id
        row.content = song.content
        if song.fingerprint is not None:
            row.file_size, row.file_mtime_ns = song.fingerprint
    return len(songs) - len(rows), len(rows)


def with_content(session: Session, contents: Collection[bytes]) -> dict[bytes, list[str]]:
    """Paths of all files that were ever found with each of these digests; the newest first."""
    found: dict[bytes, list[str]] = {}
    rows = session.execute(
        select(TrackRow.content, TrackRow.file_path)
        .where(TrackRow.content.in_(contents), TrackRow.file_path.is_not(None))
        .order_by(TrackRow.id.desc())
    )
    for content, path in rows:
        if content is not None and path is not None:
            found.setdefault(content, []).append(path)
    return found


def move(session: Session, before: str, now: str) -> bool:
    """A file is elsewhere now: its track goes along, with all that the diary and the learning know
    of it. Returns whether it did; it does not where another track has been at that path."""
    if session.scalar(select(exists().where(TrackRow.file_path == now))):
        return False
    session.execute(
        update(TrackRow).where(TrackRow.file_path == before).values(file_path=now),
        execution_options={"synchronize_session": False},
    )
    return True


def mark_missing(session: Session, folder_id: int, paths: Collection[str]) -> None:
    """These files of the folder are gone, or cannot be read any more; at most some hundreds."""
    session.execute(
        update(TrackRow)
        .where(TrackRow.folder_id == folder_id, TrackRow.file_path.in_(paths))
        .values(availability=MISSING)
    )


class Unheard(NamedTuple):
    """A file whose mood is not known."""

    track_id: int
    file: Path
    folder: Path
    content: bytes | None


def unheard(session: Session, *, again: bool = False) -> list[Unheard]:
    """Files of which nobody has said how glad and how driving they are, in order of their ids.

    `again`: those that were listened to as well, with or without success.
    """
    listened = (HEARD, DEAF) if again else ()
    rows = session.execute(
        select(TrackRow.id, TrackRow.file_path, FolderRow.path, TrackRow.content)
        .join(FolderRow, FolderRow.id == TrackRow.folder_id)
        .where(TrackRow.availability == AVAILABLE, TrackRow.file_path.is_not(None))
        .where(or_(TrackRow.affect_source.is_(None), TrackRow.affect_source.in_(listened)))
        .order_by(TrackRow.id)
    )
    return [
        Unheard(track_id, Path(str(path)), Path(folder), content)
        for track_id, path, folder, content in rows
    ]


def note_heard(session: Session, what: Unheard, heard: tuple[float, float, float] | None) -> None:
    """Keep valence, energy and tempo as they were heard, or, with None, that nothing could be.

    Not where the file is another one by now, or somebody has said meanwhile how it is.
    """
    valence, energy, tempo = heard or (None, None, None)
    session.execute(
        update(TrackRow)
        .where(
            TrackRow.id == what.track_id,
            TrackRow.content == what.content if what.content else TrackRow.content.is_(None),
            or_(TrackRow.affect_source.is_(None), TrackRow.affect_source.in_((HEARD, DEAF))),
        )
        .values(
            valence=valence,
            energy=energy,
            tempo_heard=tempo,
            affect_source=DEAF if heard is None else HEARD,
        )
    )


def overlapping(folders_: Iterable[Folder], path: Path) -> Folder | None:
    """The folder that contains `path` or is inside it, if one is."""
    return next(
        (
            folder
            for folder in folders_
            if path.is_relative_to(folder.path) or folder.path.is_relative_to(path)
        ),
        None,
    )
