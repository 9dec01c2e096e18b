"""The user's days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from today_feeling.services import diary
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.diary import DayOut

router = APIRouter(tags=["diary"])


@router.get("/diary/{date}")
def get_day(
    world: WorldDep,
    user: UserDep,
    date: date,
    timezone: Annotated[str, Query(max_length=64, examples=["Asia/Seoul"])],
) -> DayOut:
    """One day, from midnight to midnight in the given IANA time zone."""
    return DayOut.of(diary.day_of(world.database, user.id, date, timezone))
