"""What a request may hold: no picture, and nothing that is too long."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from today_feeling.web import bodies
from today_feeling.web.bodies import (
    IMPORT_PATH,
    LONG_BYTES,
    MAX_BODY_BYTES,
    JsonBodiesOnly,
    most_bytes,
)
from today_feeling.web.limits import network_of

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


def operations(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path of the API, with ids filled in."""
    return [
        (method.upper(), re.sub(r"\{\w+_id\}", "1", path).replace("{date}", "2026-03-01"))
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    ]


def test_a_body_that_is_too_large_is_refused(guest: TestClient) -> None:
    headers = {"content-type": "application/json"}
    fits = b'{"origin":"random"}'.ljust(MAX_BODY_BYTES)
    assert guest.post("/api/recommendations", content=fits, headers=headers).status_code == 201
    response = guest.post("/api/recommendations", content=fits + b" ", headers=headers)
    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"


def asked(reader: JsonBodiesOnly, *pieces: bytes, waits: bool = False) -> int | None:
    """The status that the pieces of an import get; None where it is left to the app."""

    async def ask() -> int | None:
        coming = [{"type": "http.request", "body": each, "more_body": True} for each in pieces]
        coming += [] if waits else [{"type": "http.request", "body": b"", "more_body": False}]
        statuses: list[int] = []

        async def receive() -> Message:
            if not coming:
                await anyio.sleep_forever()
            return coming.pop(0)

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        scope = {"type": "http", "method": "POST", "path": IMPORT_PATH, "client": ("::1", 1)}
        headers = [(b"content-type", b"application/json")]
        await reader({**scope, "headers": headers}, receive, send)
        return statuses[0] if statuses else None

    return anyio.run(ask)


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive, send


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_S", 0.2)
    reader = JsonBodiesOnly(nothing)
    assert asked(reader, b"{", waits=True) == 408
    assert asked(reader, b"{") is None


def test_a_few_long_bodies_come_in_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_S", 0.2)
    reader = JsonBodiesOnly(nothing)
    long = b" " * (LONG_BYTES + 1)
    for _ in range(10):
        assert asked(reader, long, waits=True) == 408  # and gives its place back
    now = datetime.now(UTC)
    with ExitStack() as others:
        for _ in range(8):
            others.enter_context(reader._long.held(network_of("::1"), now))
        assert asked(reader, long) == 429
        assert asked(reader, b" " * LONG_BYTES) is None
    assert asked(reader, long) is None


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
                    continue  # a list; what is no table is refused unread: see songs/test_files
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


def test_whatever_the_document_allows_fits_into_its_limit(app: FastAPI) -> None:
    document = app.openapi()
    shapes = document["components"]["schemas"]

    def most(schema: dict[str, Any]) -> int:
        """Bytes of the longest value, with four for a letter."""
        match schema:
            case {"$ref": name}:
                size = most(shapes[name.rpartition("/")[2]])
            case {"anyOf": choices}:
                size = max(map(most, choices))
            case {"enum": words}:
                size = max(len(json.dumps(each)) for each in words)
            case {"type": "object"}:
                members = schema["properties"].items()
                size = 2 + sum(len(name) + 4 + most(member) for name, member in members)
            case {"type": "array"}:
                size = 2 + schema["maxItems"] * (1 + most(schema["items"]))
            case {"type": "string", "maxLength": letters}:
                size = 2 + 4 * letters
            case {"type": kind}:  # a string without a length is an id or a time
                size = {"string": 38, "integer": 19, "number": 23, "boolean": 5, "null": 4}[kind]
        return size

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] in {"import_diary", "look_at_songs"}:
                continue  # a file, which says itself how long it is
            for content in operation.get("requestBody", {}).get("content", {}).values():
                assert most(content["schema"]) <= most_bytes(method.upper(), path), (method, path)
