"""A forgotten password, from the page to the mail and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.services.post_office import PostOffice, open_office
from tests.web.conftest import NewClient
from tests.web.people import EMAIL, PASSWORD, codes, log_in, sign_up
from today_feeling.settings import Settings

NEW = "red-onion-hums"


def ask(client: TestClient, login_id: str = "jisoo2026", email: str = EMAIL) -> object:
    response = client.post("/api/password-resets", json={"login_id": login_id, "email": email})
    assert response.status_code == 202
    return response.json()


def test_without_a_mail_server_the_answer_is_the_same(client: TestClient) -> None:
    sign_up(client)
    assert client.get("/api/features").json() == {"password_reset_by_mail": False}
    assert ask(client) == {}


def test_a_made_up_link_has_expired(client: TestClient) -> None:
    for token in ("", "made-up", "x" * 43):
        response = client.put("/api/password-resets", json={"token": token, "password": NEW})
        assert (response.status_code, response.json()["code"]) == (410, "reset_expired")


class TestWithMail:
    @pytest.fixture
    def office(self) -> Iterator[PostOffice]:
        with open_office() as office:
            yield office

    @pytest.fixture
    def settings(self, settings: Settings, office: PostOffice) -> Settings:
        return dataclasses.replace(
            settings,
            public_url="https://music.example",
            smtp_host="localhost",
            smtp_port=office.port,
            smtp_security="none",
            smtp_from="no-reply@music.example",
        )

    def test_a_forgotten_password_is_replaced(
        self, client: TestClient, new_client: NewClient, office: PostOffice
    ) -> None:
        sign_up(client)
        stranger = new_client()
        assert stranger.get("/api/features").json() == {"password_reset_by_mail": True}
        assert ask(stranger) == ask(stranger, "nobody2026") == ask(stranger, email="x@y.kr") == {}
        (letter,) = office.letters
        link = next(line for line in letter.get_content().splitlines() if "://" in line)
        page, _, token = link.partition("#")
        assert page == "https://music.example/reset"
        weak = stranger.put("/api/password-resets", json={"token": token, "password": "password"})
        assert codes(weak) == {"body.password": "too_common"}
        body = {"token": token, "password": NEW}
        assert stranger.put("/api/password-resets", json=body).status_code == 204
        assert stranger.put("/api/password-resets", json=body).status_code == 410
        assert client.get("/api/account").status_code == 401
        refused = client.post("/api/login", json={"login_id": "jisoo2026", "password": PASSWORD})
        assert refused.status_code == 401
        log_in(client, password=NEW)

    def test_mails_for_one_account_are_few(
        self, client: TestClient, office: PostOffice, clock: FakeClock
    ) -> None:
        sign_up(client)
        for _ in range(3):
            ask(client)
        body = {"login_id": "jisoo2026", "email": EMAIL}
        for login_id in ("jisoo2026", "JISOO2026 "):
            again = client.post("/api/password-resets", json={**body, "login_id": login_id})
            assert (again.status_code, again.headers["retry-after"]) == (429, "3600")
        clock.advance(hours=1)
        ask(client)
        assert len(office.letters) == 4

    def test_a_mail_server_that_is_gone_is_not_the_askers_business(
        self, settings: Settings, client: TestClient, office: PostOffice
    ) -> None:
        sign_up(client, email="refused@example.com")
        assert ask(client, email="refused@example.com") == {}
        assert office.letters == []
