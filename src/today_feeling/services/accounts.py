"""Who is there: guests, their sessions, and what they like to hear."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from today_feeling.domain.music import Preferences
from today_feeling.errors import SessionRequired
from today_feeling.store import accounts, preferences
from today_feeling.store.accounts import User
from today_feeling.store.database import Database

_TOUCH_EVERY: Final = timedelta(hours=1)
"""The last use is noted no more often than that: most requests then write nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A new session: the token goes to the browser and is kept nowhere else."""

    user: User
    token: str


def enter_as_guest(database: Database, *, now: datetime, session_days: int) -> Entry:
    """A new guest with a session that ends `session_days` after its last use.

    Guests whose sessions have ended are forgotten, with their data.
    """
    token = secrets.token_urlsafe(32)
    with database.writing() as session:
        accounts.drop_expired_sessions(session, now)
        user = accounts.add_guest(session, now)
        accounts.add_session(
            session, user.id, _sha256(token), now, now + timedelta(days=session_days)
        )
        accounts.drop_lost_guests(session)  # last, or SQLite would give the new guest an old id
    return Entry(user, token)


def user_of(database: Database, token: str | None, *, now: datetime, session_days: int) -> User:
    """The user of a session; its end moves on with its use. Raises `SessionRequired`."""
    if not token:
        raise SessionRequired("There is no session yet: begin one first.")
    with database.reading() as session:
        live = accounts.find_session(session, _sha256(token), now)
    if live is None:
        raise SessionRequired("The session has ended: begin a new one.")
    if now - live.last_used_at >= _TOUCH_EVERY:
        with database.writing() as session:
            accounts.touch_session(session, live.id, now, now + timedelta(days=session_days))
    return live.user


def get_preferences(database: Database, user_id: int) -> Preferences:
    """What the user likes to hear when; anything, until the user says."""
    with database.reading() as session:
        return preferences.get(session, user_id)


def put_preferences(database: Database, user_id: int, wanted: Preferences) -> None:
    """Replace all of the user's preferences."""
    with database.writing() as session:
        preferences.put(session, user_id, wanted)


def _sha256(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()
