"""Tables of what was learned from plays: sums only, see `domain/recommend/hybrid.py`.

Arrays are little-endian float64, row by row. Sums of another `version` of the features are of no
use, and are left alone.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from today_feeling.store.schema.base import Base


class SharedTasteRow(Base):
    """What all people have taught, less what each one's own taste explains."""

    __tablename__ = "taste_shared"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    a: Mapped[bytes] = mapped_column(LargeBinary)
    b: Mapped[bytes] = mapped_column(LargeBinary)


class PersonTasteRow(Base):
    """What a user has taught about their own taste."""

    __tablename__ = "taste_people"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    a: Mapped[bytes] = mapped_column(LargeBinary)
    b: Mapped[bytes] = mapped_column(LargeBinary)


class SongTasteRow(Base):
    """How a song does beyond what its features say."""

    __tablename__ = "taste_songs"

    track_id: Mapped[int] = mapped_column(
        ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    surprise: Mapped[float]
    opinions: Mapped[float]
    changed: Mapped[int] = mapped_column(server_default=text("0"), index=True)
    """Number of the last change of it, see `ChangesRow`."""


class ChangesRow(Base):
    """The one row that counts changes of songs. Whoever changes a song holds it until that is done,
    so the numbers come to be seen in their order."""

    __tablename__ = "taste_changes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    count: Mapped[int]


class ChoiceRow(Base):
    """What learning from a recommendation needs, and what was learned from it so far."""

    __tablename__ = "taste_choices"

    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    x: Mapped[bytes] = mapped_column(LargeBinary)
    prior: Mapped[float]
    expected: Mapped[float]
    reward: Mapped[float | None]
    """Null with `weight`, where nothing was learned."""
    weight: Mapped[float | None]
