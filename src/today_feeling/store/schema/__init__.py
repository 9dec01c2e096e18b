"""All tables. `migrations/` leads to exactly these; a test compares the two."""

from __future__ import annotations

from today_feeling.store.schema.base import Base
from today_feeling.store.schema.diary import (
    DeletionRow,
    EntryRow,
    ObservationRow,
    PlayRow,
    QuarterHourRow,
)
from today_feeling.store.schema.music import FolderRow, RecommendationRow, TrackFailureRow, TrackRow
from today_feeling.store.schema.people import PasswordResetRow, PreferencesRow, SessionRow, UserRow

__all__ = [
    "Base",
    "DeletionRow",
    "EntryRow",
    "FolderRow",
    "ObservationRow",
    "PasswordResetRow",
    "PlayRow",
    "PreferencesRow",
    "QuarterHourRow",
    "RecommendationRow",
    "SessionRow",
    "TrackFailureRow",
    "TrackRow",
    "UserRow",
]
