"""A new password for someone who forgot the old one."""

from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks

from today_feeling.domain.account import fold_login_id
from today_feeling.services import resets
from today_feeling.web.deps import CallerDep, WorldDep
from today_feeling.web.schemas.account import FeaturesOut, Nothing, ResetIn, ResetRequest

router = APIRouter(tags=["account"])


@router.get("/features")
def get_features(world: WorldDep) -> FeaturesOut:
    """What this server is set up for."""
    return FeaturesOut(password_reset_by_mail=world.mail is not None)


@router.post("/password-resets", status_code=202)
def ask_for_reset(
    world: WorldDep, caller: CallerDep, body: ResetRequest, background: BackgroundTasks
) -> Nothing:
    """A link goes out by mail if the id and the address belong together; the answer is always
    the same, and takes as long."""
    now, login_id = world.clock(), fold_login_id(body.login_id)
    world.addresses.check(caller.network, now)
    world.reset_mails.check(login_id, caller.network, now)
    if world.mail is not None:
        background.add_task(
            resets.mail_link,
            world.database,
            world.mail,
            world.settings.public_url,
            login_id=login_id,
            email=body.email,
            now=now,
        )
    return Nothing()


@router.put("/password-resets", status_code=204)
def reset_password(world: WorldDep, caller: CallerDep, body: ResetIn) -> None:
    """The link's token sets a new password, once; every session of the user ends."""
    now = world.clock()
    world.addresses.check(caller.network, now)
    resets.redeem(world.database, body.token, body.password, now=now)
