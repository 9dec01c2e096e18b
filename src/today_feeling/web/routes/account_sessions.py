"""Where the user is logged in."""

from __future__ import annotations

from fastapi import APIRouter, Response

from today_feeling.services import sessions
from today_feeling.web.deps import RowId, SessionDep, WorldDep, take_cookie
from today_feeling.web.schemas.account import OneSession

router = APIRouter(tags=["account"])


@router.get("/account/sessions")
def list_sessions(world: WorldDep, live: SessionDep) -> list[OneSession]:
    """Every browser in which the user is logged in, the last seen first."""
    every = sessions.list_of(world.database, live.user.id, now=world.clock())
    return [OneSession.of(each, current=each.id == live.id) for each in every]


@router.delete("/account/sessions/{session_id}", status_code=204)
def end_session(response: Response, world: WorldDep, live: SessionDep, session_id: RowId) -> None:
    """That browser is logged out."""
    sessions.end(world.database, live.user.id, session_id)
    if session_id == live.id:
        take_cookie(response, world.settings)
