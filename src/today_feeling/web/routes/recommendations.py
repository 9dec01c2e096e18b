"""The next song."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import listening
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.listening import RecommendationIn, RecommendationOut

router = APIRouter(tags=["listening"])


@router.post("/recommendations", status_code=201)
def recommend(world: WorldDep, user: UserDep, body: RecommendationIn) -> RecommendationOut:
    """A song that fits the emotion, and why; 409 where nothing can be played."""
    recommendation = listening.recommend(
        world.database,
        user.id,
        body.to_domain(),
        unavailable=body.unavailable_sources,
        now=world.clock(),
        rng=world.rng,
    )
    return RecommendationOut.of(recommendation)
