"""Who is there, and what they like to hear."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from today_feeling.domain import music
from today_feeling.domain.emotion import Emotion
from today_feeling.store.accounts import User
from today_feeling.web.schemas.base import Body

Genres = Annotated[list[music.Genre], Field(max_length=10)]
Sources = Annotated[list[music.SourceId], Field(max_length=2)]


class HealthOut(BaseModel):
    status: Literal["ok"] = "ok"
    version: str


class UserOut(BaseModel):
    id: int
    guest: bool
    created_at: datetime


class SessionOut(BaseModel):
    user: UserOut

    @staticmethod
    def of(user: User) -> SessionOut:
        return SessionOut(user=UserOut(id=user.id, guest=user.guest, created_at=user.created_at))


class GenresPerEmotion(Body):
    anger: Genres
    fear: Genres
    happiness: Genres
    neutral: Genres
    sadness: Genres
    surprise: Genres


class PreferencesBody(Body):
    genres: GenresPerEmotion
    sources: Sources

    @staticmethod
    def of(preferences: music.Preferences) -> PreferencesBody:
        ticked = {
            emotion: sorted(genres, key=music.GENRES.index)
            for emotion, genres in preferences.genres.items()
        }
        return PreferencesBody(genres=GenresPerEmotion(**ticked), sources=list(preferences.sources))

    def to_domain(self) -> music.Preferences:
        ticked: dict[Emotion, frozenset[music.Genre]] = {
            "anger": frozenset(self.genres.anger),
            "fear": frozenset(self.genres.fear),
            "happiness": frozenset(self.genres.happiness),
            "neutral": frozenset(self.genres.neutral),
            "sadness": frozenset(self.genres.sadness),
            "surprise": frozenset(self.genres.surprise),
        }
        return music.Preferences(genres=ticked, sources=tuple(self.sources))
