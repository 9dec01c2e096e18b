"""How much is read for whom at a time, and for how long."""

from __future__ import annotations

import json

import pytest
from anyio import Event
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message

from tests.outside import Outside, Reply
from tests.web.songs.lists import look, packed, refusal
from tests.youtube_outside import serve_oembed, video_id
from today_feeling.web import telling
from today_feeling.web.telling import OF_ONE, PER_MINUTE


def test_whoever_leaves_ends_the_reading(app: FastAPI, internet: Outside) -> None:
    """A whole answer, as the server gives it to a browser that goes after the first lines."""
    serve_oembed(internet, {video_id(n): f"A - Song {n}" for n in range(40)})
    text = "\n".join(video_id(n) for n in range(40))
    with TestClient(app, base_url="http://localhost") as client:
        client.post("/api/session")
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        body = json.dumps({"pasted": text}).encode()
        heard: list[bytes] = []

        async def leave_after_three() -> None:
            asked = [{"type": "http.request", "body": body, "more_body": False}]
            gone = Event()

            async def receive() -> Message:
                if asked:
                    return asked.pop()
                await gone.wait()
                return {"type": "http.disconnect"}

            async def send(message: Message) -> None:
                heard.append(message.get("body", b""))
                if len(heard) > 3:
                    gone.set()

            headers = {
                "host": "localhost",
                "cookie": cookie,
                "content-type": "application/json",
                "content-length": str(len(body)),
            }
            raw = [(name.encode(), value.encode()) for name, value in headers.items()]
            scope = {
                "type": "http",
                "asgi": {"version": "3.0"},
                "http_version": "1.1",
                "method": "POST",
                "scheme": "http",
                "path": "/api/songs/preview",
                "raw_path": b"/api/songs/preview",
                "query_string": b"",
                "headers": raw,
                "client": ("127.0.0.1", 1),
                "server": ("localhost", 80),
            }
            await app(scope, receive, send)

        assert client.portal is not None
        client.portal.call(leave_after_three)
    assert b'"song"' in b"".join(heard)
    assert len(internet.asked) < 10


def test_one_network_has_so_many_lists_read(guest: TestClient) -> None:
    answers = [guest.post("/api/songs/preview", json={"pasted": ""}) for _ in range(PER_MINUTE + 1)]
    assert {each.status_code for each in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_list_that_cannot_be_read_counts_and_leaves_its_place(guest: TestClient) -> None:
    damaged = packed({"hello.txt": b"x"})
    for _ in range(PER_MINUTE):
        assert refusal(guest, file=damaged) == "damaged"
    assert guest.post("/api/songs/preview", json={"file": damaged}).status_code == 429


def test_no_answer_goes_on_without_end(
    guest: TestClient, internet: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "LONGEST_S", 2.0)
    internet.troubles = [Reply(b"", 429, {"Retry-After": "4"})] * OF_ONE
    for _ in range(OF_ONE):
        lines = look(guest, pasted=video_id(1))
        assert {line["kind"] for line in lines} == {"total", "waiting"}
    assert look(guest, pasted="")[-1]["kind"] == "end", "every place is free again"
