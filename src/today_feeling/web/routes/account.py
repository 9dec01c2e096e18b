"""The account of the session's user: sign-up, profile, password, and the end of it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from today_feeling.services import accounts
from today_feeling.store.accounts import User
from today_feeling.web.deps import (
    CallerDep,
    SessionDep,
    UserDep,
    World,
    WorldDep,
    put_cookie,
    take_cookie,
)
from today_feeling.web.schemas.account import (
    AccountEnd,
    AccountOut,
    PasswordIn,
    ProfileChange,
    SessionOut,
    SignUpIn,
)

router = APIRouter(tags=["account"])


@router.post("/account", status_code=201)
def sign_up(
    response: Response, world: WorldDep, live: SessionDep, caller: CallerDep, body: SignUpIn
) -> SessionOut:
    """The guest becomes an account and keeps everything; the session gets a new token."""
    world.addresses.check(caller.network, world.clock())
    entry = accounts.sign_up(world.database, live, body.to_domain())
    put_cookie(response, world.settings, entry.token, remembered=entry.remembered)
    return SessionOut.of(entry.user)


@router.get("/account")
def get_account(world: WorldDep, user: UserDep) -> AccountOut:
    """Who the user is; a guest, too."""
    return AccountOut.about(user, has_data=accounts.has_diary(world.database, user.id))


@router.patch("/account")
def change_account(
    world: WorldDep, user: UserDep, caller: CallerDep, body: ProfileChange
) -> SessionOut:
    """Another name or address; the address needs the password. What is left out stays."""
    guessing = body.email is not None
    if guessing:
        _try(world, user, caller.network)
    changed = accounts.change_profile(
        world.database, user, name=body.name, email=body.email, password=body.password
    )
    if guessing:
        _right(world, user, caller.network)
    return SessionOut.of(changed)


@router.put("/account/password", status_code=204)
def change_password(world: WorldDep, live: SessionDep, caller: CallerDep, body: PasswordIn) -> None:
    """Another password; every other session ends."""
    _try(world, live.user, caller.network)
    accounts.change_password(world.database, live, current=body.current, new=body.new)
    _right(world, live.user, caller.network)


@router.delete("/account", status_code=204)
def delete_account(
    response: Response, world: WorldDep, user: UserDep, caller: CallerDep, body: AccountEnd
) -> None:
    """Everything of the user is deleted, at once; an account's password is needed."""
    _try(world, user, caller.network)
    accounts.delete(world.database, user, body.password)
    take_cookie(response, world.settings)


def _try(world: World, user: User, network: str) -> None:
    """Whoever found an open session must not guess the password either."""
    if user.login_id is not None:
        world.tries.check(user.login_id, network, world.clock())


def _right(world: World, user: User, network: str) -> None:
    if user.login_id is not None:
        world.tries.forget(user.login_id, network)
