from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from today_feeling.domain.diary import (
    FIRST_DAY,
    LAST_DAY,
    READINGS,
    Entry,
    Observation,
    Reading,
    day_bounds,
    seconds_by_reading,
    zone,
)
from today_feeling.errors import InvalidInput


def hours(day: date, name: str) -> float:
    start, end = day_bounds(day, zone(name))
    return (end - start).total_seconds() / 3600


def test_a_day_in_seoul_starts_at_three_in_the_afternoon_utc() -> None:
    start, end = day_bounds(date(2026, 11, 23), zone("Asia/Seoul"))
    assert start == datetime(2026, 11, 22, 15, tzinfo=UTC)
    assert end == datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "name", "expected"),
    [
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 10, 26), "Europe/Berlin", 24),
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),  # midnight itself was skipped
        (date(2018, 2, 17), "America/Sao_Paulo", 25),  # 23 o'clock came twice
        (date(2026, 11, 1), "America/Havana", 25),  # midnight came twice
        (date(2011, 12, 30), "Pacific/Apia", 0),  # the day that Samoa left out
    ],
)
def test_days_are_as_long_as_the_clock_says(day: date, name: str, expected: float) -> None:
    assert hours(day, name) == expected


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Pacific/Apia", "Asia/Seoul"]
)
def test_days_follow_each_other_without_a_gap(name: str) -> None:
    day = date(2011, 1, 1)
    while day < date(2012, 3, 1):
        following = day + timedelta(days=1)
        assert day_bounds(day, zone(name))[1] == day_bounds(following, zone(name))[0]
        day = following


def test_a_skipped_midnight_is_the_instant_of_the_change() -> None:
    start, _ = day_bounds(date(2018, 11, 4), zone("America/Sao_Paulo"))
    assert start == datetime(2018, 11, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "America", "/etc/passwd", "a\0b", "x" * 5000]
)
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        zone(name)


@pytest.mark.parametrize("day", [date.min, FIRST_DAY - timedelta(days=1), date.max])
def test_a_day_at_the_ends_of_the_calendar_is_refused(day: date) -> None:
    with pytest.raises(InvalidInput, match="between"):
        day_bounds(day, zone("Asia/Seoul"))


@pytest.mark.parametrize("name", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_first_and_last_day_have_bounds_everywhere(name: str) -> None:
    for day in (FIRST_DAY, LAST_DAY):
        start, end = day_bounds(day, zone(name))
        assert start < end


def seen(emotion: Reading, duration_s: float, unsure_share: float = 0.0) -> Observation:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Observation(uuid4(), now, duration_s, emotion, None, unsure_share)


def test_seconds_add_up_to_what_was_observed() -> None:
    observations = [seen("anger", 10, 0.25), seen("anger", 5), seen("unsure", 8, 0.5)]
    seconds = seconds_by_reading(observations)
    assert seconds["anger"] == 12.5
    assert seconds["unsure"] == 10.5
    assert sum(seconds.values()) == 23


def test_a_corrected_observation_counts_whole_as_what_it_was() -> None:
    wrong = dataclasses.replace(seen("anger", 10, 0.25), corrected="sadness")
    missed = dataclasses.replace(seen("unsure", 5, 1.0), corrected="sadness")
    seconds = seconds_by_reading([wrong, missed])
    assert (seconds["sadness"], seconds["anger"], seconds["unsure"]) == (15, 0, 0)


def test_an_entry_says_something() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for note in (None, ""):
        with pytest.raises(InvalidInput, match="emotion or a note"):
            Entry(uuid4(), now, None, 0.5, note, now)


def test_an_empty_day_has_zero_seconds_of_everything() -> None:
    assert seconds_by_reading([]) == dict.fromkeys(READINGS, 0.0)
