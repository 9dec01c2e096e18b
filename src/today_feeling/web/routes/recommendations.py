"""The next song, and the songs after it."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import choosing
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.listening import RecommendationIn, RecommendationOut
from today_feeling.web.schemas.queue import QueueIn, QueueOut

router = APIRouter(tags=["listening"])


@router.post("/recommendations", status_code=201)
def recommend(world: WorldDep, user: UserDep, body: RecommendationIn) -> RecommendationOut:
    """A song that fits the emotion, and why; 409 where nothing can be played."""
    recommendation = choosing.recommend(
        world.database,
        user.id,
        body.to_domain(),
        unavailable=body.unavailable_sources,
        now=world.clock(),
        rng=world.rng,
        clock=body.clock(),
    )
    return RecommendationOut.of(recommendation)


@router.post("/queue", status_code=201)
def plan_queue(world: WorldDep, user: UserDep, body: QueueIn) -> QueueOut:
    """The next songs: what waits and still fits stays, the rest is chosen anew; 409 where nothing
    can be played."""
    songs = choosing.plan(
        world.database,
        user.id,
        body.to_domain(),
        body.queue(),
        unavailable=body.unavailable_sources,
        now=world.clock(),
        rng=world.rng,
    )
    return QueueOut.of(songs)
