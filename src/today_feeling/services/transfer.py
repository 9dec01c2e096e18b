"""The diary leaves and comes in: export, and import of our own export or of another app's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from today_feeling.domain import daylio
from today_feeling.domain.bans import Ban
from today_feeling.domain.diary import Entry, Observation, zone
from today_feeling.domain.music import FailureCode, Song, Track
from today_feeling.services import own
from today_feeling.services.preferences import Choices
from today_feeling.store import (
    accounts,
    arriving,
    bans,
    deletions,
    entries,
    observations,
    portable,
    preferences,
)
from today_feeling.store.database import Database
from today_feeling.store.portable import Kept

_PAGE: Final = 1000
"""Rows that are in memory at once."""

_BATCH: Final = 500
"""Records that are written in one transaction, which takes less than 100 ms: others who want to
write wait no longer, and so much is there where the rest fails."""

_NAMING: Final = 25
"""The same of what names songs, which are each looked for, and of plays, which are each measured
against what was seen."""

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Load:
    """Records on their way in."""

    observations: Sequence[Observation] = ()
    entries: Sequence[Entry] = ()
    kept: Sequence[Kept] = ()
    """Plays, and recommendations without one."""
    bans: Sequence[Ban] = ()
    songs: Sequence[Song] = ()
    """The user's own."""
    choices: Choices | None = None
    """Replace what the user chose, but for how long the diary is kept: that deletes, and nobody
    was asked."""
    name: str | None = None
    """Replaces that of an account."""


@dataclass(frozen=True, slots=True)
class Added:
    """How many records were new, and how many were there already."""

    observations: int
    plays: int
    entries: int
    skipped: int


def all_observations(database: Database, user_id: int) -> Iterator[Observation]:
    """Everything that was seen of the user, in order of time."""
    return _every(database, user_id, observations.page)


def all_entries(database: Database, user_id: int) -> Iterator[Entry]:
    """Everything that the user wrote, in order of time."""
    return _every(database, user_id, entries.page)


def all_plays(database: Database, user_id: int) -> Iterator[Kept]:
    """Everything that the user heard, in order of time."""
    return _every(database, user_id, portable.played)


def all_unplayed(database: Database, user_id: int) -> Iterator[Kept]:
    """Everything that was recommended to the user and never sounded."""
    return _every(database, user_id, portable.unplayed)


def all_failures(database: Database, user_id: int) -> Sequence[tuple[Track, FailureCode, datetime]]:
    """Every song that did not play for the user, and why; there are few."""
    with database.reading() as session:
        return portable.failures(session, user_id)


def all_bans(database: Database, user_id: int, now: datetime) -> Sequence[Ban]:
    """Every song and artist that the user does not want to hear now; there are few."""
    with database.reading() as session:
        return bans.of_user(session, user_id, now)


def take_in(database: Database, user_id: int, load: Load, now: datetime) -> Added:
    """Give the records to the user, some of them at a time; what is there already is skipped, so
    the same load again goes on behind what was written.

    What the user has just deleted comes back by it.
    """

    def write(
        records: Sequence[_Record],
        put: Callable[[Session, Sequence[_Record]], int],
        most: int = _BATCH,
    ) -> int:
        return sum(database.writing_some(records, most, put))

    def put_observations(session: Session, some: Sequence[Observation]) -> int:
        deletions.forget(session, "observations", user_id, [each.id for each in some])
        return observations.add(session, user_id, some)

    def put_entries(session: Session, some: Sequence[Entry]) -> int:
        deletions.forget(session, "entries", user_id, [each.id for each in some])
        return entries.add(session, user_id, some)

    def put_kept(session: Session, some: Sequence[Kept]) -> int:
        return arriving.add(session, user_id, some, now)

    def put_bans(session: Session, some: Sequence[Ban]) -> int:
        return arriving.add_bans(session, user_id, some, now)

    # First, so that the diary names these and not songs that nobody can play.
    songs = write(load.songs, lambda session, some: own.take_in(session, user_id, some, now))
    seen = write(load.observations, put_observations)
    written = write(load.entries, put_entries)
    heard = write([kept for kept in load.kept if kept.play is not None], put_kept, _NAMING)
    unheard = write([kept for kept in load.kept if kept.play is None], put_kept, _NAMING)
    banned = write(load.bans, put_bans, _NAMING)
    with database.writing() as session:
        _choose(session, user_id, load)
    lists = (load.observations, load.entries, load.kept, load.bans, load.songs)
    added = songs + seen + written + heard + unheard + banned
    return Added(seen, heard, written, sum(map(len, lists)) - added)


def _choose(session: Session, user_id: int, load: Load) -> None:
    if load.choices is not None:
        kept = preferences.get_options(session, user_id).retention_days
        preferences.put(session, user_id, load.choices.preferences)
        options = replace(load.choices.options, retention_days=kept)
        preferences.put_options(session, user_id, options)
    user = accounts.get(session, user_id)
    if load.name is not None and user is not None and not user.guest:
        accounts.change_profile(session, user_id, name=load.name, email=None)


def take_in_daylio(
    database: Database, user_id: int, text: str, timezone: str, now: datetime
) -> tuple[Added, Sequence[daylio.Problem]]:
    """Give the user the entries of a file from Daylio. Raises `InvalidInput` where it is none."""
    found = daylio.read(text, zone(timezone), now)
    return take_in(database, user_id, Load(entries=found.entries), now), found.problems


def _every(
    database: Database,
    user_id: int,
    page: Callable[[Session, int, _Record | None, int], Sequence[_Record]],
) -> Iterator[_Record]:
    """All pages one after the other; no transaction is open while somebody reads slowly."""
    last: _Record | None = None
    while True:
        with database.reading() as session:
            found = page(session, user_id, last, _PAGE)
        yield from found
        if len(found) < _PAGE:
            return
        last = found[-1]
