"""Bodies of requests and responses. Nothing in a request is free text: no picture fits in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from today_feeling.domain import diary, music
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.recommend import Mood, Origin, ReasonCode, Recommendation
from today_feeling.store.accounts import User


def _in_our_time(time: datetime) -> datetime:
    if not 2000 <= time.year <= 2100:  # a century around us; the ends of the calendar overflow
        raise ValueError("must be between the years 2000 and 2100")
    return time.astimezone(UTC)


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Probabilities = Annotated[list[Share], Field(min_length=6, max_length=6)]
"""In the order anger, fear, happiness, neutral, sadness, surprise."""
Instant = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Genres = Annotated[list[music.Genre], Field(max_length=10)]
Sources = Annotated[list[music.SourceId], Field(max_length=2)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


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


class GenresPerEmotion(_Body):
    anger: Genres
    fear: Genres
    happiness: Genres
    neutral: Genres
    sadness: Genres
    surprise: Genres


class PreferencesBody(_Body):
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


class GenreCount(BaseModel):
    id: music.Genre
    tracks: int


class SourceCount(BaseModel):
    id: music.SourceId
    tracks: int


class CatalogueOut(BaseModel):
    genres: list[GenreCount]
    sources: list[SourceCount]


class TrackOut(BaseModel):
    id: int
    title: str
    artist: str | None
    genre: music.Genre
    year: int | None
    language: str | None
    duration_s: float | None
    source: music.SourceId
    youtube_video_id: str | None
    audio_url: str | None

    @staticmethod
    def of(track: music.Track) -> TrackOut:
        return TrackOut(
            id=track.id,
            title=track.title,
            artist=track.artist,
            genre=track.genre,
            year=track.year,
            language=track.language,
            duration_s=track.duration_s,
            source=track.source,
            youtube_video_id=track.youtube_video_id,
            audio_url=f"/api/tracks/{track.id}/audio" if track.source == "library" else None,
        )


class ReasonOut(BaseModel):
    code: ReasonCode
    genre: music.Genre | None
    emotion: Emotion | None
    instead_of: music.SourceId | None

    @staticmethod
    def of(recommendation: Recommendation) -> ReasonOut:
        reason = recommendation.reason
        return ReasonOut(
            code=reason.code,
            genre=reason.genre,
            emotion=reason.emotion,
            instead_of=reason.instead_of,
        )


class RecommendationIn(_Body):
    emotion: Emotion | None = None
    origin: Origin
    confidence: Share | None = None
    probabilities: Probabilities | None = None
    unavailable_sources: Sources = []

    def to_domain(self) -> Mood:
        return Mood(
            emotion=self.emotion,
            origin=self.origin,
            confidence=self.confidence,
            probabilities=tuple(self.probabilities) if self.probabilities is not None else None,
        )


class RecommendationOut(BaseModel):
    id: int
    track: TrackOut
    reason: ReasonOut

    @staticmethod
    def of(recommendation: Recommendation) -> RecommendationOut:
        return RecommendationOut(
            id=recommendation.id,
            track=TrackOut.of(recommendation.track),
            reason=ReasonOut.of(recommendation),
        )


class PlayIn(_Body):
    recommendation_id: Annotated[int, Field(ge=1, le=2**63 - 1)]


class PlayChange(_Body):
    outcome: diary.Outcome = Field(default="stopped", description="Stays as it is when absent.")
    seconds: float = Field(default=0, ge=0, le=86400, allow_inf_nan=False)
    liked: bool | None = None


class PlayOut(BaseModel):
    id: int
    recommendation_id: int
    started_at: datetime
    track: TrackOut
    emotion: Emotion | None
    origin: Origin
    confidence: float | None
    probabilities: list[float] | None
    reason: ReasonOut
    outcome: diary.Outcome | None
    seconds: float | None
    liked: bool | None

    @staticmethod
    def of(play: diary.Play) -> PlayOut:
        recommendation = play.recommendation
        mood = recommendation.mood
        return PlayOut(
            id=play.id,
            recommendation_id=recommendation.id,
            started_at=play.started_at,
            track=TrackOut.of(recommendation.track),
            emotion=mood.emotion,
            origin=mood.origin,
            confidence=mood.confidence,
            probabilities=list(mood.probabilities) if mood.probabilities is not None else None,
            reason=ReasonOut.of(recommendation),
            outcome=play.outcome,
            seconds=play.seconds,
            liked=play.liked,
        )


class FailureIn(_Body):
    code: music.FailureCode


class ObservationBody(_Body):
    id: UUID
    observed_at: Instant
    duration_s: float = Field(gt=0, le=600, allow_inf_nan=False)
    emotion: diary.Reading
    probabilities: Probabilities | None = None
    unsure_share: Share = 0

    @staticmethod
    def of(observation: diary.Observation) -> ObservationBody:
        return ObservationBody(
            id=observation.id,
            observed_at=observation.observed_at,
            duration_s=observation.duration_s,
            emotion=observation.emotion,
            probabilities=list(observation.probabilities)
            if observation.probabilities is not None
            else None,
            unsure_share=observation.unsure_share,
        )

    def to_domain(self) -> diary.Observation:
        return diary.Observation(
            id=self.id,
            observed_at=self.observed_at,
            duration_s=self.duration_s,
            emotion=self.emotion,
            probabilities=tuple(self.probabilities) if self.probabilities is not None else None,
            unsure_share=self.unsure_share,
        )


class ObservationsIn(_Body):
    observations: Annotated[list[ObservationBody], Field(max_length=100)]


class DayOut(BaseModel):
    date: date
    timezone: str
    starts_at: datetime
    ends_at: datetime
    observations: list[ObservationBody]
    plays: list[PlayOut]
    seconds: dict[diary.Reading, float]

    @staticmethod
    def of(day: diary.Day) -> DayOut:
        return DayOut(
            date=day.day,
            timezone=day.timezone,
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            observations=[ObservationBody.of(each) for each in day.observations],
            plays=[PlayOut.of(each) for each in day.plays],
            seconds=dict(day.seconds),
        )


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
