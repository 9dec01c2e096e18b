"""All tables. `migrations/` leads to exactly these; a test compares the two."""

from __future__ import annotations

from today_feeling.store.schema.bans import BanRow
from today_feeling.store.schema.base import Base
from today_feeling.store.schema.diary import (
    CorrectionRow,
    DeletionRow,
    EntryRow,
    ObservationRow,
    PlayRow,
    QuarterHourRow,
    SongSpanRow,
)
from today_feeling.store.schema.music import (
    FolderRow,
    MusicServerRow,
    RecommendationRow,
    TrackChangeRow,
    TrackFailureRow,
    TrackRow,
)
from today_feeling.store.schema.people import (
    PasswordResetRow,
    PreferencesRow,
    SessionRow,
    TryRow,
    UserRow,
)
from today_feeling.store.schema.taste import (
    ChangesRow,
    ChoiceRow,
    PersonTasteRow,
    SharedTasteRow,
    SongTasteRow,
)

__all__ = [
    "BanRow",
    "Base",
    "ChangesRow",
    "ChoiceRow",
    "CorrectionRow",
    "DeletionRow",
    "EntryRow",
    "FolderRow",
    "MusicServerRow",
    "ObservationRow",
    "PasswordResetRow",
    "PersonTasteRow",
    "PlayRow",
    "PreferencesRow",
    "QuarterHourRow",
    "RecommendationRow",
    "SessionRow",
    "SharedTasteRow",
    "SongSpanRow",
    "SongTasteRow",
    "TrackChangeRow",
    "TrackFailureRow",
    "TrackRow",
    "TryRow",
    "UserRow",
]
