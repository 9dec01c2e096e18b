"""Users and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from today_feeling.store.schema import SessionRow, UserRow


@dataclass(frozen=True, slots=True)
class User:
    """Someone who uses the app; a guest has not signed up."""

    id: int
    guest: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that has not ended, with its user."""

    id: int
    user: User
    last_used_at: datetime


def add_guest(session: Session, now: datetime) -> User:
    """A new user without name and password."""
    row = UserRow(guest=True, created_at=now)
    session.add(row)
    session.flush()
    return _user(row)


def add_session(
    session: Session, user_id: int, token_sha256: bytes, now: datetime, expires_at: datetime
) -> None:
    """A new session of the user; only the hash of its token is known here."""
    session.add(
        SessionRow(
            user_id=user_id,
            token_sha256=token_sha256,
            created_at=now,
            last_used_at=now,
            expires_at=expires_at,
        )
    )


def find_session(session: Session, token_sha256: bytes, now: datetime) -> LiveSession | None:
    """The session with that token, unless it has ended."""
    found = session.execute(
        select(SessionRow, UserRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(SessionRow.token_sha256 == token_sha256, SessionRow.expires_at > now)
    ).one_or_none()
    if found is None:
        return None
    row, user = found
    return LiveSession(row.id, _user(user), row.last_used_at)


def touch_session(session: Session, session_id: int, now: datetime, expires_at: datetime) -> None:
    """Note that the session was used, and let it live until `expires_at`."""
    session.execute(
        update(SessionRow)
        .where(SessionRow.id == session_id)
        .values(last_used_at=now, expires_at=expires_at)
    )


def drop_expired_sessions(session: Session, now: datetime) -> None:
    """Forget the sessions that have ended."""
    session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))


def drop_lost_guests(session: Session) -> None:
    """Forget the guests without a session, and all that is theirs: nobody can reach it again."""
    has_session = select(SessionRow.id).where(SessionRow.user_id == UserRow.id).exists()
    session.execute(
        delete(UserRow).where(UserRow.guest, ~has_session),
        execution_options={"synchronize_session": False},
    )


def _user(row: UserRow) -> User:
    return User(row.id, row.guest, row.created_at)
