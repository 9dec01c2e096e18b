"""What each user likes to hear when, and how the app is for them."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from today_feeling.domain.emotion import EMOTIONS
from today_feeling.domain.music import GENRES, SOURCES, USED_AT_FIRST, Genre, Preferences, SourceId
from today_feeling.domain.options import Language, Options, Theme
from today_feeling.store.schema import PreferencesRow


def get(session: Session, user_id: int) -> Preferences:
    """The user's preferences; the default where none were ever put."""
    row = session.get(PreferencesRow, user_id)
    if row is None:
        return Preferences.default()
    # A newer version may have known more; what is left of it is used.
    sources = tuple(each for each in cast("list[SourceId]", row.sources) if each in SOURCES)
    return Preferences(
        genres={
            emotion: frozenset(cast("list[Genre]", row.genres.get(emotion, ()))) & set(GENRES)
            for emotion in EMOTIONS
        },
        sources=sources or USED_AT_FIRST,
        explicit=row.explicit,
        languages=tuple(row.languages),
    )


def put(session: Session, user_id: int, preferences: Preferences) -> None:
    """Replace the user's preferences; the options stay."""
    session.merge(
        PreferencesRow(
            user_id=user_id,
            genres={
                emotion: sorted(ticked, key=GENRES.index)
                for emotion, ticked in preferences.genres.items()
            },
            sources=list(preferences.sources),
            explicit=preferences.explicit,
            languages=list(preferences.languages),
        )
    )
    session.flush()


def offer(session: Session, source: SourceId) -> None:
    """Switch a source on for everybody, behind those that are nearer. For one that never had a
    song: what is said of it before that is no choice."""
    for row in session.scalars(select(PreferencesRow)):
        if source not in row.sources:
            nearer = [each for each in SOURCES[: SOURCES.index(source)] if each in row.sources]
            at = max((row.sources.index(each) + 1 for each in nearer), default=0)
            row.sources = [*row.sources[:at], source, *row.sources[at:]]
    session.flush()


def get_options(session: Session, user_id: int) -> Options:
    """The user's options; the default where none were ever put."""
    row = session.get(PreferencesRow, user_id)
    if row is None:
        return Options()
    return Options(
        retention_days=row.retention_days,
        theme=cast("Theme", row.theme),
        language=cast("Language | None", row.language),
        timezone=row.timezone,
    )


def put_options(session: Session, user_id: int, options: Options) -> None:
    """Replace the user's options; the preferences stay."""
    if session.get(PreferencesRow, user_id) is None:
        put(session, user_id, Preferences.default())
    row = session.get_one(PreferencesRow, user_id)
    row.retention_days = options.retention_days
    row.theme = options.theme
    row.language = options.language
    row.timezone = options.timezone
    session.flush()
