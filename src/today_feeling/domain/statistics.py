"""Sums over the diary: days in any time zone out of quarter hours, and what they say together.

Every zone's offset is a multiple of a quarter hour, so each of its days, also the 23 and 25 hours
long ones, is a whole number of quarter hours of UTC.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from today_feeling.domain.diary import READINGS, Reading, day_bounds
from today_feeling.domain.emotion import EMOTIONS, Emotion
from today_feeling.domain.music import Track
from today_feeling.errors import InvalidInput

QUARTER_S: Final = 900
"""Seconds in a quarter hour."""

MAX_DAYS: Final = 3660
"""Ten years: the longest span that is asked for at once."""

MAX_BUCKETS: Final = 400


class Sums(NamedTuple):
    """What a span holds."""

    seconds: tuple[float, ...]
    """Seven, in the order of `READINGS`."""
    plays: int = 0
    entries: int = 0


class Run(NamedTuple):
    """Days that follow each other and are equally long."""

    first_quarter: int
    """Where its first day begins: quarter hours since 1970, UTC."""
    quarters_a_day: int
    days: Sequence[date]


@dataclass(frozen=True, slots=True)
class DayMood:
    """A day in the calendar."""

    day: date
    seconds: Mapping[Reading, float]
    emotion: Emotion | None
    """The one to show for the day."""
    certainty: float
    """0..1; 0 where `emotion` is None."""
    plays: int
    entries: int


@dataclass(frozen=True, slots=True)
class SongCount:
    """A song, and what of it is counted."""

    track: Track
    plays: int
    mean_valence_change: float | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """A span of days, both ends included."""

    first: date
    last: date
    timezone: str
    seconds: Mapping[Reading, float]
    entries: Mapping[Emotion, int]
    """How many entries name each emotion."""
    days: Sequence[DayMood]
    """Those with something, in order."""
    weekdays: Sequence[Mapping[Reading, float]]
    """Monday first."""
    most_played: Sequence[SongCount]
    most_helpful: Sequence[SongCount]
    song_of: Track | None
    valence_before: float | None
    valence_after: float | None
    measured_plays: int


@dataclass(frozen=True, slots=True)
class Buckets:
    """Equal spans that follow each other."""

    starts_at: datetime
    bucket_s: int
    count: int


def runs(first: date, last: date, timezone: ZoneInfo) -> list[Run]:
    """The days from `first` to `last`, both included, in as few runs as there are clock changes.

    A day that a zone left out is in none. Raises `InvalidInput` where `last` is before `first`,
    the span is longer than `MAX_DAYS`, or a day is outside the calendar of `day_bounds`.
    """
    count = (last - first).days + 1
    if not 1 <= count <= MAX_DAYS:
        raise InvalidInput(f"A span has 1 to {MAX_DAYS} days, and its end is not before its start.")
    found: list[tuple[int, int, list[date]]] = []
    for number in range(count):
        day = first + timedelta(days=number)
        start, end = (quarter_of(bound) for bound in day_bounds(day, timezone))
        if end == start:
            continue
        if found and found[-1][1] == end - start:
            found[-1][2].append(day)
        else:
            found.append((start, end - start, [day]))
    return [Run(*each) for each in found]


def quarter_of(time: datetime) -> int:
    """The quarter hour in which the instant is, counted since 1970, UTC."""
    return math.floor(time.timestamp()) // QUARTER_S


def quarter_start(quarter: int) -> datetime:
    """The first instant of a quarter hour, UTC."""
    return datetime.fromtimestamp(quarter * QUARTER_S, UTC)


def day_of(found: Sequence[Run], time: datetime) -> date | None:
    """The day of the runs to which the instant belongs."""
    quarter = quarter_of(time)
    at = bisect_right(found, quarter, key=lambda run: run.first_quarter) - 1
    if at < 0:
        return None
    run = found[at]
    number = (quarter - run.first_quarter) // run.quarters_a_day
    return run.days[number] if number < len(run.days) else None


def buckets(start: datetime, end: datetime, most: int) -> Buckets:
    """At most `most` equal spans that cover [start, end).

    They are whole seconds long; above a quarter hour, whole quarter hours that begin with one,
    so that sums of quarter hours fill them. Raises `InvalidInput` where `end` is not after
    `start`, or more than `MAX_DAYS` after it.
    """
    if not start < end <= start + timedelta(days=MAX_DAYS):
        raise InvalidInput(f"A span ends after its start, and at most {MAX_DAYS} days after it.")
    first, last = math.floor(start.timestamp()), math.ceil(end.timestamp())
    bucket_s = math.ceil((last - first) / most)
    if bucket_s > QUARTER_S:
        first -= first % QUARTER_S
        bucket_s = math.ceil((last - first) / most / QUARTER_S) * QUARTER_S
    count = math.ceil((last - first) / bucket_s)
    return Buckets(datetime.fromtimestamp(first, UTC), bucket_s, count)


def by_reading(seconds: Sequence[float]) -> Mapping[Reading, float]:
    """Seven numbers with their names."""
    return dict(zip(READINGS, seconds, strict=True))


def total(parts: Iterable[Sequence[float]]) -> Mapping[Reading, float]:
    """The sum of rows of seven."""
    return by_reading([sum(column) for column in zip([0.0] * len(READINGS), *parts, strict=True)])


def day_mood(day: date, sums: Sums, named: Mapping[Emotion, int]) -> DayMood:
    """The day in the calendar; `named` is how many of its entries name each emotion.

    What was seen decides; where nothing was, what was written does.
    """
    of_six: Sequence[float] = sums.seconds[: len(EMOTIONS)]
    everything = sum(sums.seconds)
    if not any(of_six):
        of_six = [named.get(emotion, 0) for emotion in EMOTIONS]
        everything = sum(of_six)
    most = max(of_six)
    return DayMood(
        day=day,
        seconds=by_reading(sums.seconds),
        emotion=EMOTIONS[of_six.index(most)] if most > 0 else None,
        certainty=most / everything if most > 0 else 0.0,
        plays=sums.plays,
        entries=sums.entries,
    )


def by_weekday(days: Iterable[tuple[date, Sums]]) -> Sequence[Mapping[Reading, float]]:
    """Seven sums, Monday first."""
    columns: list[list[Sequence[float]]] = [[] for _ in range(7)]
    for day, sums in days:
        columns[day.weekday()].append(sums.seconds)
    return [total(each) for each in columns]
