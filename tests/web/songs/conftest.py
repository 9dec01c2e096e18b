"""The application with an internet of its own, where YouTube is.

`internet`  what there is of it
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI

from tests.conftest import FakeClock
from tests.outside import Outside, outside
from today_feeling.settings import Settings
from today_feeling.web.app import create_app


@pytest.fixture
def internet() -> Iterator[Outside]:
    with outside() as world:
        yield world


@pytest.fixture
def app(settings: Settings, clock: FakeClock, internet: Outside) -> FastAPI:
    return create_app(
        replace(settings, youtube_url=internet.url, youtube_music_url=internet.url), clock=clock
    )
