"""How often one may guess."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from tests.web.people import PASSWORD, form, log_in, sign_up
from today_feeling.errors import TooManyRequests
from today_feeling.settings import Settings
from today_feeling.store.database import Database
from today_feeling.web.app import create_app
from today_feeling.web.limits import AccountLimit, network_of

START = datetime(2026, 1, 1, tzinfo=UTC)


def guess(client: TestClient, login_id: str = "jisoo2026", password: str | None = None) -> Any:
    body = {"login_id": login_id, "password": password or "not-the-one"}
    return client.post("/api/login", json=body)


class TestTightLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return dataclasses.replace(settings, tries_per_account=3, tries_per_address=8)

    def test_an_account_is_guessed_at_only_so_often(
        self, client: TestClient, new_client: NewClient, clock: FakeClock
    ) -> None:
        sign_up(client)
        other = new_client()
        assert [guess(other).status_code for _ in range(3)] == [401] * 3
        refused = guess(other, " JISOO2026", PASSWORD)
        assert refused.status_code == 429
        assert refused.json()["code"] == "too_many_requests"
        assert refused.headers["retry-after"] == "900"
        clock.advance(minutes=15)
        log_in(other)

    def test_an_id_that_there_is_not_is_limited_alike(self, client: TestClient) -> None:
        statuses = [guess(client, "nobody2026").status_code for _ in range(4)]
        assert statuses == [401, 401, 401, 429]

    def test_the_right_password_takes_back_what_was_counted(self, client: TestClient) -> None:
        sign_up(client)
        for _ in range(2):
            assert [guess(client).status_code for _ in range(2)] == [401] * 2
            log_in(client)

    def test_an_address_tries_only_so_many_accounts(self, client: TestClient) -> None:
        statuses = [guess(client, f"somebody{number}").status_code for number in range(9)]
        assert statuses == [401] * 8 + [429]
        client.post("/api/session")
        assert client.post("/api/account", json=form()).status_code == 429
        reset = {"login_id": "jisoo2026", "email": "a@b.kr"}
        assert client.post("/api/password-resets", json=reset).status_code == 429
        redeem = {"token": "x", "password": "red-onion-hums"}
        assert client.put("/api/password-resets", json=redeem).status_code == 429

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("PATCH", "/api/account", {"email": "a@b.kr", "password": "not-the-one"}),
            ("PUT", "/api/account/password", {"current": "not-the-one", "new": "red-onion-hums"}),
            ("DELETE", "/api/account", {"password": "not-the-one"}),
        ],
    )
    def test_nor_is_the_password_guessed_in_an_open_session(
        self, client: TestClient, method: str, path: str, body: object
    ) -> None:
        sign_up(client)
        statuses = [client.request(method, path, json=body).status_code for _ in range(4)]
        assert statuses == [422, 422, 422, 429]
        assert guess(client, password=PASSWORD).status_code == 429

    def test_two_servers_on_one_database_count_together(
        self, client: TestClient, settings: Settings, clock: FakeClock
    ) -> None:
        sign_up(client)
        with TestClient(create_app(settings, clock=clock), base_url="http://localhost") as second:
            assert [guess(each).status_code for each in (client, second, client)] == [401] * 3
            assert guess(second, password=PASSWORD).status_code == 429

    def test_another_name_counts_as_no_guess(self, client: TestClient) -> None:
        sign_up(client)
        for _ in range(5):
            assert client.patch("/api/account", json={"name": "Me"}).status_code == 200
        for _ in range(3):
            assert guess(client).status_code == 401
        assert client.patch("/api/account", json={"name": "Me"}).status_code == 200
        assert guess(client).status_code == 429  # and takes back none


def told_of(asked: list[Session]) -> Any:
    """A `Database.writing` that tells of every transaction."""
    writing = Database.writing

    @contextmanager
    def told(self: Database) -> Iterator[Session]:
        with writing(self) as session:
            asked.append(session)
            yield session

    return told


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(f"sqlite:///{tmp_path / 'limits.db'}") as opened:
        opened.migrate()
        yield opened


def test_who_goes_on_after_being_refused_keeps_nobody_from_writing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = AccountLimit(database, "tries", 2, 900)
    asked: list[Session] = []
    monkeypatch.setattr(Database, "writing", told_of(asked))
    for _ in range(50):
        with suppress(TooManyRequests):
            limit.check("jisoo2026", "1.1.1.1", START)
    assert len(asked) == 2 * 2 + (3 - 1) * 2
    limit.forget("jisoo2026", "1.1.1.1")
    limit.check("jisoo2026", "1.1.1.1", START)


def test_who_guesses_from_one_address_locks_out_no_other(database: Database) -> None:
    limit = AccountLimit(database, "tries", 2, 900)
    for _ in range(2):
        limit.check("jisoo2026", "1.1.1.1", START)
    with pytest.raises(TooManyRequests):
        limit.check("jisoo2026", "1.1.1.1", START)
    limit.check("jisoo2026", "2.2.2.2", START)
    limit.check("minho2026", "1.1.1.1", START)


def test_all_addresses_together_have_ten_times_the_tries(database: Database) -> None:
    limit = AccountLimit(database, "tries", 2, 900)
    for number in range(20):
        limit.check("jisoo2026", f"1.1.1.{number}", START + timedelta(seconds=number))
    with pytest.raises(TooManyRequests) as caught:
        limit.check("jisoo2026", "1.1.1.99", START + timedelta(seconds=60))
    assert caught.value.retry_after_s == 840


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_household_is_one_address(address: str, network: str) -> None:
    assert network_of(address) == network
