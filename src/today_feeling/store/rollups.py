"""Sums of the diary per quarter hour: always what the records of that quarter hour add up to.

Nothing is ever added to a sum or taken from it: after each change the quarter hours that it
touched are summed up anew. So they cannot drift from the records, whatever was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Select,
    String,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from today_feeling.domain.diary import READINGS
from today_feeling.domain.emotion import EMOTIONS, UNSURE
from today_feeling.domain.statistics import (
    QUARTER_S,
    Buckets,
    Run,
    Sums,
    quarter_of,
    quarter_start,
)
from today_feeling.store.schema import (
    Base,
    EntryRow,
    ObservationRow,
    PlayRow,
    QuarterHourRow,
    UserRow,
)
from today_feeling.store.types import Id, epoch_seconds, whole_sum

_SUMS: Final = Base.metadata.tables["quarter_hours"]
_READINGS: Final = tuple(_SUMS.c[reading] for reading in READINGS)
_LOCK: Final = (
    select(UserRow.__table__.c.id)
    .where(UserRow.__table__.c.id == bindparam("user"))
    .with_for_update(key_share=True)
)

Times = tuple[datetime | None, datetime | None]
"""A span [from, to); None is without end."""


def touched(session: Session, user_id: int, times: Iterable[datetime]) -> None:
    """Sum up anew the quarter hours of these instants, after records there have changed."""
    for first, last in _stretches({quarter_of(time) for time in times}):
        rebuild(session, user_id, (quarter_start(first), quarter_start(last + 1)))


def rebuild(session: Session, user_id: int, times: Times = (None, None)) -> None:
    """Sum up anew every quarter hour that the span touches, after records there have changed."""
    lock(session, user_id)
    first = None if times[0] is None else quarter_of(times[0])
    end = None if times[1] is None else int(-(-times[1].timestamp() // QUARTER_S))
    asked = {
        "user": user_id,
        "first": first,
        "end": end,
        "starts_at": None if first is None else quarter_start(first),
        "ends_at": None if end is None else quarter_start(end),
    }
    given = {name: value for name, value in asked.items() if value is not None}
    for statement in _rebuilding(first is not None, end is not None):
        session.execute(statement, given)


def lock(session: Session, user_id: int) -> None:
    """Of two requests of one user at once, the second goes on when the first is done: only then
    does it see what that one wrote. Before anything of the diary is written: who locks in one order
    never waits in a circle."""
    if session.get_bind().dialect.name != "sqlite":  # which has one writer at a time
        session.execute(_LOCK, {"user": user_id})


def by_day(session: Session, user_id: int, runs: Sequence[Run]) -> list[tuple[date, Sums]]:
    """The user's days that hold something, in order."""
    found: list[tuple[date, Sums]] = []
    for run in runs:
        end = run.first_quarter + len(run.days) * run.quarters_a_day
        rows = _grouped(session, user_id, run.first_quarter, end, run.quarters_a_day)
        found += [(run.days[number], sums) for number, sums in rows]
    return found


