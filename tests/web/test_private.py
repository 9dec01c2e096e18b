"""A whole session of which nothing is stored: no cookie, and not a row."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.services.test_private import rows
from today_feeling.domain.emotion import EMOTIONS

LIKES = {
    "genres": {emotion: ["jazz"] for emotion in EMOTIONS},
    "sources": ["youtube", "library"],
}


def ask(client: TestClient, **more: Any) -> list[dict[str, Any]]:
    body = {"emotion": "sadness", "origin": "manual", "likes": LIKES, "length": 3, **more}
    answer = client.post("/api/private/queue", json=body)
    assert answer.status_code == 200, answer.text
    songs: list[dict[str, Any]] = answer.json()["songs"]
    return songs


def test_songs_are_chosen_without_a_session_and_nothing_is_kept(
    app: FastAPI, client: TestClient
) -> None:
    database = app.state.world.database
    before = rows(database)
    songs = ask(client)
    assert [song["track"]["genre"] for song in songs] == ["jazz"] * 3
    known = [
        {"track_id": song["track"]["id"], "emotion": "sadness", "origin": "manual"}
        for song in songs
    ]
    again = ask(client, playing=known[0], waiting=known[1:], length=2)
    assert [song["track"]["id"] for song in again] == [each["track_id"] for each in known[1:]]
    assert rows(database) == before
    assert not client.cookies


def test_a_question_that_is_too_long_is_refused(client: TestClient) -> None:
    body = {"origin": "random", "likes": LIKES, "heard": list(range(1, 1000))}
    assert client.post("/api/private/queue", json=body).status_code == 422


@pytest.mark.parametrize("what", ["audio", "cover"])
def test_a_song_that_is_not_there_has_no_sound_and_no_picture(
    client: TestClient, what: str
) -> None:
    assert client.get(f"/api/private/tracks/999999/{what}").status_code == 404
