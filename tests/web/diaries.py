"""A diary, as its owner sends and reads it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

Json = dict[str, Any]


def observation(number: int, at: str, **other: object) -> Json:
    return {
        "id": str(UUID(int=number)),
        "observed_at": at,
        "duration_s": 10.0,
        "emotion": "happiness",
        "probabilities": [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        "unsure_share": 0.0,
        **other,
    }


def send(client: TestClient, *observations: Json) -> int:
    return client.post("/api/observations", json={"observations": observations}).status_code


def day(client: TestClient, date: str = "2026-03-01", timezone: str = "Asia/Seoul") -> Json:
    response = client.get(f"/api/diary/{date}", params={"timezone": timezone})
    assert response.status_code == 200, response.text
    body: Json = response.json()
    return body


def take_in(client: TestClient, content: object, media_type: str = "application/json") -> Json:
    text = content if isinstance(content, str) else json.dumps(content)
    response = client.post(
        "/api/import",
        params={"timezone": "Asia/Seoul"},
        content=text.encode(),
        headers={"content-type": media_type},
    )
    assert response.status_code == 200, response.text
    body: Json = response.json()
    return body
