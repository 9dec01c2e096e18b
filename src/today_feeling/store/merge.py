"""A guest's diary becomes an account's."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table, delete, exists, select, tuple_, update
from sqlalchemy.orm import Session

from today_feeling.store import bans, rollups, songs, taste, videos
from today_feeling.store.schema import (
    BanRow,
    Base,
    ChoiceRow,
    CorrectionRow,
    DeletionRow,
    EntryRow,
    ObservationRow,
    PasswordResetRow,
    PersonTasteRow,
    PlayRow,
    PreferencesRow,
    QuarterHourRow,
    RecommendationRow,
    SessionRow,
    SongSpanRow,
    TrackFailureRow,
    TrackRow,
)

BROUGHT: Final[tuple[type[Base], ...]] = (
    TrackRow,
    RecommendationRow,
    PlayRow,
    TrackFailureRow,
    ObservationRow,
    EntryRow,
    DeletionRow,
    CorrectionRow,
    ChoiceRow,
    BanRow,
)
"""What moves. A row that the account has already, by its key, stays as the account has it."""

LEFT: Final[tuple[type[Base], ...]] = (
    SessionRow,
    PasswordResetRow,
    PreferencesRow,
    QuarterHourRow,
    SongSpanRow,
    PersonTasteRow,
)
"""What belongs to the guest alone, or is summed up anew or added up. A test asks for one of the
two lists for every new table."""

_DIARY: Final = (ObservationRow, PlayRow, EntryRow)


def has_diary(session: Session, user_id: int) -> bool:
    """Whether the user was seen, heard a song or wrote something, and has not deleted it."""
    return any(
        session.scalar(select(exists().where(row.user_id == user_id, row.deletion_id.is_(None))))
        for row in _DIARY
    )


def bring(session: Session, guest_id: int, account_id: int) -> None:
    """Move everything of `BROUGHT` from the guest to the account."""
    taste.hold(session, guest_id, account_id)
    videos.join(session, guest_id, account_id)
    bans.make_room(session, guest_id, account_id)
    for model in BROUGHT:
        table = model.__table__
        assert isinstance(table, Table)  # noqa: S101 - each of ours is mapped to a table
        owner = table.c.user_id
        if owner.primary_key:
            key = tuple_(*(column for column in table.primary_key if column is not owner))
            there = select(*key.clauses).where(owner == account_id)
            session.execute(delete(table).where(owner == guest_id, key.in_(there)))
        session.execute(update(table).where(owner == guest_id).values(user_id=account_id))
    taste.bring(session, guest_id, account_id)
    rollups.rebuild(session, account_id)
    songs.rebuild(session, account_id)
