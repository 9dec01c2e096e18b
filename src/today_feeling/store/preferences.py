"""What each user likes to hear when."""

from __future__ import annotations

from typing import cast

from sqlalchemy.orm import Session

from today_feeling.domain.emotion import EMOTIONS
from today_feeling.domain.music import GENRES, Genre, Preferences, SourceId
from today_feeling.store.schema import PreferencesRow


def get(session: Session, user_id: int) -> Preferences:
    """The user's preferences; the default where none were ever put."""
    row = session.get(PreferencesRow, user_id)
    if row is None:
        return Preferences.default()
    return Preferences(
        genres={
            emotion: frozenset(cast("list[Genre]", row.genres[emotion])) for emotion in EMOTIONS
        },
        sources=tuple(cast("list[SourceId]", row.sources)),
    )


def put(session: Session, user_id: int, preferences: Preferences) -> None:
    """Replace the user's preferences."""
    session.merge(
        PreferencesRow(
            user_id=user_id,
            genres={
                emotion: sorted(ticked, key=GENRES.index)
                for emotion, ticked in preferences.genres.items()
            },
            sources=list(preferences.sources),
        )
    )
