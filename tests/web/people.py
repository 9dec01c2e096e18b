"""What tests of accounts do again and again."""

from __future__ import annotations

from typing import Any, Final

from starlette.testclient import TestClient

Json = dict[str, Any]

PASSWORD: Final = "blue-tomato-sings"
EMAIL: Final = "Jisoo@Example.com"


def form(**other: str) -> Json:
    """A sign-up form that is right."""
    return {"login_id": "jisoo2026", "password": PASSWORD, "name": "김지수", "email": EMAIL} | other


def sign_up(client: TestClient, **other: str) -> Json:
    """Make the client's guest an account; returns the user."""
    client.post("/api/session")
    response = client.post("/api/account", json=form(**other))
    assert response.status_code == 201, response.text
    user: Json = response.json()["user"]
    return user


def log_in(
    client: TestClient, login_id: str = "jisoo2026", password: str = PASSWORD, **other: bool
) -> Json:
    """Log the client in; returns the answer."""
    body = {"login_id": login_id, "password": password, **other}
    response = client.post("/api/login", json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def codes(response: Any) -> dict[str, str]:
    """Field -> code of a form that was refused."""
    body = response.json()
    assert response.status_code == 422, body
    assert body["code"] == "invalid_input"
    return {each["field"]: each["code"] for each in body["errors"]}
