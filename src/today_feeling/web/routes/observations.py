"""What was seen: probabilities, never a picture."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import diary
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.diary import ObservationsIn

router = APIRouter(tags=["diary"])


@router.post("/observations", status_code=204)
def add_observations(world: WorldDep, user: UserDep, body: ObservationsIn) -> None:
    """Keep them, all or nothing; one whose id is there already is skipped."""
    diary.observe(world.database, user.id, [each.to_domain() for each in body.observations])
