"""Songs from elsewhere: which there are, where their sound is, and that they were heard."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore
from typing import Final

from today_feeling.domain.music import Song
from today_feeling.errors import NotFound, SourceUnavailable, TodayFeelingError
from today_feeling.music.radio import DIRECTORY, RadioDirectory
from today_feeling.music.source import Found, Skipped
from today_feeling.music.subsonic import Login, SubsonicServer
from today_feeling.store import preferences, remote
from today_feeling.store.database import Database
from today_feeling.store.remote import RemoteId, Server

_BATCH: Final = 200
_COVER_WAIT_S: Final = 1.0
_COVERS: Final = BoundedSemaphore(6)
"""So many covers are fetched at once: as many as a page asks for."""
_COUNTING: Final = BoundedSemaphore(4)
"""So many are told at once what is heard: where they are slow, the rest is not told."""
_COUNTING_S: Final = 3.0
_HEARD_AFTER_S: Final = 240.0
"""Of a song whose half is longer: as players that scrobble count."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Where the sound of a song is, for this program alone."""

    source: RemoteId
    url: str = field(repr=False)
    query: dict[str, str] = field(repr=False)


@dataclass(slots=True)
class Synced:
    """What became of the songs of a server, or of the stations."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    found: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def add_server(database: Database, login: Login, *, now: datetime) -> Server:
    """Keep the server, once it lets us in. Raises `InvalidInput` and `SourceUnavailable`."""
    SubsonicServer(login, tries=2).ping()
    with database.writing() as session:
        # Who had songs of one may have switched them off since.
        if not remote.servers(session) and not remote.had_songs(session, "subsonic"):
            preferences.offer(session, "subsonic")
        return remote.put_server(
            session,
            login.url,
            user_name=login.user_name,
            salt=login.salt,
            secret=login.secret,
            now=now,
        )


def list_servers(database: Database) -> list[Server]:
    """All music servers."""
    with database.reading() as session:
        return remote.servers(session)


def remove_server(database: Database, url: str) -> int:
    """Forget the server; returns how many tracks are taken out. Raises `NotFound`."""
    with database.writing() as session:
        for server in remote.servers(session):
            if server.url == url.rstrip("/"):
                return remote.remove_server(session, server.id)
    raise NotFound(f"There is no music server {url}.")


def sync_server(database: Database, server: Server, *, now: datetime) -> Synced:
    """Bring the songs of a server up to date. Raises `UnreadableMedia`."""
    return _sync(database, "subsonic", server.id, _server(server).songs(), now)


def sync_radio(database: Database, directory: RadioDirectory, *, now: datetime) -> Synced:
    """Bring the stations up to date. Raises `UnreadableMedia`."""
    return _sync(database, "radio", None, directory.songs(), now)


def remove_radio(database: Database) -> int:
    """Take all stations out; returns how many."""
    with database.writing() as session:
        return remote.keep_only(session, "radio", None, ())


def stream(database: Database, track_id: int) -> Stream | None:
    """Where the sound of the track is; None where it is not elsewhere."""
    with database.reading() as session:
        found = remote.find(session, track_id)
    if found is None:
        return None
    if found.source == "radio" and found.stream_url:
        return Stream("radio", found.stream_url, {})
    if found.server is None:
        raise NotFound("The music server of this song is not used any more.")
    url, query = _server(found.server).stream(found.key)
    return Stream("subsonic", url, query)


def cover(database: Database, track_id: int) -> tuple[bytes, str] | None:
    """The picture of a song on a music server; None where there is none."""
    with database.reading() as session:
        found = remote.find(session, track_id)
    if found is None or found.server is None or found.cover is None:
        return None
    # Whoever waits for a picture holds a thread, which songs need more.
    if not _COVERS.acquire(timeout=_COVER_WAIT_S):
        raise SourceUnavailable("Too many pictures are being fetched.")
    try:
        return _server(found.server).cover(found.cover)
    finally:
        _COVERS.release()


def heard(
    database: Database,
    track_id: int,
    *,
    began_at: datetime,
    seconds: float | None,
    seconds_before: float = 0.0,
    directory: str = DIRECTORY,
) -> None:
    """Tell those who count what is heard elsewhere: that it began, or, with `seconds`, that so much
    of it was heard, where that is news after `seconds_before`. Nobody waits for it, so nothing is
    raised; where those who count are slow, they miss it, as it holds a thread that songs need."""
    if not _COUNTING.acquire(blocking=False):
        return
    with ExitStack() as counting, suppress(TodayFeelingError):
        counting.callback(_COUNTING.release)
        with database.reading() as session:
            found = remote.find(session, track_id)
        if found is None:
            return
        if found.source == "radio":
            if seconds is None:
                RadioDirectory(directory).count_click(found.key)
            return
        if found.server is None:
            return
        server = SubsonicServer(_login(found.server), tries=1, timeout_s=_COUNTING_S)
        half = min((found.duration_s or 2 * _HEARD_AFTER_S) / 2, _HEARD_AFTER_S)
        if seconds is None:
            server.scrobble(found.key, at_ms=None)
        elif seconds_before < half <= seconds:
            at_ms = int(began_at.timestamp() * 1000)
            server.scrobble(found.key, at_ms=at_ms)


def _sync(
    database: Database,
    source: RemoteId,
    server_id: int | None,
    items: Iterable[Found],
    now: datetime,
) -> Synced:
    done = Synced()
    there: set[str] = set()
    batch: list[Song] = []

    def write() -> None:
        with database.writing() as session:
            added, changed = remote.put_songs(session, source, server_id, batch, now)
        done.added, done.changed = done.added + added, done.changed + changed
        batch.clear()

    for item in items:
        if isinstance(item, Skipped):
            done.skipped.append(item)
        elif isinstance(item, Song):
            there.add(item.locator)
            batch.append(item)
        if len(batch) >= _BATCH:
            write()
    write()
    with database.writing() as session:
        done.removed = remote.keep_only(session, source, server_id, there)
    done.found = len(there)
    return done


def _login(server: Server) -> Login:
    return Login(server.url, server.user_name, server.salt, server.secret)


def _server(server: Server) -> SubsonicServer:
    return SubsonicServer(_login(server))
