"""The real application in this process, on a database of its own.

`settings`   of that application; `app` and `client` follow from it
`client`     speaks HTTP to it as a browser of the same origin, without a session yet
`guest`      the same with a session
`environment`, `run`  of the command line, on a database of its own
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.processes import START, Run
from today_feeling.settings import Settings
from today_feeling.web.app import create_app

NewClient = Callable[[], TestClient]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("static", "models"):
        (tmp_path / name).mkdir()
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'web.db'}",
        static_dir=tmp_path / "static",
        models_dir=tmp_path / "models",
        # Nothing listens there: no test asks the real ones.
        youtube_url="http://127.0.0.1:9",
        youtube_music_url="http://127.0.0.1:9",
        radio_directory_url="http://127.0.0.1:9",
    )


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
def run(environment: dict[str, str]) -> Run:
    def start(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", START, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return start
