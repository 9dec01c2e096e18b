"""Use cases that meet in the database: they wait for each other, and never in a circle."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.services.test_listening import Listener, add_videos
from tests.store.world import START, entry, observation
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.errors import NotFound
from today_feeling.services import bans, learning
from today_feeling.store import (
    accounts,
    corrections,
    deletions,
    entries,
    merge,
    observations,
    rollups,
    taste,
)
from today_feeling.store import database as database_module
from today_feeling.store.database import Database
from today_feeling.store.schema import (
    BanRow,
    EntryRow,
    ObservationRow,
    PersonTasteRow,
    PlayRow,
    SongTasteRow,
)


def until_waiting(session: Session, count: int) -> None:
    """Go on when so many wait for a lock; in SQLite nobody can tell."""
    for _ in range(50):
        time.sleep(0.1)
        if session.get_bind().dialect.name == "sqlite":
            return
        waiting = session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))
        if waiting is not None and waiting >= count:
            return


def test_a_ban_and_a_log_in_at_once_wait_for_each_other(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is held here is held for as long as the others take to come, on a busy machine too;
    # a circle is found by PostgreSQL itself, after a second.
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 60_000)
    add_videos(database, "jazz", 1)
    guest = Listener(database, clock)
    made = guest.asks()
    guest.plays(made)
    with database.writing() as session:
        account_id = accounts.add_guest(session, clock()).id
        session.add(SongTasteRow(track_id=made.track.id, surprise=0.0, opinions=0.0))

    def log_in() -> None:
        with database.writing() as session:
            merge.bring(session, guest.id, account_id)

    with ThreadPoolExecutor() as pool:
        # Learning waits for the song that is held here, the log-in for learning.
        with database.writing() as session:
            session.scalars(select(SongTasteRow).with_for_update()).all()
            banning = pool.submit(bans.add, database, guest.id, "song", made.id, clock())
            until_waiting(session, 1)
            logging_in = pool.submit(log_in)
            until_waiting(session, 2)
        logging_in.result()
    if isinstance(banning.exception(), NotFound):
        return  # the log-in came first, and what was the guest's is the account's
    banning.result()
    with database.reading() as session:
        assert session.scalars(select(BanRow.user_id)).all() == [account_id]


def test_what_is_being_learned_just_now_is_forgotten_too(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 60_000)
    add_videos(database, "jazz", 1)
    listener = Listener(database, clock)
    made = listener.asks()
    listener.plays(made)
    with ThreadPoolExecutor() as pool:
        with database.writing() as session:
            taste.hold(session, listener.id)
            taste.learn(session, listener.id, made.id, Opinion(1.0, 1.0))
            forgetting = pool.submit(learning.forget_taste, database, listener.id)
            until_waiting(session, 1)
        forgetting.result()
    with database.reading() as session:
        assert session.scalars(select(PersonTasteRow.user_id)).all() == []


Write = Callable[[Session, int], object]

WRITES: dict[str, Write] = {
    "a deleted span": lambda session, user: deletions.span(session, user, (None, None), START),
    "deleted readings": lambda session, user: deletions.readings(
        session, user, (START - timedelta(days=1), START + timedelta(days=1)), None, START
    ),
    "a deleted entry": lambda session, user: deletions.one(
        session, user, "entries", UUID(int=1), START
    ),
    "a correction": lambda session, user: observations.correct(
        session, user, UUID(int=1), "sadness"
    ),
    "corrected readings": lambda session, user: corrections.span(
        session, user, (START, START + timedelta(days=1)), None, "sadness", now=START
    ),
    "a changed entry": lambda session, user: entries.put(
        session, user, entry(1, START, note="Other")
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_whoever_writes_in_a_diary_holds_its_user_first(
    database: Database, clock: FakeClock, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 60_000)
    add_videos(database, "jazz", 1)
    listener = Listener(database, clock)
    listener.plays(listener.asks())
    with database.writing() as session:
        observations.add(session, listener.id, [observation(1, START)])
        entries.add(session, listener.id, [entry(1, START)])

    def write() -> None:
        with database.writing() as session:
            WRITES[name](session, listener.id)

    with ThreadPoolExecutor() as pool:
        # As an observation does that is noted meanwhile: the user first, then what it tells of.
        with database.writing() as session:
            rollups.lock(session, listener.id)
            writing = pool.submit(write)
            until_waiting(session, 1)
            for row in (ObservationRow, PlayRow, EntryRow):
                session.execute(update(row).values(user_id=listener.id))
        writing.result()
