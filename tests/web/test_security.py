from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from today_feeling.settings import Settings
from today_feeling.web.app import create_app
from today_feeling.web.security import IMPORT_PATH, MAX_BODY_BYTES, most_bytes

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 500
IMAGE_TYPES = [
    "image/png",
    "image/jpeg",
    "application/octet-stream",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/json-patch+json",
    "",
]
LONGEST_TEXT = 2000
"""Characters of a note; the smallest picture with a face in it takes more."""
SONG = {"origin": "random"}


def operations(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path of the API, with ids filled in."""
    return [
        (method.upper(), re.sub(r"\{\w+_id\}", "1", path).replace("{date}", "2026-03-01"))
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    ]


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


def test_a_body_that_is_too_large_is_refused(guest: TestClient) -> None:
    headers = {"content-type": "application/json"}
    fits = b'{"origin":"random"}'.ljust(MAX_BODY_BYTES)
    assert guest.post("/api/recommendations", content=fits, headers=headers).status_code == 201
    response = guest.post("/api/recommendations", content=fits + b" ", headers=headers)
    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"


def test_a_body_in_pieces_is_counted_too(guest: TestClient) -> None:
    taken = 0

    def pieces() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(most_bytes("POST", "/api/observations") // 1024 + 1):
            taken += 1
            yield b" " * 1024

    headers = {"content-type": "application/json"}
    response = guest.post("/api/observations", content=pieces(), headers=headers)
    assert "content-length" not in response.request.headers
    assert response.status_code == 413
    assert taken > 48


@pytest.mark.parametrize("length", ["-1", "nine", "99999999999999999999"])
def test_a_length_that_cannot_be_is_refused(guest: TestClient, length: str) -> None:
    headers = {"content-type": "application/json", "content-length": length}
    response = guest.post("/api/recommendations", content=b"{}", headers=headers)
    assert response.status_code == 413


def test_no_route_takes_a_picture(app: FastAPI, guest: TestClient) -> None:
    every = [*operations(app), ("POST", "/"), ("PUT", "/models/x.json"), ("POST", "/docs")]
    assert len(every) > 12
    for method, path in every:
        for media_type in IMAGE_TYPES:
            response = guest.request(
                method, path, content=PNG, headers={"content-type": media_type}
            )
            assert response.status_code == 415, (method, path, media_type)
            assert response.json()["code"] == "unsupported_media_type"
        large = guest.request(
            method,
            path,
            content=PNG * (most_bytes(method, path) // len(PNG) + 1),
            headers={"content-type": "application/json"},
        )
        assert large.status_code == 413, (method, path)


@pytest.mark.parametrize("media_type", ["application/json", "text/csv"])
@pytest.mark.parametrize("content", [PNG, b"full_date,time,mood\n\0", b"\xff\xfe", b'{"a": \0}'])
def test_what_comes_in_as_a_diary_is_text(
    guest: TestClient, media_type: str, content: bytes
) -> None:
    response = guest.post(
        IMPORT_PATH,
        params={"timezone": "UTC"},
        content=content,
        headers={"content-type": media_type},
    )
    assert response.status_code == 422
    assert "no text" in response.json()["detail"]


def test_no_picture_hides_in_json(app: FastAPI) -> None:
    """No request has room for a long text, so not for an encoded picture either."""
    document = app.openapi()
    shapes = document["components"]["schemas"]

    def leaves(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "$ref" in schema:
            schema = shapes[schema["$ref"].rpartition("/")[2]]
        inner = [
            *schema.get("properties", {}).values(),
            *schema.get("anyOf", []),
            *([schema["items"]] if "items" in schema else []),
        ]
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False
        if schema.get("type") == "array":
            assert schema["maxItems"] <= 100
        if not inner:
            yield schema
        for each in inner:
            yield from leaves(each)

    bodies = 0
    for methods in document["paths"].values():
        for operation in methods.values():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                if operation["operationId"] == "import_diary":
                    continue  # long, but text: see above
                if operation["operationId"] == "look_at_songs":
                    continue  # a list; what is no table is refused unread: see test_songs
                assert media_type == "application/json"
                bodies += 1
                for leaf in leaves(content["schema"]):
                    if leaf.get("type") == "string":
                        short = leaf.get("maxLength", MAX_BODY_BYTES) <= LONGEST_TEXT
                        kind = leaf.get("format")
                        assert "enum" in leaf or kind in {"uuid", "date-time"} or short, leaf
    assert bodies > 6


def test_a_packed_body_is_refused(guest: TestClient) -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    response = guest.post("/api/recommendations", content=b"{}", headers=headers)
    assert response.status_code == 415


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
