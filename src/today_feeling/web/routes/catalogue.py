"""What there is to play."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import catalogue
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.listening import CatalogueOut, GenreCount, SourceCount

router = APIRouter(tags=["catalogue"])


@router.get("/catalogue")
def get_catalogue(world: WorldDep, user: UserDep) -> CatalogueOut:
    """How many tracks of each genre and of each source can be played."""
    there = catalogue.overview(world.database, user.id)
    return CatalogueOut(
        genres=[GenreCount(id=genre, tracks=count) for genre, count in there.genres.items()],
        sources=[SourceCount(id=source, tracks=count) for source, count in there.sources.items()],
    )
