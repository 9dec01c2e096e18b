"""Who is asking: a guest gets a session at once."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from today_feeling.errors import SessionRequired
from today_feeling.services import accounts
from today_feeling.web.deps import Token, WorldDep, session_cookie
from today_feeling.web.schemas.account import SessionOut

router = APIRouter(tags=["session"])


@router.post("/session")
def begin_session(
    request: Request, response: Response, world: WorldDep, token: Token
) -> SessionOut:
    """The user of this browser's session; a new guest where there is none."""
    now, days = world.clock(), world.settings.session_days
    try:
        user = accounts.user_of(world.database, token, now=now, session_days=days)
    except SessionRequired:
        address = request.client.host if request.client else ""
        world.guests.check(address, now)
        entry = accounts.enter_as_guest(world.database, now=now, session_days=days)
        user, token = entry.user, entry.token
    response.set_cookie(
        session_cookie(world.settings),
        token or "",
        max_age=days * 24 * 3600,
        httponly=True,
        samesite="lax",
        secure=world.settings.secure_cookies,
    )
    return SessionOut.of(user)
