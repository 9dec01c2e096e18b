"""What was learned of the user's own taste."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import learning
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.taste import TasteOut

router = APIRouter(tags=["listening"])


@router.get("/taste")
def get_taste(world: WorldDep, user: UserDep) -> TasteOut:
    """How the songs of each genre were rated, what was learned from it, and what helped."""
    return TasteOut.of(learning.taste_of(world.database, user.id))


@router.delete("/taste", status_code=204)
def forget_taste(world: WorldDep, user: UserDep) -> None:
    """Forget what was learned of the user; the diary stays, and learning begins anew."""
    learning.forget_taste(world.database, user.id)
