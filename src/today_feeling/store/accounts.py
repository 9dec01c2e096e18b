"""Users and their sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from today_feeling.domain.account import is_login_id, wrong
from today_feeling.errors import InvalidFields
from today_feeling.store.schema import Base, SessionRow, UserRow

_SESSIONS: Final = Base.metadata.tables["sessions"].c
_USERS: Final = Base.metadata.tables["users"].c


@dataclass(frozen=True, slots=True)
class User:
    """Someone who uses the app; a guest has not signed up, and has no id, name or e-mail."""

    id: int
    guest: bool
    created_at: datetime
    login_id: str | None = None
    name: str | None = None
    email: str | None = field(default=None, repr=False)


class Credentials(NamedTuple):
    """What a login is checked against."""

    user_id: int
    password_hash: str


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that has not ended, with its user."""

    id: int
    user: User
    created_at: datetime
    last_used_at: datetime
    remembered: bool
    """False: it ends soon after its last use."""
    device: str | None


_OF_SESSION: Final = 5
"""So many columns of what finds a session are the session's, and the rest its user's."""

_FIND_SESSION: Final = (
    select(
        *(_SESSIONS.id, _SESSIONS.created_at, _SESSIONS.last_used_at),
        *(_SESSIONS.remembered, _SESSIONS.device),
        *(_USERS.id, _USERS.guest, _USERS.created_at, _USERS.login_id, _USERS.name, _USERS.email),
    )
    .join_from(SessionRow.__table__, UserRow.__table__, _USERS.id == _SESSIONS.user_id)
    .where(_SESSIONS.token_sha256 == bindparam("token"), _SESSIONS.expires_at > bindparam("now"))
)
"""Made once, as every request asks it."""


def add_guest(session: Session, now: datetime) -> User:
    """A new user without name and password."""
    row = UserRow(guest=True, created_at=now)
    session.add(row)
    session.flush()
    return _user(row)


def get(session: Session, user_id: int) -> User | None:
    """The user with that number."""
    row = session.get(UserRow, user_id)
    return _user(row) if row else None


def credentials(session: Session, login_id: str) -> Credentials | None:
    """Number and password hash of the account with that id, as it is kept."""
    if not is_login_id(login_id):  # PostgreSQL takes offence at the character NUL
        return None
    found = session.execute(
        select(UserRow.id, UserRow.password_hash).where(UserRow.login_id == login_id)
    ).one_or_none()
    return Credentials(found.id, found.password_hash) if found else None


def make_account(
    session: Session, user_id: int, *, login_id: str, password_hash: str, name: str, email: str
) -> User | None:
    """Turn the guest into an account that keeps everything; None where it is no guest (any more).

    Raises `InvalidFields` where another account has the id.
    """
    row = session.get(UserRow, user_id, with_for_update=True)
    if row is None or not row.guest:
        return None
    row.guest = False
    row.login_id = login_id
    row.password_hash = password_hash
    row.name = name
    row.email = email
    try:
        session.flush()
    except IntegrityError as error:
        raise taken() from error
    return _user(row)


def taken() -> InvalidFields:
    """The error for an id that another account has."""
    return wrong("login_id", "taken", "Somebody has this id already: choose another.")


def change_profile(session: Session, user_id: int, *, name: str | None, email: str | None) -> User:
    """Replace what is given."""
    row = session.get_one(UserRow, user_id)
    row.name = row.name if name is None else name
    row.email = row.email if email is None else email
    session.flush()
    return _user(row)


def change_password_hash(session: Session, user_id: int, *, old: str, new: str) -> bool:
    """Replace the hash if it is still `old`; returns whether it was."""
    changed = session.execute(
        update(UserRow)
        .where(UserRow.id == user_id, UserRow.password_hash == old)
        .values(password_hash=new)
        .returning(UserRow.id)
    ).one_or_none()
    return changed is not None


def add_session(
    session: Session,
    user_id: int,
    token_sha256: bytes,
    now: datetime,
    expires_at: datetime,
    *,
    remembered: bool = True,
    device: str | None = None,
) -> None:
    """A new session of the user; only the hash of its token is known here."""
    session.add(
        SessionRow(
            user_id=user_id,
            token_sha256=token_sha256,
            created_at=now,
            last_used_at=now,
            expires_at=expires_at,
            remembered=remembered,
            device=device,
        )
    )


def find_session(session: Session, token_sha256: bytes, now: datetime) -> LiveSession | None:
    """The session with that token, unless it has ended."""
    found = session.execute(_FIND_SESSION, {"token": token_sha256, "now": now}).one_or_none()
    if found is None:
        return None
    return LiveSession(found[0], User(*found[_OF_SESSION:]), *found[1:_OF_SESSION])


def sessions_of(session: Session, user_id: int, now: datetime) -> list[LiveSession]:
    """The user's sessions that have not ended, the last used first."""
    rows = session.execute(
        select(SessionRow, UserRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(SessionRow.user_id == user_id, SessionRow.expires_at > now)
        .order_by(SessionRow.last_used_at.desc(), SessionRow.id.desc())
    )
    return [_live(*row) for row in rows]


def touch_session(session: Session, session_id: int, now: datetime, expires_at: datetime) -> None:
    """Note that the session was used, and let it live until `expires_at`."""
    session.execute(
        update(SessionRow)
        .where(SessionRow.id == session_id)
        .values(last_used_at=now, expires_at=expires_at)
    )


def change_token(session: Session, session_id: int, token_sha256: bytes) -> None:
    """The session has another token from now on; the old one is worth nothing."""
    session.execute(
        update(SessionRow).where(SessionRow.id == session_id).values(token_sha256=token_sha256)
    )


def end_session(session: Session, user_id: int, session_id: int) -> bool:
    """End this session of the user; False where there is none."""
    ended = session.execute(
        delete(SessionRow)
        .where(SessionRow.user_id == user_id, SessionRow.id == session_id)
        .returning(SessionRow.id)
    ).one_or_none()
    return ended is not None


def end_sessions(session: Session, user_id: int, *, but: int | None = None) -> None:
    """End all sessions of the user, but for the one that is named."""
    others = delete(SessionRow).where(SessionRow.user_id == user_id)
    session.execute(others if but is None else others.where(SessionRow.id != but))


def _user(row: UserRow) -> User:
    return User(row.id, row.guest, row.created_at, row.login_id, row.name, row.email)


def _live(row: SessionRow, user: UserRow) -> LiveSession:
    return LiveSession(
        id=row.id,
        user=_user(user),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        remembered=row.remembered,
        device=row.device,
    )
