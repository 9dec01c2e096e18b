"""Somebody else logs in, in another tab: nobody's readings go to the next person."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage, running_server
from tests.e2e.people import expect_logged_in, fill_log_in, with_account
from tests.e2e.server import Server
from tests.e2e.watching import start_camera

PATIENCE_MS = 60_000


def owners(server: Server) -> set[str | None]:
    """Ids of all whose diary has readings; None is a guest's."""
    with sqlite3.connect(server.database) as database:
        rows = database.execute(
            "SELECT login_id FROM observations JOIN users ON users.id = user_id"
        ).fetchall()
    return {login_id for (login_id,) in rows}


def watch(page: Page, server: Server) -> None:
    """Return when the camera is on and the server has a first reading."""
    start_camera(page, server)
    with page.expect_response("**/api/observations", timeout=PATIENCE_MS) as answer:
        pass
    assert answer.value.status == 204


@pytest.mark.long
def test_a_logout_in_one_tab_ends_the_camera_in_the_others_and_the_next_person_gets_nothing(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(SITTING, locale="en-US")
    with running_server(tmp_path) as server:
        bob = with_account(new_page(clip=None).context, server)
        ann = with_account(page.context, server)
        watch(page, server)
        other = page.context.new_page()
        other.goto(server.url)
        other.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("link", name="Log in")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_test_id("camera-sign")).to_have_count(0)
        other.get_by_role("link", name="Log in").click()
        fill_log_in(other, bob)
        expect_logged_in(other, bob)
        expect_logged_in(page, bob)
        assert owners(server) == {ann.login_id}


@pytest.mark.long
def test_a_tab_that_was_not_told_is_refused_and_begins_anew_as_who_is_there_now(
    new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(SITTING, locale="en-US")
    with running_server(tmp_path) as server:
        bob = with_account(new_page(clip=None).context, server)
        ann = with_account(page.context, server)
        watch(page, server)
        # The cookie is Bob's by now, and no page hears of it.
        cookies = page.context.request
        assert cookies.post(f"{server.url}/api/logout").ok
        form = {"login_id": bob.login_id, "password": bob.password}
        assert cookies.post(f"{server.url}/api/login", data=form).ok
        with page.expect_response("**/api/observations", timeout=PATIENCE_MS) as answer:
            pass
        assert answer.value.status == 409
        expect_logged_in(page, bob)
        expect(page.get_by_test_id("camera-sign")).to_have_count(0)
        assert owners(server) == {ann.login_id}
