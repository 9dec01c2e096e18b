"""Never again, nothing by this artist, not now."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import bans
from today_feeling.web.deps import RowId, UserDep, WorldDep
from today_feeling.web.schemas.bans import BanIn, BanOut

router = APIRouter(tags=["listening"])


@router.get("/bans")
def list_bans(world: WorldDep, user: UserDep) -> list[BanOut]:
    """What holds now, the newest first."""
    return [BanOut.of(each) for each in bans.of_user(world.database, user.id, world.clock())]


@router.post("/bans", status_code=201)
def ban(world: WorldDep, user: UserDep, body: BanIn) -> BanOut:
    """Ban the recommended song, its artist, or the song for a week; said again, the last word
    counts."""
    made = bans.add(world.database, user.id, body.kind, body.recommendation_id, world.clock())
    return BanOut.of(made)


@router.delete("/bans/{ban_id}", status_code=204)
def remove_ban(world: WorldDep, user: UserDep, ban_id: RowId) -> None:
    """Take it back, and what it taught."""
    bans.remove(world.database, user.id, ban_id)
