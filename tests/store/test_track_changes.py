"""Whoever holds songs in memory hears of all that changes them, and of little else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, text

from tests.conftest import FakeClock
from tests.store.world import START, add_track, video
from today_feeling.store import accounts, listed, own, track_changes, tracks, transfer, videos
from today_feeling.store.database import Database
from today_feeling.store.schema import Base, TrackChangeRow, TrackRow

ON_POSTGRESQL = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


class Reader:
    """Reads what has changed since it was made, and since it read last."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.reading() as session:
            self.mark = track_changes.latest(session)

    def reads(self) -> list[int]:
        found = self.changes()
        assert not found.everything
        return sorted(found.ids)

    def changes(self) -> track_changes.Changes:
        with self.database.reading() as session:
            found = track_changes.since(session, self.mark)
        self.mark = found.mark
        assert 0 not in found.ids
        return found


@pytest.fixture
def track_id(database: Database) -> int:
    with database.writing() as session:
        return add_track(session)


@pytest.fixture
def reader(database: Database, track_id: int) -> Reader:
    """Came after the track."""
    return Reader(database)


def say(database: Database, statement: str, **values: object) -> None:
    """Past everything that the program knows of itself."""
    with database.writing() as session:
        session.execute(text(statement), values)


def test_what_comes_changes_and_goes_is_told_once(
    database: Database, reader: Reader, track_id: int
) -> None:
    assert reader.reads() == []
    with database.writing() as session:
        second, third = add_track(session, 2), add_track(session, 3)
    assert reader.reads() == [second, third]
    with database.writing() as session:
        session.get_one(TrackRow, second).genre = "rock"
    assert reader.reads() == [second]
    with database.writing() as session:
        tracks.mark_missing(session, third)  # one statement, no row in hand
    assert reader.reads() == [third]
    say(database, "UPDATE tracks SET artist = 'Somebody else'")
    assert reader.reads() == [track_id, second], "the third cannot be played"
    say(database, "UPDATE tracks SET availability = 'available'")
    assert reader.reads() == [third]
    say(database, "DELETE FROM tracks WHERE id = :id", id=second)
    assert reader.reads() == [second]
    assert reader.reads() == []


def test_readers_each_have_a_mark_of_their_own(
    database: Database, reader: Reader, track_id: int
) -> None:
    later = Reader(database)
    say(database, "UPDATE tracks SET year = 1999")
    assert reader.reads() == [track_id]
    say(database, "UPDATE tracks SET year = 2000")
    assert later.reads() == reader.reads() == [track_id]


OTHER = {str: "'other'", bool: "TRUE", int: "1", float: "0.5"}
ANOTHER_SOURCE = "source = 'radio', youtube_video_id = NULL, remote_key = 'one'"
CONDITIONS = [Base.metadata.tables["tracks"].c[name] for name in ("user_id", "availability")]


@pytest.mark.parametrize("column", [*listed.READ[1:], *CONDITIONS], ids=lambda each: each.name)
def test_everything_that_the_recommender_goes_by_is_noted(
    database: Database, clock: FakeClock, reader: Reader, track_id: int, column: Column[object]
) -> None:
    with database.writing() as session:
        assert accounts.add_guest(session, clock()).id == 1
    other = f"{column.name} = {OTHER[column.type.python_type]}"
    change = "UPDATE tracks SET "
    say(database, change + (ANOTHER_SOURCE if column.name == "source" else other))
    assert reader.reads() == [track_id]
    if column.nullable:
        say(database, change + f"{column.name} = NULL")
        assert reader.reads() == [track_id]


def test_what_the_recommender_does_not_go_by_is_quiet(database: Database, reader: Reader) -> None:
    say(database, "UPDATE tracks SET checked_at = added_at, check_result = 'ok', title = 'Other'")
    say(database, "UPDATE tracks SET genre = genre, year = year, availability = availability")
    with database.writing() as session:
        videos.put_songs(session, "import", [video(1)], START)
    assert reader.reads() == []


