"""What routes take by argument: the services' world, and who is asking.

What asks no database is `async`: FastAPI runs the rest in threads, and each way there and back
costs as much as a query.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, NamedTuple, cast

from fastapi import Depends, Path, Request, Response, Security
from fastapi.security import APIKeyCookie

from today_feeling.domain.device import describe
from today_feeling.errors import OtherUser
from today_feeling.services import sessions
from today_feeling.services.mail import MailServer
from today_feeling.settings import Settings
from today_feeling.store.accounts import LiveSession, User
from today_feeling.store.database import Database
from today_feeling.web.limits import AccountLimit, Places, SharedWindow, SlidingWindow, network_of
from today_feeling.web.relay import Relay
from today_feeling.web.telling import Desk

_SESSION_COOKIE: Final = "today_feeling_session"
"""Cookies ignore ports, so another app on localhost must not use the same name."""

_USER_HEADER: Final = "Today-Feeling-User"
"""A page names the user whose page it is: another tab may have logged somebody else in."""

_DOCUMENTED_COOKIE: Final = APIKeyCookie(
    name=_SESSION_COOKIE,
    scheme_name="session",
    description="`POST /api/session` gives it; over HTTPS its name begins with `__Host-`."
    f" A request may say in `{_USER_HEADER}` which user's it takes the session for (the `id`):"
    " it is refused with 409 `other_user` where that is wrong by now.",
    auto_error=False,
)
"""Says in the document which operations need a session; it asks nothing itself."""

Clock = Callable[[], datetime]
"""Tells the time, aware."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a request may use, made once by `create_app`."""

    settings: Settings
    database: Database
    clock: Clock
    rng: random.Random
    mail: MailServer | None
    relay: Relay
    desk: Desk
    imports: Places
    guests: SlidingWindow
    writes: SlidingWindow
    addresses: SharedWindow
    """Log-ins, sign-ups and resets."""
    tries: AccountLimit
    """Of passwords."""
    reset_mails: AccountLimit


async def _world(request: Request) -> World:
    return cast("World", request.app.state.world)


WorldDep = Annotated[World, Depends(_world)]


def session_cookie(settings: Settings) -> str:
    """The name of the cookie; over HTTPS no other host of the domain can set it."""
    return f"__Host-{_SESSION_COOKIE}" if settings.secure_cookies else _SESSION_COOKIE


async def _token(request: Request, world: WorldDep) -> str | None:
    return request.cookies.get(session_cookie(world.settings))


Token = Annotated[str | None, Depends(_token)]


def put_cookie(response: Response, settings: Settings, token: str, *, remembered: bool) -> None:
    """Give the session to the browser: closed to scripts, and to requests of other sites."""
    response.set_cookie(
        session_cookie(settings),
        token,
        max_age=settings.session_days * 24 * 3600 if remembered else None,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def take_cookie(response: Response, settings: Settings) -> None:
    """Have the browser forget the session."""
    response.delete_cookie(
        session_cookie(settings), httponly=True, samesite="lax", secure=settings.secure_cookies
    )


class Caller(NamedTuple):
    """Who asks, as far as the connection and the browser tell."""

    network: str
    """What limits per address count by."""
    device: str | None
    """The browser in a few words."""


async def _caller(request: Request) -> Caller:
    address = request.client.host if request.client else ""
    return Caller(network_of(address), describe(request.headers.get("user-agent")))


CallerDep = Annotated[Caller, Depends(_caller)]


def _session(
    request: Request,
    world: WorldDep,
    token: Token,
    documented: Annotated[str | None, Security(_DOCUMENTED_COOKIE)],
) -> LiveSession:
    del documented
    live = sessions.current(
        world.database,
        token,
        now=world.clock(),
        session_days=world.settings.session_days,
    )
    taken_for = request.headers.get(_USER_HEADER)
    if taken_for is not None and taken_for != str(live.user.id):
        raise OtherUser("The session is another user's by now.")
    if request.method not in {"GET", "HEAD"}:
        world.writes.check(str(live.user.id), world.clock())
    return live


SessionDep = Annotated[LiveSession, Depends(_session)]
"""The session; without one the request ends with `SessionRequired`, and with `OtherUser` where the
caller takes it for another user's."""


async def _current_user(session: SessionDep) -> User:
    return session.user


UserDep = Annotated[User, Depends(_current_user)]
"""The user of the session."""

RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]
