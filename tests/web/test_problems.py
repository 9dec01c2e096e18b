from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from today_feeling import errors
from today_feeling.settings import Settings
from today_feeling.store import database as database_module
from today_feeling.web.app import create_app
from today_feeling.web.problems import ERRORS


def every_error(base: type[errors.TodayFeelingError]) -> Iterator[type[errors.TodayFeelingError]]:
    for error in base.__subclasses__():
        yield error
        yield from every_error(error)


def test_every_error_of_ours_has_a_status() -> None:
    assert set(every_error(errors.TodayFeelingError)) == set(ERRORS)


def test_the_drawing_of_the_error_tree_is_complete() -> None:
    drawn = {
        line.strip("├└─ ").split()[0]
        for line in (errors.__doc__ or "").splitlines()
        if line.startswith(("├", "└"))
    }
    assert drawn == {error.__name__ for error in every_error(errors.TodayFeelingError)}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("POST", "/api/nothing", 404, "not_found"),
        ("GET", "/api/", 404, "not_found"),
        ("GET", "/nothing.js", 404, "not_found"),
        ("GET", "/models/none.tflite", 404, "not_found"),
        ("GET", "/api/session", 405, "method_not_allowed"),
        ("DELETE", "/api/health", 405, "method_not_allowed"),
        ("POST", "/", 405, "method_not_allowed"),
        ("POST", "/models/none.tflite", 405, "method_not_allowed"),
        ("GET", "/api/preferences", 401, "session_required"),
    ],
)
def test_every_error_is_a_problem(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert response.status_code == body["status"] == status
    assert body["code"] == code
    assert set(body) >= {"type", "title", "status", "detail", "code"}


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/account", "DELETE, GET, PATCH, POST"),
        ("/api/plays/1", "DELETE, PATCH"),
        ("/api/diary/deletions", "POST"),
        ("/api/diary/2026-03-01", "GET"),
    ],
)
def test_a_wrong_method_is_told_all_the_right_ones(
    client: TestClient, path: str, methods: str
) -> None:
    response = client.request("OPTIONS", path)
    assert response.status_code == 405
    assert response.headers["allow"] == methods


def test_a_crash_is_a_problem_without_details(
    app: FastAPI, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    def crash() -> None:
        raise RuntimeError("the secret cause")

    app.add_api_route("/api/crash", crash)
    with caplog.at_level(logging.CRITICAL):
        response = client.get("/api/crash")
    assert response.status_code == 500
    assert response.json()["code"] == "internal_error"
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_an_invalid_value_is_not_echoed(guest: TestClient) -> None:
    response = guest.post("/api/recommendations", json={"origin": "my secret"})
    assert "my secret" not in response.text


def test_a_locked_database_is_a_503_and_nothing_is_lost(
    settings: Settings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 50)
    path = settings.database_url.removeprefix("sqlite:///")
    with TestClient(create_app(settings, clock=clock), base_url="http://localhost") as client:
        client.post("/api/session")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        refused = client.post("/api/recommendations", json={"origin": "random"})
        assert client.get("/api/preferences").status_code == 200
        other.execute("ROLLBACK")
        other.close()
        assert refused.status_code == 503
        assert refused.json()["code"] == "store_unavailable"
        assert int(refused.headers["retry-after"]) > 0
        assert path not in refused.text
        again = client.post("/api/recommendations", json={"origin": "random"})
        assert (again.status_code, again.json()["id"]) == (201, 1)


def test_a_start_without_a_database_says_which_error_it_was(settings: Settings) -> None:
    app = create_app(
        Settings(database_url="postgresql://127.0.0.1:9/nothing", static_dir=settings.static_dir)
    )
    with pytest.raises(errors.StoreUnavailable), TestClient(app):
        pass
    assert isinstance(app.state.startup_error, errors.StoreUnavailable)
