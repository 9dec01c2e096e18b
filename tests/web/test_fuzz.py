"""Schemathesis reads the API's document and tries to prove it wrong, on the real server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.web.processes import serving

CONFIG = Path(__file__).with_name("fuzz.toml")

MAX_TIME_S = 7
"""Of the longer run; it ends there on a busy machine, and has more examples on an idle one."""

OTHER_SESSIONS = 60
"""So that no small number that is tried as a session's id is that of our own."""

ENVIRONMENT = {
    **os.environ,
    **{
        f"TODAY_FEELING_{limit}": "1000000"
        for limit in (
            "GUESTS_PER_MINUTE", "WRITES_PER_MINUTE", "TRIES_PER_ADDRESS", "TRIES_PER_ACCOUNT"
        )
    },
    # Nobody listens there: what is tried here is not sent to strangers.
    "TODAY_FEELING_YOUTUBE_URL": "http://127.0.0.1:9",
    "TODAY_FEELING_YOUTUBE_MUSIC_URL": "http://127.0.0.1:9",
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'fuzz.db'}"
    with serving(ENVIRONMENT, "--database", url) as (address, _):
        yield address


def log_in(server: str) -> str:
    """An account with a password that nothing generates; returns its cookie."""
    for _ in range(OTHER_SESSIONS):
        httpx2.post(f"{server}/api/session")
    with httpx2.Client(base_url=server) as client:
        client.post("/api/session")
        form = {
            "login_id": "fuzzer2026",
            "password": "seven-quiet-otters",
            "name": "Otter",
            "email": "otter@example.com",
        }
        assert client.post("/api/account", json=form).status_code == 201
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def fuzz(server: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = "from schemathesis.cli import schemathesis; schemathesis()"
    arguments = ["--config-file", str(CONFIG), "run", f"{server}/openapi.json"]
    return subprocess.run(
        [sys.executable, "-c", program, *arguments, "--seed", "1", "--no-color", *options],
        cwd=folder,  # it leaves files behind
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.mark.long
def test_an_account_finds_every_answer_in_the_document(server: str, tmp_path: Path) -> None:
    """All but the log-out, after which nobody is asking any more."""
    options = ["--exclude-path", "/api/logout", "-n", "20", "--max-time", str(MAX_TIME_S)]
    done = fuzz(server, tmp_path, "-H", f"Cookie: {log_in(server)}", *options)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
@pytest.mark.long
def test_postgresql_finds_every_answer_in_the_document_too(
    database_url: str, tmp_path: Path
) -> None:
    """What only one of the databases refuses shows within a few requests to each route."""
    options = ["--exclude-path", "/api/logout", "-n", "3", "--max-time", "4"]
    with serving(ENVIRONMENT, "--database", database_url) as (address, _):
        done = fuzz(address, tmp_path, "-H", f"Cookie: {log_in(address)}", *options)
    assert done.returncode == 0, done.stdout


def test_nobody_finds_every_answer_in_the_document(server: str, tmp_path: Path) -> None:
    """Without a session most operations refuse, and log-out has nothing to end."""
    done = fuzz(server, tmp_path, "-n", "1", "--phases", "examples,fuzzing", "--max-time", "3")
    assert done.returncode == 0, done.stdout
