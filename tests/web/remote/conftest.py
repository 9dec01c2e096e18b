"""The application with an internet of its own, where music servers and stations are.

`internet`  what there is of it
`relay`     passes sound on, from private networks too
`store`     the application's database, with a guest in it
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.outside import Outside, outside
from today_feeling.settings import Settings
from today_feeling.store.database import Database
from today_feeling.web.app import create_app
from today_feeling.web.deps import World
from today_feeling.web.relay import Relay


@pytest.fixture
def internet() -> Iterator[Outside]:
    with outside() as world:
        yield world


@pytest.fixture
def relay() -> Relay:
    return Relay(private=True)


@pytest.fixture
def app(settings: Settings, clock: FakeClock, internet: Outside, relay: Relay) -> FastAPI:
    return create_app(replace(settings, radio_directory_url=internet.url), clock=clock, relay=relay)


@pytest.fixture
def store(app: FastAPI, guest: TestClient) -> Database:
    del guest
    world: World = app.state.world
    return world.database
