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
    Double,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
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
    EntryRow,
    ObservationRow,
    PlayRow,
    QuarterHourRow,
    UserRow,
)
from today_feeling.store.types import Id, epoch_seconds, whole_sum

_READINGS: Final = tuple(QuarterHourRow.__table__.c[reading] for reading in READINGS)

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
    end = None if times[1] is None else -(-times[1].timestamp() // QUARTER_S)
    row = QuarterHourRow
    session.execute(
        delete(row).where(
            row.user_id == user_id,
            *([] if first is None else [row.quarter >= first]),
            *([] if end is None else [row.quarter < int(end)]),
        ),
        execution_options={"synchronize_session": False},
    )
    whole = (
        None if first is None else quarter_start(first),
        None if end is None else quarter_start(int(end)),
    )
    asked = {"user": user_id, "start": whole[0], "end": whole[1]}
    given = {name: value for name, value in asked.items() if value is not None}
    sums = session.execute(_sums(first is not None, end is not None), given).all()
    if sums:
        columns = ["quarter", *READINGS, "plays", "entries"]
        rows = [{"user_id": user_id, **dict(zip(columns, sum_, strict=True))} for sum_ in sums]
        session.execute(insert(row), rows)


def lock(session: Session, user_id: int) -> None:
    """Of two requests of one user at once, the second sums up when the first is done: only then
    does it see what that one wrote."""
    session.execute(select(UserRow.id).where(UserRow.id == user_id).with_for_update(key_share=True))


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
    row = ObservationRow
    sure_s = case(
        (row.corrected.is_not(None), row.duration_s),
        (row.emotion == UNSURE, 0.0),
        else_=row.duration_s * (1 - row.unsure_share),
    )
    emotion = func.coalesce(row.corrected, row.emotion)
    return [
        *(case((emotion == each, sure_s), else_=0.0) for each in EMOTIONS),
        row.duration_s - sure_s,
    ]


@cache
def _sums(starts: bool, ends: bool) -> Select[Any]:
    """One row for each quarter hour of the span that has a record which is not deleted.

    Parameters of the statement: `user`; `start` and `end` of the span, where it has them. Made
    once: that takes SQLAlchemy longer than the database needs to run it, with every observation.
    """

    def quarter(time: InstrumentedAttribute[datetime]) -> ColumnElement[int]:
        return (epoch_seconds(time) // QUARTER_S).label("quarter")

    def of(row: type[Any], time: InstrumentedAttribute[datetime]) -> list[ColumnElement[bool]]:
        return [
            row.user_id == bindparam("user"),
            row.deletion_id.is_(None),
            *([time >= bindparam("start")] if starts else []),
            *([time < bindparam("end")] if ends else []),
        ]

    def count(number: int, name: str) -> ColumnElement[int]:
        return literal(number, Id).label(name)

    nothing = [literal(0.0, Double).label(reading) for reading in READINGS]
    seen = [part.label(reading) for part, reading in zip(seconds_of_one(), READINGS, strict=True)]
    each = union_all(
        select(
            quarter(ObservationRow.observed_at), *seen, count(0, "plays"), count(0, "entries")
        ).where(*of(ObservationRow, ObservationRow.observed_at)),
        select(quarter(PlayRow.started_at), *nothing, count(1, "plays"), count(0, "entries")).where(
            *of(PlayRow, PlayRow.started_at)
        ),
        select(quarter(EntryRow.at), *nothing, count(0, "plays"), count(1, "entries")).where(
            *of(EntryRow, EntryRow.at)
        ),
    ).subquery()
    names = [*READINGS, "plays", "entries"]
    return select(each.c.quarter, *(func.sum(each.c[name]) for name in names)).group_by(
        each.c.quarter
    )


def _stretches(quarters: set[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of neighbours."""
    for _, stretch in groupby(enumerate(sorted(quarters)), lambda each: each[1] - each[0]):
        found = [quarter for _, quarter in stretch]
        yield found[0], found[-1]
