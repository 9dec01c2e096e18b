"""The table of what users do not want to hear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from today_feeling.store.schema.base import Base


class BanRow(Base):
    """Either of a song (`track_id`) or of an artist (`artist` and `artist_key`)."""

    __tablename__ = "bans"
    __table_args__ = (
        UniqueConstraint("user_id", "track_id"),
        UniqueConstraint("user_id", "artist_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    track_id: Mapped[int | None] = mapped_column(
        ForeignKey("tracks.id", ondelete="CASCADE"), index=True
    )
    artist: Mapped[str | None] = mapped_column(String(500))
    artist_key: Mapped[str | None] = mapped_column(String(500))
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendations.id", ondelete="SET NULL"), index=True
    )
    """At which it was said: what its play teaches."""
    banned_at: Mapped[datetime]
    until: Mapped[datetime | None]
    """Null: for ever. A song that only rests comes again then."""
