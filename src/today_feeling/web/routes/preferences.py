"""What the user likes to hear when, and how the app is for them."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import preferences
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.preferences import PreferencesBody, PreferencesChange

router = APIRouter(tags=["preferences"])


@router.get("/preferences")
def get_preferences(world: WorldDep, user: UserDep) -> PreferencesBody:
    """Genres for each emotion, none meaning any; sources in order of preference; and more."""
    return PreferencesBody.of(preferences.get(world.database, user.id))


@router.put("/preferences")
def put_preferences(world: WorldDep, user: UserDep, body: PreferencesBody) -> PreferencesBody:
    """Replace them all; what the body leaves out is the default again."""
    wanted = body.to_domain()
    preferences.put(world.database, user.id, wanted)
    return PreferencesBody.of(wanted)


@router.patch("/preferences")
def change_preferences(world: WorldDep, user: UserDep, body: PreferencesChange) -> PreferencesBody:
    """Replace those that the body names; the others stay."""
    return PreferencesBody.of(preferences.change(world.database, user.id, body.edit))
