"""What was heard in a span is what its plays add up to, whatever happened to those."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.test_plays import recommended
from tests.store.world import START, observation
from today_feeling.domain.diary import Play
from today_feeling.store import accounts, deletions, merge, observations, plays, retention, songs
from today_feeling.store.database import Database
from today_feeling.store.songs import Heard

DAY = timedelta(days=1)
EVER = (START - 1000 * DAY, START + 1000 * DAY)


def added_up(session: Session, user_id: int, start: datetime, end: datetime) -> dict[int, Heard]:
    """What was heard as it must be, from the plays."""
    sums: dict[int, Heard] = {}
    for play in plays.between(session, user_id, start, end):
        track_id = play.recommendation.track.id
        so_far = sums.get(track_id, Heard(track_id, 0, 0, 0, 0.0, play.started_at, 0, 0.0, 0.0))
        sums[track_id] = Heard(
            track_id,
            so_far.plays + 1,
            so_far.kept + (play.outcome not in {"skipped", "failed"}),
            so_far.likes + {True: 1, False: -1, None: 0}[play.liked],
            so_far.seconds + (play.seconds or 0),
            max(so_far.last_at, play.started_at),
            so_far.measured + (play.after is not None),
            so_far.valence_before + (play.after.valence_before if play.after else 0),
            so_far.valence_after + (play.after.valence_after if play.after else 0),
        )
    return sums


def assert_right(session: Session, user_id: int, start: datetime, end: datetime) -> None:
    session.expire_all()
    found = {each.track_id: each for each in songs.heard(session, user_id, start, end)}
    expected = added_up(session, user_id, start, end)
    assert found.keys() == expected.keys()
    for track_id, sums in expected.items():
        assert numbers(found[track_id]) == pytest.approx(numbers(sums))
        assert found[track_id].last_at == sums.last_at


def numbers(sums: Heard) -> list[float]:
    found = [value for value in sums if not isinstance(value, datetime)]
    assert all(isinstance(value, int | float) for value in found)
    return found


@pytest.fixture
def user_id(database: Database, clock: FakeClock) -> int:
    with database.writing() as session:
        return accounts.add_guest(session, clock()).id


@pytest.mark.parametrize("seed", range(2))
def test_songs_follow_every_change(
    database: Database, clock: FakeClock, user_id: int, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311
    ids = count(1)
    played: list[Play] = []
    undo: list[UUID] = []

    def some_time() -> datetime:
        return START + timedelta(seconds=rng.uniform(0, 100 * 86400))

    def play(session: Session) -> None:
        made = recommended(session, user_id, clock, rng.randrange(1, 5))
        begun = plays.start(session, user_id, made.id, some_time())
        assert begun is not None
        played.append(begun)
        how: dict[str, Any] = {
            "outcome": rng.choice(["finished", "skipped", "failed"]),
            "seconds": rng.uniform(60, 300),
            "liked": rng.choice([True, False, None]),
        }
        plays.change(session, user_id, begun, **how)

    def see(session: Session) -> None:
        if played:
            at = rng.choice(played).started_at - timedelta(minutes=2)
            seen = [observation(next(ids), at + timedelta(seconds=10 * n)) for n in range(60)]
            observations.add(session, user_id, seen)

    def delete(session: Session) -> None:
        if played:
            gone = deletions.one(session, user_id, "plays", played.pop().id, clock())
            undo.extend([gone.id] if gone else [])

    def delete_span(session: Session) -> None:
        start = some_time()
        undo.append(deletions.span(session, user_id, (start, start + 9 * DAY), clock()).id)

    def bring_back(session: Session) -> None:
        if undo:
            deletions.undo(session, user_id, undo.pop(), clock())

    changes: list[Callable[[Session], None]] = [
        *[play] * 5,
        *[see] * 3,
        delete,
        delete_span,
        bring_back,
    ]
    for _ in range(30):
        with database.writing() as session:
            rng.choice(changes)(session)
            start, end = sorted([some_time(), some_time()])
            assert_right(session, user_id, start, end)
            assert_right(session, user_id, *EVER)


def test_what_is_older_than_wanted_is_heard_no_more(
    database: Database, clock: FakeClock, user_id: int
) -> None:
    with database.writing() as session:
        for days in (0, 40, 80):
            clock.now = START + days * DAY
            plays.start(session, user_id, recommended(session, user_id, clock).id, clock())
    with database.writing() as session:
        while retention.drop_before(session, user_id, START + 60 * DAY, 100) == 100:
            pass
        assert [each.plays for each in songs.heard(session, user_id, *EVER)] == [1]
        assert_right(session, user_id, *EVER)


def test_what_a_guest_heard_comes_along(database: Database, clock: FakeClock, user_id: int) -> None:
    with database.writing() as session:
        guest = accounts.add_guest(session, clock()).id
        for owner in (user_id, guest):
            plays.start(session, owner, recommended(session, owner, clock).id, START)
        assert [each.plays for each in songs.heard(session, guest, *EVER)] == [1]
        merge.bring(session, guest, user_id)
        assert [each.plays for each in songs.heard(session, user_id, *EVER)] == [2]
