from __future__ import annotations

import logging

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text, update

from tests.conftest import FakeClock
from tests.web.people import EMAIL, PASSWORD, form
from today_feeling.domain.account import SignUp
from today_feeling.domain.options import Options
from today_feeling.errors import (
    Conflict,
    InvalidFields,
    NotFound,
    ResetExpired,
    SessionRequired,
    WrongCredentials,
)
from today_feeling.services import accounts, passwords, preferences, resets, sessions
from today_feeling.services.sessions import Entry
from today_feeling.store import accounts as store
from today_feeling.store.database import Database
from today_feeling.store.schema import UserRow


def sign_up(database: Database, clock: FakeClock, **other: str) -> Entry:
    guest = sessions.enter_as_guest(database, now=clock(), session_days=365)
    live = sessions.current(database, guest.token, now=clock(), session_days=365)
    return accounts.sign_up(database, live, SignUp.checked(**form(**other)))


def log_in(
    database: Database, clock: FakeClock, password: str, login_id: str = "jisoo2026"
) -> Entry:
    return sessions.log_in(
        database,
        login_id,
        password,
        token=None,
        remember=True,
        bring_guest_data=False,
        device=None,
        now=clock(),
        session_days=365,
    )


def kept_hash(database: Database) -> str:
    with database.reading() as session:
        found = store.credentials(session, "jisoo2026")
        assert found is not None
        return found.password_hash


def test_neither_password_nor_token_is_in_the_database(
    database: Database, clock: FakeClock
) -> None:
    entry = sign_up(database, clock)
    token = resets.issue(database, "jisoo2026", now=clock())
    with database.reading() as session:
        every = [
            repr(session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
            for table in ("users", "sessions", "password_resets")
        ]
    for secret in (PASSWORD, entry.token, token):
        assert secret not in "".join(every)
    assert "$argon2id$v=19$m=47104,t=1,p=1$" in every[0]


def test_two_who_sign_up_with_one_id_at_once_are_told_so(
    database: Database, clock: FakeClock
) -> None:
    guests = [sessions.enter_as_guest(database, now=clock(), session_days=1) for _ in range(2)]
    first, second = (
        sessions.current(database, guest.token, now=clock(), session_days=1) for guest in guests
    )
    wanted = SignUp.checked(**form())
    accounts.sign_up(database, first, wanted)
    with pytest.raises(InvalidFields, match="has this id"):
        accounts.sign_up(database, second, wanted)
    with pytest.raises(Conflict):  # the page has been sent twice
        accounts.sign_up(database, first, SignUp.checked(**form(login_id="another1")))


def test_a_hash_with_other_parameters_is_renewed_at_a_login(
    database: Database, clock: FakeClock
) -> None:
    sign_up(database, clock)
    old = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    with database.writing() as session:
        session.execute(update(UserRow).values(password_hash=old))
    with pytest.raises(WrongCredentials):
        log_in(database, clock, "not-the-one")
    assert kept_hash(database) == old
    log_in(database, clock, PASSWORD)
    renewed = kept_hash(database)
    assert f"m={passwords.MEMORY_KIB},t={passwords.PASSES},p={passwords.LANES}$" in renewed
    log_in(database, clock, PASSWORD)
    assert kept_hash(database) == renewed


def test_an_unknown_id_takes_the_same_work_as_a_wrong_password(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(database, clock)
    compared: list[str] = []
    verify = PasswordHasher.verify

    def listen(self: PasswordHasher, kept: str, password: str) -> bool:
        compared.append(kept.rpartition("$")[0].rpartition("$")[0])  # less salt and value
        return bool(verify(self, kept, password))

    monkeypatch.setattr(PasswordHasher, "verify", listen)
    for login_id in ("jisoo2026", "nobody2026", "", "\0", "한글" * 5):
        with pytest.raises(WrongCredentials):
            log_in(database, clock, "not-the-one", login_id)
    assert len(compared) == 5
    assert len(set(compared)) == 1


def test_a_link_for_a_new_password_works_once_and_ends_every_session(
    database: Database, clock: FakeClock
) -> None:
    entry = sign_up(database, clock)
    first, second = (resets.issue(database, " JISOO2026", now=clock()) for _ in range(2))
    with pytest.raises(InvalidFields):  # the link still works
        resets.redeem(database, first, "password", now=clock())
    clock.advance(minutes=59)
    resets.redeem(database, first, "red-onion-hums", now=clock())
    with pytest.raises(SessionRequired):
        sessions.current(database, entry.token, now=clock(), session_days=365)
    for used_up in (first, second, "made-up", ""):
        with pytest.raises(ResetExpired):
            resets.redeem(database, used_up, "green-pear-taps", now=clock())
    with pytest.raises(WrongCredentials):
        log_in(database, clock, PASSWORD)
    assert log_in(database, clock, "red-onion-hums").user.id == entry.user.id


def test_a_link_for_a_new_password_works_for_an_hour(database: Database, clock: FakeClock) -> None:
    sign_up(database, clock)
    token = resets.issue(database, "jisoo2026", now=clock())
    clock.advance(hours=1)
    with pytest.raises(ResetExpired):
        resets.redeem(database, token, "red-onion-hums", now=clock())
    with pytest.raises(NotFound):
        resets.issue(database, "nobody2026", now=clock())


@pytest.mark.parametrize("change", ["email", "password"])
def test_after_a_change_no_earlier_link_works(
    database: Database, clock: FakeClock, change: str
) -> None:
    entry = sign_up(database, clock)
    token = resets.issue(database, "jisoo2026", now=clock())
    if change == "email":
        accounts.change_profile(
            database, entry.user, name=None, email="new@example.com", password=PASSWORD
        )
    else:
        live = sessions.current(database, entry.token, now=clock(), session_days=365)
        accounts.change_password(database, live, current=PASSWORD, new="red-onion-hums")
    with pytest.raises(ResetExpired):
        resets.redeem(database, token, "green-pear-taps", now=clock())


def test_what_a_user_chose_changes_as_one(database: Database, clock: FakeClock) -> None:
    user = sessions.enter_as_guest(database, now=clock(), session_days=1).user
    before = preferences.get(database, user.id)
    after = preferences.change(
        database, user.id, lambda choices: choices._replace(options=Options(theme="dark"))
    )
    assert preferences.get(database, user.id) == after
    assert after.preferences == before.preferences


def test_nothing_secret_is_shown_by_what_is_passed_around(
    database: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        wanted = SignUp.checked(**form())
        entry = sign_up(database, clock)
    shown = f"{wanted} {entry} {caplog.text}"
    for secret in (PASSWORD, entry.token):
        assert secret not in shown
    assert EMAIL not in f"{entry} {caplog.text}"
