from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.test_plays import recommended
from tests.store.world import START, entry, observation
from today_feeling.store import (
    accounts,
    arriving,
    deletions,
    entries,
    observations,
    plays,
    portable,
    preferences,
    retention,
)
from today_feeling.store.database import Database
from today_feeling.store.schema import (
    DeletionRow,
    EntryRow,
    ObservationRow,
    PlayRow,
    PreferencesRow,
    QuarterHourRow,
    RecommendationRow,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def user_id(database: Database, clock: FakeClock) -> int:
    """A user with one record of each kind in each of three hours, and a song never played."""
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        other = accounts.add_guest(session, clock())
        for number in range(3):
            for each in (user, other):
                at = START + number * HOUR
                observations.add(session, each.id, [observation(number, at)])
                entries.add(session, each.id, [entry(number, at)])
                clock.now = at
                made = recommended(session, each.id, clock, number)
                plays.start(session, each.id, made.id, at)
                recommended(session, each.id, clock, number)
        return user.id


def counts(session: Session, user_id: int) -> tuple[int, int, int]:
    """What is visible: observations, plays, entries."""
    start, end = START - 24 * HOUR, START + 24 * HOUR
    return (
        len(observations.between(session, user_id, start, end)),
        len(plays.between(session, user_id, start, end)),
        len(entries.between(session, user_id, start, end)),
    )


def rows(session: Session, user_id: int) -> list[int]:
    """What is in the tables: recommendations, plays, observations, entries, deletions."""
    tables = (RecommendationRow, PlayRow, ObservationRow, EntryRow, DeletionRow)
    return [
        session.scalars(
            select(func.count()).select_from(table).where(table.user_id == user_id)
        ).one()
        for table in tables
    ]


@pytest.mark.parametrize(
    ("times", "left"),
    [
        ((None, None), 0),
        ((START + HOUR, None), 1),
        ((None, START + HOUR), 2),
        ((START + HOUR, START + 2 * HOUR), 2),
        ((START + 3 * HOUR, None), 3),
    ],
)
def test_a_span_goes_and_comes_back(
    database: Database,
    clock: FakeClock,
    user_id: int,
    times: tuple[datetime | None, datetime | None],
    left: int,
) -> None:
    with database.writing() as session:
        deletion = deletions.span(session, user_id, times, clock())
        assert counts(session, user_id) == (left,) * 3
        assert deletion.counts == dict.fromkeys(("observations", "plays", "entries"), 3 - left)
    with database.writing() as session:
        assert deletions.undo(session, user_id, deletion.id, clock.advance(minutes=9.99))
        assert counts(session, user_id) == (3, 3, 3)
        assert not deletions.undo(session, user_id, deletion.id, clock())


def test_ten_minutes_later_it_is_gone_for_good(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        early = deletions.span(session, user_id, (None, START + HOUR), clock())
        deletions.span(session, user_id, (START + 2 * HOUR, None), clock.advance(minutes=5))
    with database.writing() as session:
        clock.advance(minutes=5)
        assert not deletions.undo(session, user_id, early.id, clock())
        while deletions.purge(session, clock(), 1):
            pass
        assert counts(session, user_id) == (1, 1, 1)
        assert rows(session, user_id) == [4, 2, 2, 2, 1]
    with database.writing() as session:
        while deletions.purge(session, clock.advance(minutes=5), 100):
            pass
        assert rows(session, user_id) == [2, 1, 1, 1, 0]


def test_with_a_play_goes_what_was_recommended(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        play = plays.between(session, user_id, START, START + HOUR)[0]
        assert deletions.one(session, user_id, "plays", play.id, clock()) is not None
        assert plays.get(session, user_id, play.id) is None
        assert plays.start(session, user_id, play.recommendation.id, clock()) is None
        while deletions.purge(session, clock.advance(minutes=10), 100):
            pass
        assert rows(session, user_id) == [5, 2, 3, 3, 0]


def test_one_deletion_does_not_take_what_another_one_took(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        seen = observations.between(session, user_id, START, START + HOUR)[0]
        one = deletions.one(session, user_id, "observations", seen.id, clock())
        every = deletions.span(session, user_id, (None, None), clock())
        assert one is not None
        assert every.counts["observations"] == 2
        assert deletions.one(session, user_id, "observations", seen.id, clock()) is None
        assert deletions.undo(session, user_id, every.id, clock())
        assert counts(session, user_id) == (2, 3, 3)
        assert deletions.undo(session, user_id, one.id, clock())
        assert counts(session, user_id) == (3, 3, 3)


def test_nobody_deletes_or_brings_back_what_is_anothers(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        stranger = accounts.add_guest(session, clock()).id
        play = plays.between(session, user_id, START, START + HOUR)[0]
        seen = observations.between(session, user_id, START, START + HOUR)[0]
        assert deletions.one(session, stranger, "plays", play.id, clock()) is None
        assert deletions.one(session, stranger, "observations", seen.id, clock()) is None
        assert set(deletions.span(session, stranger, (None, None), clock()).counts.values()) == {0}
        assert counts(session, user_id) == (3, 3, 3)
        deletion = deletions.span(session, user_id, (None, None), clock())
        assert not deletions.undo(session, stranger, deletion.id, clock())
        assert counts(session, user_id) == (0, 0, 0)


def test_what_is_too_old_goes_and_leaves_right_sums(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    before = START + HOUR + timedelta(seconds=1)
    with database.writing() as session:
        extra = observation(9, before)
        observations.add(session, user_id, [extra])
        while retention.drop_before(session, user_id, before, 2) >= 2:
            pass
        assert counts(session, user_id) == (2, 1, 1)
        assert rows(session, user_id)[0] == 2
        sums = session.scalars(select(QuarterHourRow).where(QuarterHourRow.user_id == user_id))
        found = sorted((row.happiness, row.plays, row.entries) for row in sums)
        assert found == [(10, 0, 0), (10, 1, 1)]
        others = session.scalars(select(ObservationRow.user_id))
        assert len([each for each in others if each != user_id]) == 3


def test_only_who_wants_it_has_a_limit(database: Database, clock: FakeClock, user_id: int) -> None:
    with database.writing() as session:
        assert retention.limits(session) == []
        preferences.put(session, user_id, preferences.get(session, user_id))
        session.get_one(PreferencesRow, user_id).retention_days = 30
        session.flush()
        assert retention.limits(session) == [(user_id, 30, None)]


def test_songs_that_only_an_import_named_go_with_the_last_diary_that_names_them(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    from dataclasses import replace

    with database.writing() as session:
        ours = portable.played(session, user_id, None, 1)[0]
        track = replace(ours.recommendation.track, youtube_video_id="elsewhere00", title="Far")
        made = replace(ours.recommendation, track=track, created_at=clock())
        other = accounts.add_guest(session, clock()).id
        assert arriving.add(session, other, [ours._replace(recommendation=made)], clock()) == 1
        arriving.drop_unused_tracks(session)
        (found,) = portable.played(session, other, None, 9)
        told = found.recommendation.track
        assert replace(told, id=track.id, valence=None, energy=None) == track
        deletions.span(session, other, (None, None), clock())
        while deletions.purge(session, clock.advance(minutes=10), 100):
            pass
        arriving.drop_unused_tracks(session)
        from today_feeling.store import tracks

        session.expire_all()
        assert tracks.get(session, told.id) is None
