"""Songs that are elsewhere: music servers of the operator, and radio stations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import String, delete, exists, func, literal, select, update
from sqlalchemy import cast as cast_sql
from sqlalchemy.orm import Session

from today_feeling.domain.music import Song
from today_feeling.store.schema import MusicServerRow, TrackRow
from today_feeling.store.statements import chunks
from today_feeling.store.tracks import AVAILABLE, MISSING, REMOVED, write_song

RemoteId = Literal["subsonic", "radio"]


@dataclass(frozen=True, slots=True)
class Server:
    """A music server, and what lets this program in."""

    id: int
    url: str
    user_name: str | None
    salt: str | None
    secret: str = field(repr=False)
    tracks: int
    """Available ones of it."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Where the sound of a track is."""

    source: RemoteId
    key: str
    """Id of the song at its server, or of the station."""
    server: Server | None
    stream_url: str | None
    cover: str | None
    duration_s: float | None


def servers(session: Session) -> list[Server]:
    """All music servers, by address."""
    count = (
        select(func.count())
        .where(TrackRow.server_id == MusicServerRow.id, TrackRow.availability == AVAILABLE)
        .correlate(MusicServerRow)
        .scalar_subquery()
    )
    rows = session.execute(select(MusicServerRow, count).order_by(MusicServerRow.url))
    return [_server(row, tracks or 0) for row, tracks in rows]


def put_server(
    session: Session,
    url: str,
    *,
    user_name: str | None,
    salt: str | None,
    secret: str,
    now: datetime,
) -> Server:
    """A new server, or another way in to one that is there."""
    row = session.scalars(select(MusicServerRow).where(MusicServerRow.url == url)).one_or_none()
    if row is None:
        row = MusicServerRow(url=url, added_at=now)
        session.add(row)
    row.user_name, row.salt, row.secret = user_name, salt, secret
    session.flush()
    return _server(row, 0)


def had_songs(session: Session, source: RemoteId) -> bool:
    """Whether a song of the source was ever kept: those taken out stay, for the diary."""
    return bool(session.scalar(select(exists().where(TrackRow.source == source))))


def remove_server(session: Session, server_id: int) -> int:
    """Forget the server and how to get in; returns how many tracks are taken out.

    Their keys go, too: SQLite may give the server's id to the next one, whose songs are others.
    """
    gone = session.scalars(
        update(TrackRow)
        .where(TrackRow.server_id == server_id)
        .values(
            availability=REMOVED,
            server_id=None,
            remote_key=literal("gone:").concat(cast_sql(TrackRow.id, String)),
        )
        .returning(TrackRow.id)
    ).all()
    session.execute(delete(MusicServerRow).where(MusicServerRow.id == server_id))
    return len(gone)


def put_songs(
    session: Session, source: RemoteId, server_id: int | None, songs: Sequence[Song], now: datetime
) -> tuple[int, int]:
    """Add new songs and renew those that are there; returns (added, changed)."""
    keys = {song.locator: _key(server_id, song.locator) for song in songs}
    rows = {
        row.remote_key: row
        for row in session.scalars(
            select(TrackRow).where(
                TrackRow.source == source, TrackRow.remote_key.in_(list(keys.values()))
            )
        )
    }
    added = changed = 0
    for song in songs:
        row = rows.get(keys[song.locator])
        if row is None:
            row = TrackRow(source=source, remote_key=keys[song.locator], added_at=now)
            session.add(row)
            added += 1
        write_song(row, song)
        row.server_id = server_id
        if row not in session.new and session.is_modified(row):
            changed += 1
    return added, changed


def keep_only(
    session: Session, source: RemoteId, server_id: int | None, locators: Collection[str]
) -> int:
    """Songs of the server, or stations, that are not among these are missing; returns how many."""
    there = {_key(server_id, locator) for locator in locators}
    of_it = (
        TrackRow.server_id == server_id if server_id is not None else TrackRow.server_id.is_(None)
    )
    found = session.execute(
        select(TrackRow.id, TrackRow.remote_key).where(
            TrackRow.source == source, of_it, TrackRow.availability == AVAILABLE
        )
    )
    gone = [track_id for track_id, key in found if key not in there]
    for some in chunks(gone):
        session.execute(update(TrackRow).where(TrackRow.id.in_(some)).values(availability=MISSING))
    return len(gone)


def find(session: Session, track_id: int) -> Remote | None:
    """Where the sound of the track is; None where it is no track that is elsewhere."""
    row = session.get(TrackRow, track_id)
    if row is None or row.remote_key is None or row.availability == REMOVED:
        return None
    server = session.get(MusicServerRow, row.server_id) if row.server_id is not None else None
    key = row.remote_key.partition(":")[2] if row.source == "subsonic" else row.remote_key
    return Remote(
        source=cast("RemoteId", row.source),
        key=key,
        server=_server(server, 0) if server else None,
        stream_url=row.stream_url,
        cover=row.cover,
        duration_s=row.duration_s,
    )


def _key(server_id: int | None, locator: str) -> str:
    return locator if server_id is None else f"{server_id}:{locator}"


def _server(row: MusicServerRow, tracks: int) -> Server:
    return Server(row.id, row.url, row.user_name, row.salt, row.secret, tracks)
