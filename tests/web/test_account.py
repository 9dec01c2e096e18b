"""Sign-up, profile, password and the end of an account."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from tests.web.diaries import day, observation, send
from tests.web.people import EMAIL, PASSWORD, codes, form, log_in, sign_up
from tests.web.test_listening import tick

COOKIE = "today_feeling_session"


@pytest.fixture
def member(client: TestClient) -> TestClient:
    """A client whose guest has signed up."""
    sign_up(client)
    return client


def test_a_guest_who_signs_up_keeps_everything(guest: TestClient) -> None:
    before = guest.post("/api/session").json()["user"]
    tick(guest, anger=["jazz"])
    send(guest, observation(1, "2026-03-01T11:00:00Z"))
    user = sign_up(guest)
    assert user == {**before, "guest": False} | {
        "login_id": "jisoo2026",
        "name": "김지수",
        "email": EMAIL,
    }
    assert guest.get("/api/preferences").json()["genres"]["anger"] == ["jazz"]
    assert len(day(guest)["observations"]) == 1


def test_a_sign_up_gets_a_new_token_and_the_old_one_is_worth_nothing(guest: TestClient) -> None:
    old = guest.cookies[COOKIE]
    sign_up(guest)
    assert guest.cookies[COOKIE] != old
    assert guest.get("/api/account").status_code == 200
    guest.cookies.clear()
    guest.cookies.set(COOKIE, old)
    assert guest.get("/api/account").status_code == 401


def test_every_wrong_field_is_named_at_once(guest: TestClient) -> None:
    body = {"login_id": "me", "password": "", "name": " \n", "email": "nobody"}
    response = guest.post("/api/account", json=body)
    assert codes(response) == {
        "body.login_id": "too_short",
        "body.password": "required",
        "body.name": "required",
        "body.email": "not_an_email",
    }
    assert guest.get("/api/account").json()["user"]["guest"]


def test_what_is_no_form_at_all_has_codes_too(guest: TestClient) -> None:
    half_a_pair = json.dumps({**form(name="\ud800"), "login_id": 5, "more": 1})
    headers = {"content-type": "application/json"}
    response = guest.post("/api/account", content=half_a_pair, headers=headers)
    assert codes(response) == {
        "body.login_id": "string_type",
        "body.name": "string_unicode",
        "body.more": "extra_forbidden",
    }
    missing = guest.post("/api/account", json={})
    assert set(codes(missing).values()) == {"missing"}


def test_an_id_that_somebody_has_is_taken_in_capitals_too(
    member: TestClient, new_client: NewClient
) -> None:
    other = new_client()
    other.post("/api/session")
    refused = other.post("/api/account", json=form(login_id="JISOO2026"))
    assert codes(refused) == {"body.login_id": "taken"}
    assert sign_up(other, login_id="jisoo2027")["email"] == EMAIL  # an address is not told


def test_an_account_cannot_sign_up_again(member: TestClient) -> None:
    response = member.post("/api/account", json=form(login_id="another1"))
    assert (response.status_code, response.json()["code"]) == (409, "conflict")


def test_guests_and_accounts_are_told_who_they_are(guest: TestClient) -> None:
    body = guest.get("/api/account").json()
    assert (body["has_password"], body["has_data"]) == (False, False)
    send(guest, observation(1, "2026-03-01T11:00:00Z"))
    sign_up(guest)
    body = guest.get("/api/account").json()
    assert (body["has_password"], body["has_data"]) == (True, True)
    assert body["user"]["login_id"] == "jisoo2026"


def test_a_name_changes_without_and_an_address_with_the_password(member: TestClient) -> None:
    changed = member.patch("/api/account", json={"name": "  Zoë "}).json()["user"]
    assert (changed["name"], changed["email"]) == ("Zoë", EMAIL)
    new = {"email": "new@example.com"}
    assert codes(member.patch("/api/account", json=new)) == {"body.password": "required"}
    wrong = member.patch("/api/account", json={**new, "password": "not-the-one"})
    assert codes(wrong) == {"body.password": "wrong_password"}
    assert member.get("/api/account").json()["user"] == changed
    right = member.patch("/api/account", json={**new, "password": PASSWORD})
    assert right.json()["user"] == {**changed, **new}
    for bad in ({"name": ""}, {"email": "x", "password": PASSWORD}):
        assert member.patch("/api/account", json=bad).status_code == 422


def test_a_new_password_ends_every_other_session(member: TestClient, new_client: NewClient) -> None:
    elsewhere = new_client()
    log_in(elsewhere)
    wrong = member.put("/api/account/password", json={"current": "nope", "new": "red-onion-hums"})
    assert codes(wrong) == {"body.current": "wrong_password"}
    weak = member.put("/api/account/password", json={"current": PASSWORD, "new": "MyJisoo2026"})
    assert codes(weak) == {"body.new": "contains_id"}
    assert elsewhere.get("/api/account").status_code == 200
    change = {"current": PASSWORD, "new": "red-onion-hums"}
    assert member.put("/api/account/password", json=change).status_code == 204
    assert elsewhere.get("/api/account").status_code == 401
    assert member.get("/api/account").status_code == 200
    refused = elsewhere.post("/api/login", json={"login_id": "jisoo2026", "password": PASSWORD})
    assert refused.status_code == 401
    log_in(elsewhere, password="red-onion-hums")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/api/account", {"name": "Me"}),
        ("PUT", "/api/account/password", {"current": "x", "new": "red-onion-hums"}),
    ],
)
def test_a_guest_has_no_profile_to_change(
    guest: TestClient, method: str, path: str, body: object
) -> None:
    response = guest.request(method, path, json=body)
    assert (response.status_code, response.json()["code"]) == (409, "conflict")


def test_an_account_is_deleted_with_its_password_only(
    member: TestClient, new_client: NewClient
) -> None:
    send(member, observation(1, "2026-03-01T11:00:00Z"))
    for body, code in (({}, "required"), ({"password": "nope"}, "wrong_password")):
        refused = member.request("DELETE", "/api/account", json=body)
        assert codes(refused) == {"body.password": code}
    assert len(day(member)["observations"]) == 1
    done = member.request("DELETE", "/api/account", json={"password": PASSWORD})
    assert done.status_code == 204
    assert COOKIE not in member.cookies
    attempt = {"login_id": "jisoo2026", "password": PASSWORD}
    assert member.post("/api/login", json=attempt).status_code == 401
    assert sign_up(new_client())["login_id"] == "jisoo2026"


def test_a_guest_is_deleted_without_a_password(guest: TestClient) -> None:
    assert guest.request("DELETE", "/api/account", json={}).status_code == 204
    assert guest.get("/api/account").status_code == 401


def test_the_account_outlives_its_last_session(
    member: TestClient, new_client: NewClient, clock: FakeClock
) -> None:
    send(member, observation(1, "2026-03-01T11:00:00Z"))
    clock.advance(days=400)
    assert member.get("/api/account").status_code == 401
    new_client().post("/api/session")  # when guests who are lost are forgotten
    assert member.post("/api/session").json()["user"]["guest"]
    log_in(member)
    assert len(day(member)["observations"]) == 1
