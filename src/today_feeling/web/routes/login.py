"""In and out."""

from __future__ import annotations

from fastapi import APIRouter, Response

from today_feeling.domain.account import fold_login_id
from today_feeling.services import sessions
from today_feeling.web.deps import (
    CallerDep,
    Token,
    WorldDep,
    put_cookie,
    take_cookie,
)
from today_feeling.web.schemas.account import LoginIn, LoginOut, LogoutIn, UserOut

router = APIRouter(tags=["session"])


@router.post("/login")
def log_in(
    response: Response,
    world: WorldDep,
    token: Token,
    caller: CallerDep,
    body: LoginIn,
) -> LoginOut:
    """A session of the account; the browser's old one ends, and a guest's diary comes along
    where the body says so, or is deleted."""
    now, login_id = world.clock(), fold_login_id(body.login_id)
    world.addresses.check(caller.network, now)
    world.tries.check(login_id, caller.network, now)
    entry = sessions.log_in(
        world.database,
        login_id,
        body.password,
        token=token,
        remember=body.remember,
        bring_guest_data=body.bring_guest_data,
        device=caller.device,
        now=now,
        session_days=world.settings.session_days,
    )
    world.tries.forget(login_id, caller.network)
    put_cookie(response, world.settings, entry.token, remembered=entry.remembered)
    return LoginOut(user=UserOut.of(entry.user), guest_data="kept" if entry.brought else "none")


@router.post("/logout", status_code=204)
def log_out(
    response: Response, world: WorldDep, token: Token, body: LogoutIn | None = None
) -> None:
    """This session ends, or every one of the user; where there is none it is done already."""
    everywhere = body is not None and body.everywhere
    sessions.log_out(world.database, token, everywhere=everywhere, now=world.clock())
    take_cookie(response, world.settings)