def by_bucket(session: Session, user_id: int, buckets: Buckets) -> list[Sequence[float]]:
    """Seconds of each reading in each bucket: as of the whole seconds in which they began."""
    seconds: list[Sequence[float]] = [[0.0] * len(READINGS) for _ in range(buckets.count)]
    if buckets.bucket_s % QUARTER_S == 0 and buckets.starts_at.timestamp() % QUARTER_S == 0:
        first, step = quarter_of(buckets.starts_at), buckets.bucket_s // QUARTER_S
        end = first + step * buckets.count
        for number, sums in _grouped(session, user_id, first, end, step):
            seconds[number] = sums.seconds
        return seconds
    first = int(buckets.starts_at.timestamp())
    row = ObservationRow
    bucket = ((epoch_seconds(row.observed_at) - first) // buckets.bucket_s).label("bucket")
    end = first + buckets.bucket_s * buckets.count
    rows = session.execute(
        select(bucket, *(func.sum(part) for part in seconds_of_one()))
        .where(
            row.user_id == user_id,
            row.observed_at >= buckets.starts_at,
            row.observed_at < datetime.fromtimestamp(end, buckets.starts_at.tzinfo),
            row.deletion_id.is_(None),
        )
        .group_by(bucket)
    )
    for at, *parts in rows:
        seconds[at] = parts
    return seconds


def _grouped(
    session: Session, user_id: int, first: int, end: int, step: int
) -> Iterator[tuple[int, Sums]]:
    """Sums of every `step` quarter hours in [first, end), numbered from 0; not the empty ones."""
    row = QuarterHourRow
    number = ((row.quarter - first) // step).label("number")
    rows = session.execute(
        select(
            number,
            *(func.sum(reading) for reading in _READINGS),
            whole_sum(row.plays),
            whole_sum(row.entries),
        )
        .where(row.user_id == user_id, row.quarter >= first, row.quarter < end)
        .group_by(number)
        .order_by(number)
    )
    for at, *parts in rows:
        yield at, Sums(tuple(parts[:-2]), *parts[-2:])


def seconds_of_one() -> list[ColumnElement[float]]:
    """Of an observation, in the order of `READINGS`: `domain.diary.seconds_by_reading` in SQL."""
    sure_s, emotion = _sure_s(), _emotion()
    return [
        *(case((emotion == each, sure_s), else_=0.0) for each in EMOTIONS),
        ObservationRow.duration_s - sure_s,
    ]


def _sure_s() -> ColumnElement[float]:
    """Of an observation: how long its emotion was to be seen."""
    row = ObservationRow
    return case(
        (row.corrected.is_not(None), row.duration_s),
        (row.emotion == UNSURE, 0.0),
        else_=row.duration_s * (1 - row.unsure_share),
    )


def _emotion() -> ColumnElement[str]:
    return func.coalesce(ObservationRow.corrected, ObservationRow.emotion)


@cache
def _rebuilding(starts: bool, ends: bool) -> tuple[Delete, Insert]:
    """Forgets the sums of a span, and makes them anew.

    Parameters of the statements: `user`; of the span, where it has them, `first` and `end` in
    quarter hours, and `starts_at` and `ends_at`. Made once: that takes SQLAlchemy longer than the
    database needs to run them, with every observation.
    """
    old = _SUMS.c
    forget = delete(_SUMS).where(
        old.user_id == bindparam("user"),
        *([old.quarter >= bindparam("first")] if starts else []),
        *([old.quarter < bindparam("end")] if ends else []),
    )
    sums = _sums(starts, ends)
    return forget, insert(_SUMS).from_select([*sums.selected_columns.keys()], sums)


def _sums(starts: bool, ends: bool) -> Select[Any]:
    """One row for each quarter hour of the span that has a record which is not deleted.

    Constants are written out: psycopg reads a statement of more than 4096 characters anew each
    time that it is run.
    """
    nothing, one = literal_column("0", Id), literal_column("1", Id)
    no_emotion = literal_column("''", String)

    def records(
        row: type[Any], time: InstrumentedAttribute[datetime], *columns: ColumnElement[Any]
    ) -> Select[Any]:
        names = ("emotion", "sure_s", "unsure_s", "plays", "entries")
        return select(
            (epoch_seconds(time) // QUARTER_S).label("quarter"),
            *(column.label(name) for name, column in zip(names, columns, strict=True)),
        ).where(
            row.user_id == bindparam("user"),
            row.deletion_id.is_(None),
            *([time >= bindparam("starts_at")] if starts else []),
            *([time < bindparam("ends_at")] if ends else []),
        )

    seen, sure_s = ObservationRow, _sure_s()
    unsure_s = seen.duration_s - sure_s
    each = (
        union_all(
            records(seen, seen.observed_at, _emotion(), sure_s, unsure_s, nothing, nothing),
            records(PlayRow, PlayRow.started_at, no_emotion, nothing, nothing, one, nothing),
            records(EntryRow, EntryRow.at, no_emotion, nothing, nothing, nothing, one),
        )
        .subquery()
        .c
    )
    seconds = [case((each.emotion == emotion, each.sure_s), else_=nothing) for emotion in EMOTIONS]
    return select(
        bindparam("user", type_=Id).label("user_id"),
        each.quarter,
        *(func.sum(part).label(emotion) for part, emotion in zip(seconds, EMOTIONS, strict=True)),
        func.sum(each.unsure_s).label(UNSURE),
        func.sum(each.plays).label("plays"),
        func.sum(each.entries).label("entries"),
    ).group_by(each.quarter)


def _stretches(quarters: set[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of neighbours."""
    for _, stretch in groupby(enumerate(sorted(quarters)), lambda each: each[1] - each[0]):
        found = [quarter for _, quarter in stretch]
        yield found[0], found[-1]
