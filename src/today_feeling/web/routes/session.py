"""Who is asking: a guest gets a session at once."""

from __future__ import annotations

from fastapi import APIRouter, Response

from today_feeling.errors import SessionRequired
from today_feeling.services import sessions
from today_feeling.web.deps import CallerDep, Token, WorldDep, put_cookie
from today_feeling.web.schemas.account import SessionOut

router = APIRouter(tags=["session"])


@router.post("/session")
def begin_session(
    response: Response, world: WorldDep, token: Token, caller: CallerDep
) -> SessionOut:
    """The user of this browser's session; a new guest where there is none."""
    now, days = world.clock(), world.settings.session_days
    try:
        live = sessions.current(world.database, token, now=now, session_days=days)
        user, remembered = live.user, live.remembered
    except SessionRequired:
        world.guests.check(caller.network, now)
        entry = sessions.enter_as_guest(
            world.database, now=now, session_days=days, device=caller.device
        )
        user, token, remembered = entry.user, entry.token, entry.remembered
    put_cookie(response, world.settings, token or "", remembered=remembered)
    return SessionOut.of(user)
