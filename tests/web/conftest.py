"""The real application in this process, on a database of its own.

`settings`   of that application; `app` and `client` follow from it
`client`     speaks HTTP to it as a browser of the same origin, without a session yet
`guest`      the same with a session
`environment`, `run`  of the command line, on a database of its own
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.commands import Run, call
from tests.conftest import START_AT, FakeClock
from today_feeling.settings import Settings
from today_feeling.web.app import create_app

NewClient = Callable[[], TestClient]


def settings_in(folder: Path) -> Settings:
    for name in ("static", "models"):
        (folder / name).mkdir()
    return Settings(
        database_url=f"sqlite:///{folder / 'web.db'}",
        static_dir=folder / "static",
        models_dir=folder / "models",
        # Nothing listens there: no test asks the real ones.
        youtube_url="http://127.0.0.1:9",
        youtube_music_url="http://127.0.0.1:9",
        radio_directory_url="http://127.0.0.1:9",
    )


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database as a first start leaves it: a copy of it saves each test most of a start."""
    folder = tmp_path_factory.mktemp("started")
    with TestClient(create_app(settings_in(folder), clock=FakeClock(START_AT))):
        pass
    return folder / "web.db"


@pytest.fixture
def settings(started: Path, tmp_path: Path) -> Settings:
    shutil.copy(started, tmp_path)
    return settings_in(tmp_path)


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> FastAPI:
    return create_app(settings, clock=clock, rng=random.Random(11))  # noqa: S311


@pytest.fixture
def new_client(app: FastAPI) -> Iterator[NewClient]:
    """Makes clients that share nothing but the server."""
    with ExitStack() as stack:
        stack.enter_context(TestClient(app, base_url="http://localhost"))  # starts the server

        def new() -> TestClient:
            return TestClient(
                app,
                base_url="http://localhost",
                headers={"Sec-Fetch-Site": "same-origin"},
                raise_server_exceptions=False,
            )

        yield new


@pytest.fixture
def client(new_client: NewClient) -> TestClient:
    return new_client()


@pytest.fixture
def guest(client: TestClient) -> TestClient:
    assert client.post("/api/session").status_code == 200
    return client


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if "TODAY_FEELING" not in name},
        "TODAY_FEELING_DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}",
        "COLUMNS": "200",
    }


@pytest.fixture
def run(environment: dict[str, str], capfd: pytest.CaptureFixture[str]) -> Run:
    return lambda *arguments: call(capfd, arguments, environment)
