"""Builds the web application; everything that it needs goes in by argument."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from anyio import create_task_group, to_thread
from fastapi import FastAPI

from today_feeling import __version__
from today_feeling.errors import TodayFeelingError
from today_feeling.services import catalogue
from today_feeling.services.mail import MailServer
from today_feeling.settings import Settings
from today_feeling.store.database import Database
from today_feeling.web import problems, reference, security
from today_feeling.web.bodies import JsonBodiesOnly
from today_feeling.web.deps import Clock, World
from today_feeling.web.housekeeping import keep_house
from today_feeling.web.limits import (
    MAILS_WINDOW_S,
    TRIES_WINDOW_S,
    AccountLimit,
    Places,
    SharedWindow,
    SlidingWindow,
)
from today_feeling.web.openapi import DescribedApp
from today_feeling.web.relay import Relay
from today_feeling.web.routes import (
    account,
    account_sessions,
    bans,
    diary,
    entries,
    export,
    health,
    import_,
    login,
    observations,
    password_resets,
    plays,
    preferences,
    private,
    recommendations,
    session,
    songs,
    statistics,
    taste,
    tracks,
)
from today_feeling.web.routes import catalogue as catalogue_routes
from today_feeling.web.static import ModelFiles, WebApp
from today_feeling.web.telling import Desk

_ROUTERS = (
    health.router,
    session.router,
    account.router,
    account_sessions.router,
    login.router,
    password_resets.router,
    preferences.router,
    catalogue_routes.router,
    songs.router,
    recommendations.router,
    private.router,
    bans.router,
    plays.router,
    taste.router,
    tracks.router,
    observations.router,
    entries.router,
    diary.router,
    statistics.router,
    export.router,
    import_.router,
)


_RESET_MAILS = 3


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    clock: Clock = _utc_now,
    rng: random.Random | None = None,
    relay: Relay | None = None,
) -> FastAPI:
    """The whole server. At start-up it migrates the database and loads the starter songs.

    Raises `InvalidInput` where the database URL is none. Where start-up fails with an error of
    ours, `app.state.startup_error` holds it.
    """
    database = Database(settings.database_url)
    world = World(
        settings=settings,
        database=database,
        clock=clock,
        rng=rng or random.SystemRandom(),
        mail=_mail_server(settings),
        relay=relay or Relay(),
        desk=Desk(),
        imports=Places("diaries", at_once=4, of_one=2, per_minute=60),
        guests=SlidingWindow(settings.guests_per_minute),
        writes=SlidingWindow(settings.writes_per_minute),
        addresses=SharedWindow(database, "addresses", settings.tries_per_address, TRIES_WINDOW_S),
        tries=AccountLimit(database, "tries", settings.tries_per_account, TRIES_WINDOW_S),
        reset_mails=AccountLimit(database, "mails", _RESET_MAILS, MAILS_WINDOW_S),
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await to_thread.run_sync(_prepare, world)
        except TodayFeelingError as error:
            app.state.startup_error = error
            raise
        async with create_task_group() as background:
            background.start_soon(keep_house, world.database, clock)
            yield
            background.cancel_scope.cancel()
        await to_thread.run_sync(world.database.close)

    app = DescribedApp(
        title="Today Feeling",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.world = world
    app.state.startup_error = None
    for router in _ROUTERS:
        app.include_router(router, prefix="/api")
    reference.install(app)
    app.mount("/models", ModelFiles(settings.models_dir))
    # Not a mount: one at "/" would swallow the 405 of every route before it.
    app.router.default = WebApp(settings.static_dir)

    problems.install(app)
    # The last one added is the outermost.
    app.add_middleware(JsonBodiesOnly)
    app.add_middleware(security.SameOrigin)
    app.add_middleware(security.HostCheck, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(problems.ProblemsOnly)
    app.add_middleware(security.SecurityHeaders)
    return app


def _mail_server(settings: Settings) -> MailServer | None:
    if not settings.smtp_host:
        return None
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
        security=settings.smtp_security,
    )


def _prepare(world: World) -> None:
    world.database.migrate()
    catalogue.load_starter_songs(world.database, now=world.clock())
