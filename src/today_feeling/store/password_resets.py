"""Links that set a new password; only the hashes of their tokens are known here."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from today_feeling.store.schema import PasswordResetRow, UserRow


class Reset(NamedTuple):
    """A link that still works."""

    user_id: int
    login_id: str
    password_hash: str
    """The present one."""


def add(session: Session, user_id: int, token_sha256: bytes, expires_at: datetime) -> None:
    """A new link for the user; the earlier ones work on."""
    session.add(PasswordResetRow(user_id=user_id, token_sha256=token_sha256, expires_at=expires_at))


def find(session: Session, token_sha256: bytes, now: datetime) -> Reset | None:
    """The link with that token, unless it is too old."""
    found = session.execute(
        select(UserRow.id, UserRow.login_id, UserRow.password_hash)
        .join(PasswordResetRow, PasswordResetRow.user_id == UserRow.id)
        .where(PasswordResetRow.token_sha256 == token_sha256, PasswordResetRow.expires_at > now)
    ).one_or_none()
    if found is None:
        return None
    user_id, login_id, password_hash = found
    if login_id is None or password_hash is None:  # guests are given no links
        return None
    return Reset(user_id, login_id, password_hash)


def take(session: Session, token_sha256: bytes, now: datetime) -> bool:
    """Use the link up; False where that was done before, or it is too old."""
    taken = session.execute(
        delete(PasswordResetRow)
        .where(PasswordResetRow.token_sha256 == token_sha256, PasswordResetRow.expires_at > now)
        .returning(PasswordResetRow.id)
    ).one_or_none()
    return taken is not None


def drop_of(session: Session, user_id: int) -> None:
    """The user's links are worth nothing from now on."""
    session.execute(delete(PasswordResetRow).where(PasswordResetRow.user_id == user_id))


def drop_expired(session: Session, now: datetime) -> None:
    """Forget the links that are too old."""
    session.execute(delete(PasswordResetRow).where(PasswordResetRow.expires_at <= now))
