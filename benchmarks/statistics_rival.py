"""The rival of the statistics: the same questions, answered from every reading and every play."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from today_feeling.domain.diary import day_bounds, zone
from today_feeling.domain.statistics import QUARTER_S, Run, Sums, runs
from today_feeling.services import statistics as ours
from today_feeling.store import entries, rollups, songs
from today_feeling.store.database import Database
from today_feeling.store.schema import ObservationRow, PlayRow, RecommendationRow
from today_feeling.store.songs import Heard
from today_feeling.store.types import epoch_seconds


def days_from_rows(session: Session, user_id: int, spans: list[Run]) -> list[tuple[date, Sums]]:
    """What `rollups.by_day` finds, but for plays and entries, from the readings."""
    found: list[tuple[date, Sums]] = []
    for run in spans:
        first, length = run.first_quarter * QUARTER_S, run.quarters_a_day * QUARTER_S
        row = ObservationRow
        day = ((epoch_seconds(row.observed_at) - first) // length).label("day")
        rows = session.execute(
            select(day, *(func.sum(part) for part in rollups.seconds_of_one()))
            .where(
                row.user_id == user_id,
                row.observed_at >= datetime.fromtimestamp(first, UTC),
                row.observed_at < datetime.fromtimestamp(first + length * len(run.days), UTC),
                row.deletion_id.is_(None),
            )
            .group_by(day)
            .order_by(day)
        )
        found += [(run.days[number], Sums(tuple(parts))) for number, *parts in rows]
    return found


def songs_from_rows(session: Session, user_id: int, start: datetime, end: datetime) -> list[Heard]:
    """What `songs.heard` finds, from the plays."""
    row, track_id = PlayRow, RecommendationRow.track_id
    rows = session.execute(
        select(
            track_id,
            func.count(),
            func.sum(case((row.outcome.in_(("skipped", "failed")), 0), else_=1)),
            func.sum(case((row.liked.is_(True), 1), (row.liked.is_(False), -1), else_=0)),
            func.coalesce(func.sum(row.seconds), 0.0),
            func.max(row.started_at),
            func.count(row.valence_before),
            func.coalesce(func.sum(row.valence_before), 0.0),
            func.coalesce(func.sum(row.valence_after), 0.0),
        )
        .join(RecommendationRow, RecommendationRow.id == row.recommendation_id)
        .where(
            row.user_id == user_id,
            row.started_at >= start,
            row.started_at < end,
            row.deletion_id.is_(None),
        )
        .group_by(track_id)
    )
    return [Heard(*each) for each in rows]


def from_rows(
    database: Database, user_id: int, first: date, last: date, timezone: str
) -> tuple[list[tuple[date, Sums]], list[Heard]]:
    """The rival's way through the questions of `services.statistics.of_span`."""
    home = zone(timezone)
    start, end = day_bounds(first, home)[0], day_bounds(last, home)[1]
    with database.reading() as session:
        days = days_from_rows(session, user_id, runs(first, last, home))
        entries.emotions_between(session, user_id, start, end)
        heard = songs_from_rows(session, user_id, start, end)
        songs.named(session, {song.track_id for song in heard[: 2 * ours.TOP]})
    return days, heard