def test_songs_that_cannot_be_played_are_quiet_and_leave_nothing(
    database: Database, reader: Reader
) -> None:
    noted = count(database)
    say(
        database,
        "INSERT INTO tracks (source, availability, title, genre, added_at, file_path)"
        " VALUES ('library', 'removed', 'Heard elsewhere', 'jazz', :at, 'imported:library::1')",
        at=START.isoformat(),
    )
    say(database, "UPDATE tracks SET genre = 'rock' WHERE source = 'library'")
    say(database, "DELETE FROM tracks WHERE source = 'library'")
    assert reader.reads() == []
    assert count(database) == noted


def test_own_songs_are_noted_when_they_come_and_when_they_go_with_their_user(
    database: Database, clock: FakeClock, reader: Reader
) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        own.put(session, user.id, [video(2)], clock())
    (came,) = reader.reads()
    say(database, "DELETE FROM users")
    assert reader.reads() == [came]


def count(database: Database) -> int:
    with database.reading() as session:
        return session.query(TrackChangeRow).count()


def test_what_is_taken_back_is_told_to_nobody_and_hides_nothing(
    database: Database, reader: Reader
) -> None:
    with database.trying() as session:
        add_track(session, 2)
    assert reader.reads() == []
    with database.writing() as session:
        third = add_track(session, 3)
    assert reader.reads() == [third]


def test_a_song_that_gets_the_id_of_another_is_told(
    database: Database, reader: Reader, track_id: int
) -> None:
    """As SQLite gives it."""
    say(database, "DELETE FROM tracks")
    assert reader.reads() == [track_id]
    say(
        database,
        "INSERT INTO tracks (id, source, availability, title, genre, added_at, remote_key)"
        " VALUES (:id, 'radio', 'available', 'Another', 'jazz', :at, 'one')",
        id=track_id,
        at=START.isoformat(),
    )
    assert reader.reads() == [track_id]


@ON_POSTGRESQL
def test_who_began_earlier_and_commits_later_is_heard_and_makes_nobody_wait(
    database: Database, reader: Reader, track_id: int
) -> None:
    with database.writing() as early:
        begun = add_track(early, 2)
        with database.writing() as late:
            third = add_track(late, 3)
        assert reader.reads() == [third]
        with database.writing() as late:
            early.execute(text("UPDATE tracks SET year = 1 WHERE id = :id"), {"id": track_id})
            fourth = add_track(late, 4)
            assert reader.reads() == []
        assert reader.reads() == [fourth], "and no more, whoever goes on"
    assert reader.reads() == [track_id, begun]
    assert reader.reads() == []


@ON_POSTGRESQL
def test_numbers_of_another_server_say_nothing(
    database: Database, reader: Reader, track_id: int
) -> None:
    say(database, "UPDATE track_changes SET number = 1000000000000")
    assert reader.reads() == []
    say(database, "UPDATE tracks SET year = 1999")
    assert reader.reads() == [track_id]
    reader.mark = "1000000000000:1000000000000:"
    assert reader.changes().everything
    assert not reader.changes().everything


@ON_POSTGRESQL
def test_who_writes_from_another_schema_is_heard(
    database: Database, reader: Reader, track_id: int
) -> None:
    """As `pg_restore` does."""
    with database.writing() as session:
        session.execute(text("SET LOCAL search_path = ''"))
        session.execute(text("UPDATE public.tracks SET year = 1999"))
    assert reader.reads() == [track_id]


@pytest.fixture
def source(database_url: str) -> Iterator[Database]:
    """A database with one song."""
    with Database(database_url) as opened:
        opened.migrate()
        with opened.writing() as session:
            add_track(session)
        yield opened


def test_a_database_that_is_replaced_is_read_anew(
    database: Database, source: Database, reader: Reader, track_id: int
) -> None:
    transfer.copy(source, database, replace=True)
    assert reader.changes().everything
    assert reader.reads() == []
    say(database, "UPDATE tracks SET year = 1999")
    assert reader.reads() == [track_id]


def test_a_step_down_and_up_begins_anew(database: Database, reader: Reader, track_id: int) -> None:
    database.migrate("0011")
    say(database, "DELETE FROM tracks")
    database.migrate()
    assert reader.changes().everything
    with database.writing() as session:
        again = add_track(session, 2)
    assert reader.reads() == [again]
