"""What was seen: probabilities, never a picture."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from today_feeling.services import diary
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.diary import (
    Correction,
    DeletionOut,
    ObservationOut,
    ObservationsIn,
    ReadingsCorrection,
    ReadingsCorrectionOut,
    ReadingsIn,
    SpanDeletionOut,
)

router = APIRouter(tags=["diary"])


@router.post("/observations", status_code=204)
def add_observations(world: WorldDep, user: UserDep, body: ObservationsIn) -> None:
    """Keep them, all or nothing; one whose id is there already is skipped."""
    diary.observe(world.database, user.id, [each.to_domain() for each in body.observations])


@router.patch("/observations")
def correct_readings(
    world: WorldDep, user: UserDep, body: ReadingsCorrection
) -> ReadingsCorrectionOut:
    """What the readings of a span really were; null takes that back. For 10 minutes it can be
    undone."""
    made = diary.correct_readings(
        world.database, user.id, body.times, body.shown, body.corrected, now=world.clock()
    )
    return ReadingsCorrectionOut.of(made)


@router.post("/observations/deletions")
def delete_readings(world: WorldDep, user: UserDep, body: ReadingsIn) -> SpanDeletionOut:
    """Delete the readings of a span, and nothing else; for 10 minutes that can be undone."""
    now = world.clock()
    deletion = diary.delete_readings(world.database, user.id, body.times, body.shown, now)
    return SpanDeletionOut.of(deletion)


@router.patch("/observations/{observation_id}")
def correct_observation(
    world: WorldDep, user: UserDep, observation_id: UUID, body: Correction
) -> ObservationOut:
    """What it really was; null takes that back."""
    found = diary.correct(world.database, user.id, observation_id, body.corrected)
    return ObservationOut.of(found)


@router.delete("/observations/{observation_id}")
def delete_observation(world: WorldDep, user: UserDep, observation_id: UUID) -> DeletionOut:
    """Delete it; for 10 minutes that can be undone."""
    now = world.clock()
    deletion = diary.delete(world.database, user.id, "observations", observation_id, now)
    return DeletionOut(undo=deletion.id)
