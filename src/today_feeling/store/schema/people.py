"""Tables of users: who they are, where they are logged in, what they prefer, who guesses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from today_feeling.store.schema.base import Base


class UserRow(Base):
    """Someone who uses the app. What only an account has is null for a guest."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    guest: Mapped[bool]
    created_at: Mapped[datetime]
    login_id: Mapped[str | None] = mapped_column(String(15), index=True, unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str | None] = mapped_column(String(50))
    email: Mapped[str | None] = mapped_column(String(254))


class SessionRow(Base):
    """A browser that is logged in. Deleting the row ends the session."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    remembered: Mapped[bool] = mapped_column(server_default=true())
    """False: it ends soon after its last use, and its cookie with the browser."""
    device: Mapped[str | None] = mapped_column(String(40))


class PasswordResetRow(Base):
    """A link that sets a new password. Deleting the row makes it useless."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class PreferencesRow(Base):
    """A user without a row has the default preferences."""

    __tablename__ = "preferences"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    genres: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    sources: Mapped[list[str]] = mapped_column(JSON)
    explicit: Mapped[bool] = mapped_column(server_default=false())
    languages: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    retention_days: Mapped[int | None]
    theme: Mapped[str] = mapped_column(String(8), server_default="system")
    language: Mapped[str | None] = mapped_column(String(2))
    timezone: Mapped[str | None] = mapped_column(String(64))


class TryRow(Base):
    """When somebody tried what is limited, as all processes of the server count it together."""

    __tablename__ = "tries"

    caller: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """A digest of who it is and what they tried: no address and no id is kept."""
    times: Mapped[list[float]] = mapped_column(JSON)
    """Seconds since 1970, in order."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
