"""What is a person's own is in no log and in no error, however much is logged."""

from __future__ import annotations

import dataclasses
import logging
import traceback
from collections.abc import Iterator
from typing import Final

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from starlette.testclient import TestClient

from tests.services.post_office import PostOffice, open_office
from tests.web.people import EMAIL, PASSWORD, codes, form, log_in, sign_up
from tests.web.test_account import COOKIE
from today_feeling.errors import StoreUnavailable
from today_feeling.settings import Settings
from today_feeling.store.database import Database

NEW: Final = "red-onion-hums"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def settings(settings: Settings, office: PostOffice) -> Settings:
    return dataclasses.replace(
        settings,
        public_url="https://music.example",
        smtp_host="localhost",
        smtp_port=office.port,
        smtp_security="none",
        smtp_from="no-reply@music.example",
    )


def test_a_whole_life_of_an_account_leaves_nothing_in_the_log(
    caplog: pytest.LogCaptureFixture, client: TestClient, office: PostOffice
) -> None:
    for name in ("aiosmtpd", "mail", "mail.log"):  # the other side of the conversation
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with caplog.at_level(logging.DEBUG):
        sign_up(client)
        tokens = [client.cookies[COOKIE]]
        taken = client.post("/api/account", json=form(email="geheim"))
        client.post("/api/login", json={"login_id": "jisoo2026", "password": "geheim!"})
        log_in(client)
        tokens.append(client.cookies[COOKIE])
        client.patch("/api/account", json={"email": "geheim@b.kr", "password": PASSWORD})
        client.put("/api/account/password", json={"current": PASSWORD, "new": NEW})
        client.post("/api/password-resets", json={"login_id": "jisoo2026", "email": "geheim@b.kr"})
        link = next(line for line in office.letters[0].get_content().split() if "#" in line)
        tokens.append(link.partition("#")[2])
        client.put("/api/password-resets", json={"token": tokens[-1], "password": PASSWORD})
        log_in(client)
        client.request("DELETE", "/api/account", json={"password": PASSWORD})
    assert codes(taken)
    assert "geheim" not in taken.text
    assert caplog.records  # the level was low enough to see something
    for secret in (PASSWORD, NEW, EMAIL, "geheim", "$argon2", *tokens):
        assert secret not in caplog.text


def test_a_statement_that_fails_does_not_show_its_values(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            session.execute(text("SELECT nothing FROM users WHERE name = :n"), {"n": "geheim"})

    with pytest.raises((ProgrammingError, StoreUnavailable)) as caught:
        fail()
    shown = "".join(traceback.format_exception(caught.value))
    assert "SELECT nothing" in shown
    assert "geheim" not in shown.replace('{"n": "geheim"}', "")  # the line of this test itself
