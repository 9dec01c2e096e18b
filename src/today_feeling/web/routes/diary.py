"""The user's days, and how to be rid of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from today_feeling.services import diary
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.base import Timezone
from today_feeling.web.schemas.diary import DayOut, SpanDeletionOut, SpanIn

router = APIRouter(tags=["diary"])


@router.get("/diary/{date}")
def get_day(
    world: WorldDep, user: UserDep, date: date, timezone: Annotated[Timezone, Query()]
) -> DayOut:
    """One day, from midnight to midnight in the given IANA time zone."""
    return DayOut.of(diary.day_of(world.database, user.id, date, timezone))


@router.post("/diary/deletions")
def delete_span(world: WorldDep, user: UserDep, body: SpanIn) -> SpanDeletionOut:
    """Delete everything that began in the span; for 10 minutes that can be undone."""
    times = (body.from_, body.to)
    deletion = diary.delete_span(world.database, user.id, times, world.clock())
    return SpanDeletionOut.of(deletion)


@router.post("/undo/{deletion_id}", status_code=204)
def undo_deletion(world: WorldDep, user: UserDep, deletion_id: UUID) -> None:
    """Take back a deletion, or a correction of many, that is not 10 minutes old."""
    diary.undo(world.database, user.id, deletion_id, world.clock())
