"""What routes take by argument: the services' world, and who is asking."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, cast

from fastapi import Depends, Path, Request

from today_feeling.services import accounts
from today_feeling.settings import Settings
from today_feeling.store.accounts import User
from today_feeling.store.database import Database
from today_feeling.web.limits import SlidingWindow

_SESSION_COOKIE: Final = "today_feeling_session"
"""Cookies ignore ports, so another app on localhost must not use the same name."""

Clock = Callable[[], datetime]
"""Tells the time, aware."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a request may use, made once by `create_app`."""

    settings: Settings
    database: Database
    clock: Clock
    rng: random.Random
    guests: SlidingWindow
    writes: SlidingWindow


def _world(request: Request) -> World:
    return cast("World", request.app.state.world)


WorldDep = Annotated[World, Depends(_world)]


def session_cookie(settings: Settings) -> str:
    """The name of the cookie; over HTTPS no other host of the domain can set it."""
    return f"__Host-{_SESSION_COOKIE}" if settings.secure_cookies else _SESSION_COOKIE


def _token(request: Request, world: WorldDep) -> str | None:
    return request.cookies.get(session_cookie(world.settings))


Token = Annotated[str | None, Depends(_token)]


def _current_user(request: Request, world: WorldDep, token: Token) -> User:
    user = accounts.user_of(
        world.database,
        token,
        now=world.clock(),
        session_days=world.settings.session_days,
    )
    if request.method not in {"GET", "HEAD"}:
        world.writes.check(str(user.id), world.clock())
    return user


UserDep = Annotated[User, Depends(_current_user)]
"""The user of the session; without one the request ends with `SessionRequired`."""

RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]
