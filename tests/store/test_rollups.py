"""Sums are what the records add up to, whatever happened to those."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.test_plays import recommended
from tests.store.world import START, entry, observation
from today_feeling.domain.diary import READINGS, day_bounds, seconds_by_reading, zone
from today_feeling.domain.emotion import EMOTIONS
from today_feeling.domain.statistics import Buckets, buckets, quarter_of, runs
from today_feeling.store import (
    accounts,
    corrections,
    deletions,
    entries,
    observations,
    plays,
    rollups,
)
from today_feeling.store.database import Database
from today_feeling.store.schema import QuarterHourRow

DAY = timedelta(days=1)


def kept(session: Session, user_id: int) -> dict[int, list[float]]:
    """The sums that are kept."""
    rows = session.scalars(select(QuarterHourRow).where(QuarterHourRow.user_id == user_id))
    return {
        row.quarter: [*(getattr(row, each) for each in READINGS), row.plays, row.entries]
        for row in rows
    }


def summed(session: Session, user_id: int) -> dict[int, list[float]]:
    """The sums as they must be, from the records."""
    start, end = START - 400 * DAY, START + 400 * DAY
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0] * 9)
    for seen in observations.between(session, user_id, start, end):
        row = sums[quarter_of(seen.observed_at)]
        for number, seconds in enumerate(seconds_by_reading([seen]).values()):
            row[number] += seconds
    for play in plays.between(session, user_id, start, end):
        sums[quarter_of(play.started_at)][7] += 1
    for written in entries.between(session, user_id, start, end):
        sums[quarter_of(written.at)][8] += 1
    return dict(sums)


def assert_right(session: Session, user_id: int) -> None:
    session.flush()
    found, expected = kept(session, user_id), summed(session, user_id)
    assert found.keys() == expected.keys()
    for quarter, sums in expected.items():
        assert found[quarter] == pytest.approx(sums)


@pytest.mark.parametrize("seed", range(3))
def test_sums_follow_every_change(database: Database, clock: FakeClock, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    numbers = count(1)
    ids: list[UUID] = []
    undo: list[UUID] = []
    with database.writing() as session:
        user_id = accounts.add_guest(session, clock()).id
        other_id = accounts.add_guest(session, clock()).id

    def some_time() -> datetime:
        return START + timedelta(seconds=rng.uniform(0, 3 * 3600))

    def see(session: Session) -> None:
        seen = [
            observation(
                next(numbers),
                some_time(),
                emotion=rng.choice(READINGS),
                duration_s=rng.uniform(0.1, 20),
                unsure_share=rng.random(),
            )
            for _ in range(rng.randrange(1, 6))
        ]
        observations.add(session, user_id, seen)
        observations.add(session, other_id, seen)
        ids.extend(each.id for each in seen)

    def correct(session: Session) -> None:
        if ids:
            said = rng.choice([None, *EMOTIONS])
            observations.correct(session, user_id, rng.choice(ids), said)

    def write(session: Session) -> None:
        entries.add(session, user_id, [entry(next(numbers), some_time())])

    def rewrite(session: Session) -> None:
        for written in entries.page(session, user_id, None, 1):
            entries.put(session, user_id, replace(written, at=some_time()))

    def play(session: Session) -> None:
        made = recommended(session, user_id, clock, next(numbers))
        plays.start(session, user_id, made.id, some_time())

    def delete(session: Session) -> None:
        if ids:
            gone = deletions.one(session, user_id, "observations", rng.choice(ids), clock())
            undo.extend([gone.id] if gone else [])

    def delete_span(session: Session) -> None:
        times: Any = (rng.choice([None, some_time()]), rng.choice([None, some_time()]))
        undo.append(deletions.span(session, user_id, times, clock()).id)

    def change_readings(session: Session) -> None:
        start = some_time()
        times, shown = (start, start + timedelta(hours=1)), rng.choice([None, *READINGS])
        said = rng.choice([None, *EMOTIONS])
        done = corrections.span(session, user_id, times, shown, said, now=clock())
        gone = deletions.readings(session, user_id, times, rng.choice(READINGS), clock())
        undo.extend([gone.id, done.id])

    def bring_back(session: Session) -> None:
        if undo:
            last = undo.pop()
            deletions.undo(session, user_id, last, clock())
            corrections.undo(session, user_id, last, clock())

    changes = [see, see, see, correct, write, rewrite, play, delete, delete_span, bring_back]
    changes += [change_readings, bring_back]
    for _ in range(25):
        with database.writing() as session:
            rng.choice(changes)(session)
            assert_right(session, user_id)
    with database.reading() as session:
        assert_right(session, other_id)


def test_an_instant_just_before_a_quarter_hour_is_before_it(
    database: Database, clock: FakeClock
) -> None:
    edge = START + timedelta(minutes=15)
    with database.writing() as session:
        user_id = accounts.add_guest(session, clock()).id
        times = (edge - timedelta(microseconds=1), edge)
        observations.add(
            session, user_id, [observation(number, time) for number, time in enumerate(times)]
        )
        assert sorted(kept(session, user_id)) == [quarter_of(START), quarter_of(edge)]
        spans = Buckets(START, 60, 16)
        seconds = [sum(each) for each in rollups.by_bucket(session, user_id, spans)]
    assert seconds == [0] * 14 + [10, 10]


@pytest.mark.parametrize(
    "name", ["Asia/Seoul", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]
)
def test_days_in_any_zone_are_those_of_the_records(
    database: Database, clock: FakeClock, name: str
) -> None:
    """Over a change of clocks, in steps that no hour fits."""
    first, last = date(2026, 3, 27), date(2026, 3, 31)
    start = datetime.combine(first, START.timetz())
    with database.writing() as session:
        user_id = accounts.add_guest(session, clock()).id
        seen = [
            observation(number, start + timedelta(minutes=7 * number), emotion=READINGS[number % 7])
            for number in range(700)
        ]
        observations.add(session, user_id, seen)
        days = rollups.by_day(session, user_id, runs(first, last, zone(name)))
    expected = {}
    for number in range(5):
        day = first + timedelta(days=number)
        begin, end = day_bounds(day, zone(name))
        inside = [each for each in seen if begin <= each.observed_at < end]
        if inside:
            expected[day] = pytest.approx(tuple(seconds_by_reading(inside).values()))
    assert {day: sums.seconds for day, sums in days} == expected


def test_wide_and_narrow_buckets_tell_the_same(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user_id = accounts.add_guest(session, clock()).id
        seen = [
            observation(number, START + timedelta(seconds=97 * number), unsure_share=0.25)
            for number in range(300)
        ]
        observations.add(session, user_id, [*seen, observation(999, START, corrected="anger")])
        hours = rollups.by_bucket(session, user_id, buckets(START, START + DAY, 24))
        minutes = rollups.by_bucket(session, user_id, buckets(START, START + DAY, 288))
    assert sum(hours[0]) == pytest.approx(10 + 38 * 10)
    for hour, row in enumerate(hours):
        parts = minutes[12 * hour : 12 * hour + 12]
        assert row == pytest.approx([sum(column) for column in zip(*parts, strict=True)])


def test_two_requests_at_once_lose_nothing(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user_id = accounts.add_guest(session, clock()).id

    def post(first: int) -> None:
        for number in range(first, first + 15):
            with database.writing() as session:
                observations.add(session, user_id, [observation(number, START)])

    threads = [threading.Thread(target=post, args=(first,)) for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert kept(session, user_id)[quarter_of(START)][2] == 450
