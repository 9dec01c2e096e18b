"""Who is there: guests at once, accounts after a login; each browser by a token of its own."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from today_feeling.domain.account import fold_login_id, fold_password
from today_feeling.errors import NotFound, SessionRequired, StoreUnavailable, WrongCredentials
from today_feeling.services import passwords
from today_feeling.store import accounts, merge
from today_feeling.store.accounts import LiveSession, User
from today_feeling.store.database import Database

SHORT_LIFE: Final = timedelta(hours=12)
"""Of a session that is not to be remembered, after its last use: a browser that keeps its windows
for weeks keeps such a cookie too."""

_TOUCH_EVERY: Final = timedelta(hours=1)
"""The last use is noted no more often than that: most requests then write nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A new session: the token goes to the browser and is kept nowhere else."""

    user: User
    token: str = field(repr=False)
    remembered: bool = True
    brought: bool = False
    """Whether the diary of the guest who logged in came along."""


def new_token() -> tuple[str, bytes]:
    """A token of 256 random bits, and what is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


def token_hash(token: str) -> bytes:
    """SHA-256: a token is too random to be guessed, so it needs no slow hash."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()


def enter_as_guest(
    database: Database, *, now: datetime, session_days: int, device: str | None = None
) -> Entry:
    """A new guest with a session that ends `session_days` after its last use."""
    token, hashed = new_token()
    with database.writing() as session:
        user = accounts.add_guest(session, now)
        accounts.add_session(
            session, user.id, hashed, now, _end(now, session_days, True), device=device
        )
    return Entry(user, token)


def current(
    database: Database, token: str | None, *, now: datetime, session_days: int
) -> LiveSession:
    """The session of that token; its end moves on with its use. Raises `SessionRequired`."""
    if not token:
        raise SessionRequired("There is no session yet: begin one first.")
    with database.reading() as session:
        live = accounts.find_session(session, token_hash(token), now)
    if live is None:
        raise SessionRequired("The session has ended: begin a new one.")
    if now - live.last_used_at >= _TOUCH_EVERY:
        end = _end(now, session_days, live.remembered)
        # Where others write now, the next request notes it.
        with suppress(StoreUnavailable), database.writing() as session:
            accounts.touch_session(session, live.id, now, end)
    return live


def log_in(
    database: Database,
    login_id: str,
    password: str,
    *,
    token: str | None,
    remember: bool,
    bring_guest_data: bool,
    device: str | None,
    now: datetime,
    session_days: int,
) -> Entry:
    """A new session of the account. The browser's old one, of `token`, ends.

    A guest who had that one brings the diary along, or is forgotten.
    Raises `WrongCredentials`, and takes as long for an id that there is not.
    """
    with database.reading() as session:
        found = accounts.credentials(session, fold_login_id(login_id))
    folded = fold_password(password)
    if not passwords.matches(found.password_hash if found else None, folded) or found is None:
        raise WrongCredentials("There is no account with this id and this password.")
    kept = found.password_hash
    wanted = passwords.hash_password(folded) if passwords.is_outdated(kept) else kept
    new, hashed = new_token()
    with database.writing() as session:
        if not accounts.change_password_hash(session, found.user_id, old=kept, new=wanted):
            raise WrongCredentials("The password has just been changed.")
        user = accounts.get(session, found.user_id)
        assert user is not None  # noqa: S101 - its hash was there a line ago
        brought = _leave(session, token, user.id if bring_guest_data else None, now)
        accounts.add_session(
            session,
            user.id,
            hashed,
            now,
            _end(now, session_days, remember),
            remembered=remember,
            device=device,
        )
    return Entry(user, new, remember, brought)


def log_out(database: Database, token: str | None, *, everywhere: bool, now: datetime) -> None:
    """End the session of that token, or all of its user; where there is none it is done."""
    if not token:
        return
    with database.reading() as session:
        live = accounts.find_session(session, token_hash(token), now)
    if live is None:
        return  # whoever has none is not to keep others from writing
    with database.writing() as session:
        if everywhere:
            accounts.end_sessions(session, live.user.id)
        else:
            accounts.end_session(session, live.user.id, live.id)


def list_of(database: Database, user_id: int, *, now: datetime) -> list[LiveSession]:
    """The user's sessions, the last used first."""
    with database.reading() as session:
        return accounts.sessions_of(session, user_id, now)


def end(database: Database, user_id: int, session_id: int) -> None:
    """End that session of the user. Raises `NotFound`."""
    with database.writing() as session:
        if not accounts.end_session(session, user_id, session_id):
            raise NotFound("There is no such session.")


def _leave(session: Session, token: str | None, account_id: int | None, now: datetime) -> bool:
    """End the session of that token; returns whether a diary went to the account."""
    live = accounts.find_session(session, token_hash(token), now) if token else None
    if live is None:
        return False
    if not live.user.guest:
        accounts.end_session(session, live.user.id, live.id)
        return False
    brought = account_id is not None and merge.has_diary(session, live.user.id)
    if account_id is not None:
        merge.bring(session, live.user.id, account_id)
    accounts.end_sessions(session, live.user.id)  # who is a guest without one is forgotten
    return brought


def _end(now: datetime, session_days: int, remembered: bool) -> datetime:
    return now + (timedelta(days=session_days) if remembered else SHORT_LIFE)
