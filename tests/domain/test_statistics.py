from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from today_feeling.domain.diary import day_bounds, zone
from today_feeling.domain.statistics import (
    MAX_DAYS,
    Sums,
    buckets,
    by_weekday,
    day_mood,
    day_of,
    quarter_of,
    quarter_start,
    runs,
)
from today_feeling.errors import InvalidInput

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NOTHING = Sums((0.0,) * 7)


def test_every_zone_is_off_by_whole_quarter_hours() -> None:
    """What makes sums of quarter hours do for any day of anybody."""
    moments = [
        datetime(year, month, 1, tzinfo=UTC)
        for year in range(2000, 2041)
        for month in (1, 4, 7, 10)
    ]
    for name in available_timezones() - {"localtime"}:
        there = zone(name)
        for moment in moments:
            offset = moment.astimezone(there).utcoffset()
            assert offset is not None
            assert offset.total_seconds() % 900 == 0, (name, moment)


def test_a_year_without_a_clock_change_is_one_run() -> None:
    (run,) = runs(*YEAR, zone("Asia/Seoul"))
    assert quarter_start(run.first_quarter) == datetime(2025, 12, 31, 15, tzinfo=UTC)
    assert (run.quarters_a_day, len(run.days)) == (96, 365)


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "America/Sao_Paulo",
        "America/Havana",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
    ],
)
def test_the_days_of_runs_are_those_of_the_calendar(name: str) -> None:
    there = zone(name)
    found = {
        day: (run.first_quarter + number * run.quarters_a_day, run.quarters_a_day)
        for run in runs(date(2011, 1, 1), date(2018, 12, 31), there)
        for number, day in enumerate(run.days)
    }
    day = date(2011, 1, 1)
    while day <= date(2018, 12, 31):
        start, end = day_bounds(day, there)
        expected = (quarter_of(start), quarter_of(end) - quarter_of(start))
        assert found.get(day, (expected[0], 0)) == expected
        day += timedelta(days=1)


def test_an_instant_belongs_to_the_day_between_whose_midnights_it_is() -> None:
    there = zone("Europe/Berlin")
    found = runs(date(2026, 3, 28), date(2026, 3, 30), there)
    start, end = day_bounds(date(2026, 3, 29), there)
    tick = timedelta(microseconds=1)
    assert [day_of(found, at) for at in (start - tick, start, end - tick, end)] == [
        date(2026, 3, day) for day in (28, 29, 29, 30)
    ]
    assert day_of(found, datetime(2026, 3, 27, 22, 59, tzinfo=UTC)) is None
    assert day_of(found, datetime(2026, 3, 30, 22, tzinfo=UTC)) is None


def test_a_span_ends_after_it_begins_and_is_not_endless() -> None:
    home = zone("UTC")
    assert len(runs(YEAR[0], YEAR[0], home)) == 1
    for last in (YEAR[0] - timedelta(days=1), YEAR[0] + timedelta(days=MAX_DAYS)):
        with pytest.raises(InvalidInput):
            runs(YEAR[0], last, home)


@pytest.mark.parametrize(
    ("hours", "most", "expected"),
    [
        (1, 60, (60, 60)),
        (1, 7, (515, 7)),
        (24, 400, (216, 400)),
        (24, 96, (900, 96)),
        (24 * 365, 400, (79200, 399)),
        (0.001, 400, (1, 4)),
    ],
)
def test_buckets_are_equal_and_no_more_than_asked_for(
    hours: float, most: int, expected: tuple[int, int]
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    found = buckets(start, start + timedelta(hours=hours), most)
    assert (found.starts_at, found.bucket_s, found.count) == (start, *expected)


@pytest.mark.parametrize("most", [1, 3, 95, 96, 97, 400])
@pytest.mark.parametrize("hours", [0.5, 24, 25, 24 * 7])
def test_buckets_cover_the_span(most: int, hours: float) -> None:
    start = datetime(2026, 1, 1, 0, 7, 1, 5, tzinfo=UTC)
    end = start + timedelta(hours=hours)
    found = buckets(start, end, most)
    assert 1 <= found.count <= most
    assert found.starts_at <= start
    reach = found.starts_at + timedelta(seconds=found.bucket_s * found.count)
    assert end <= reach < end + timedelta(seconds=found.bucket_s)
    if found.bucket_s > 900:
        assert found.bucket_s % 900 == found.starts_at.timestamp() % 900 == 0


@pytest.mark.parametrize("seconds", [0, -1, 86400 * (MAX_DAYS + 1)])
def test_a_timeline_that_is_none_is_refused(seconds: float) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(InvalidInput):
        buckets(start, start + timedelta(seconds=seconds), 10)


def test_what_was_seen_most_is_the_mood_of_the_day() -> None:
    sums = Sums((0.0, 10.0, 30.0, 0.0, 0.0, 0.0, 60.0), plays=2, entries=1)
    mood = day_mood(YEAR[0], sums, {"anger": 5})
    assert (mood.emotion, mood.certainty) == ("happiness", 0.3)
    assert (mood.plays, mood.entries) == (2, 1)


def test_without_a_camera_what_was_written_is_the_mood_of_the_day() -> None:
    mood = day_mood(YEAR[0], NOTHING._replace(entries=3), {"anger": 1, "surprise": 2})
    assert mood.emotion == "surprise"
    assert mood.certainty == pytest.approx(2 / 3)


def test_a_day_may_have_no_mood() -> None:
    mood = day_mood(YEAR[0], Sums((0.0,) * 6 + (60.0,)), {})
    assert (mood.emotion, mood.certainty) == (None, 0.0)


def test_weeks_begin_on_monday() -> None:
    monday, sunday = date(2026, 3, 2), date(2026, 3, 8)
    sums = Sums((10.0,) + (0.0,) * 6)
    found = by_weekday([(monday, sums), (sunday, sums), (sunday, sums)])
    assert [each["anger"] for each in found] == [10, 0, 0, 0, 0, 0, 20]
