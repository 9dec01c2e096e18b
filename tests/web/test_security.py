from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from today_feeling.settings import Settings
from today_feeling.web.app import create_app

SONG = {"origin": "random"}


@pytest.fixture
def bare(app: FastAPI) -> Iterator[TestClient]:
    """A client that is no browser: it sends neither Sec-Fetch-Site nor Origin."""
    with TestClient(app, base_url="http://localhost") as client:
        client.post("/api/session")
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:8001"},
        {"Origin": "null"},
        {"Origin": ""},
    ],
)
def test_no_other_site_can_change_anything(bare: TestClient, headers: dict[str, str]) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        response = bare.request(method, "/api/recommendations", json=SONG, headers=headers)
        assert response.status_code == 403
        assert response.json()["code"] == "cross_origin"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"},
        {"Origin": "http://localhost"},
        {"Origin": "https://LOCALHOST"},
        {},
    ],
)
def test_our_own_pages_and_programs_can(bare: TestClient, headers: dict[str, str]) -> None:
    assert bare.post("/api/recommendations", json=SONG, headers=headers).status_code == 201


def test_reading_from_a_link_on_another_site_is_fine(bare: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert bare.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8000", "", "10.0.0.1", "[::2]"]
)
def test_a_foreign_host_name_gets_no_answer(bare: TestClient, host: str) -> None:
    for path in ("/", "/api/health", "/models/x.json", "/docs"):
        response = bare.get(path, headers={"Host": host})
        assert response.status_code == 400
        assert response.json()["code"] == "host_not_allowed"


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:9999", "127.0.0.1:1", "[::1]", "[::1]:80"]
)
def test_our_host_names_are_answered_on_any_port(bare: TestClient, host: str) -> None:
    assert bare.get("/api/health", headers={"Host": host}).status_code == 200


def test_a_configured_host_name_is_answered(settings: Settings) -> None:
    app = create_app(dataclasses.replace(settings, allowed_hosts=("music.example",)))
    with TestClient(app, base_url="http://music.example:8443") as client:
        assert client.get("/api/health").status_code == 200
        assert client.get("/api/health", headers={"Host": "localhost"}).status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/api/health"),
        ("GET", "/api/nothing"),
        ("DELETE", "/api/session"),
        ("GET", "/api/preferences"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("GET", "/models/none.json"),
        ("GET", "/nothing.js"),
    ],
)
def test_every_answer_carries_the_security_headers(
    client: TestClient, method: str, path: str
) -> None:
    headers = client.request(method, path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval' https://www.youtube.com"
    assert policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["style-src"]
    assert "'unsafe-eval'" not in str(policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert "microphone=()" in headers["permissions-policy"]
    assert "geolocation=()" in headers["permissions-policy"]
    # The player lives in an iframe of this host: without it every song would wait for a click.
    assert "https://www.youtube-nocookie.com" in headers["permissions-policy"]


def test_answers_about_a_user_stay_out_of_caches(guest: TestClient) -> None:
    for path in ("/api/preferences", "/api/diary/2026-03-01?timezone=UTC"):
        assert guest.get(path).headers["cache-control"] == "no-store"
