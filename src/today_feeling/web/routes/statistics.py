"""Sums over the user's days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from today_feeling.domain.statistics import MAX_BUCKETS
from today_feeling.services import statistics
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.base import Instant, Timezone
from today_feeling.web.schemas.statistics import StatisticsOut, TimelineOut

router = APIRouter(tags=["statistics"])


@router.get("/statistics")
def get_statistics(
    world: WorldDep,
    user: UserDep,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    timezone: Annotated[Timezone, Query()],
) -> StatisticsOut:
    """The days from `from` to `to`, both included, in the given IANA time zone."""
    found = statistics.of_span(world.database, user.id, first, last, timezone)
    return StatisticsOut.of(found)


@router.get("/statistics/timeline")
def get_timeline(
    world: WorldDep,
    user: UserDep,
    start: Annotated[Instant, Query(alias="from")],
    end: Annotated[Instant, Query(alias="to")],
    buckets: Annotated[int, Query(ge=1, le=MAX_BUCKETS)],
) -> TimelineOut:
    """How the emotions flow: at most so many equal spans that cover [from, to)."""
    spans, seconds = statistics.timeline(world.database, user.id, start, end, buckets)
    return TimelineOut.of(spans, seconds)
