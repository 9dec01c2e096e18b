"""What the user likes to hear when."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import accounts
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.account import PreferencesBody

router = APIRouter(tags=["preferences"])


@router.get("/preferences")
def get_preferences(world: WorldDep, user: UserDep) -> PreferencesBody:
    """Genres for each emotion, none meaning any; sources in order of preference."""
    return PreferencesBody.of(accounts.get_preferences(world.database, user.id))


@router.put("/preferences")
def put_preferences(world: WorldDep, user: UserDep, body: PreferencesBody) -> PreferencesBody:
    """Replace them all."""
    wanted = body.to_domain()
    accounts.put_preferences(world.database, user.id, wanted)
    return PreferencesBody.of(wanted)
