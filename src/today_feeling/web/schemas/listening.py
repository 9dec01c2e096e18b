"""What there is to play, what is recommended and what was played."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from today_feeling.domain import diary, goals, music
from today_feeling.domain.diary import zone
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.recommend import Mood, Origin, ReasonCode, Recommendation
from today_feeling.web.schemas.base import Body, Probabilities, Share, Timezone
from today_feeling.web.schemas.preferences import Sources


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
    cover_url: str | None

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
            audio_url=f"/api/tracks/{track.id}/audio" if track.source != "youtube" else None,
            cover_url=f"/api/tracks/{track.id}/cover" if track.has_cover else None,
        )


class ReasonOut(BaseModel):
    code: ReasonCode
    genre: music.Genre | None
    emotion: Emotion | None
    instead_of: music.SourceId | None
    liked: int | None
    heard: int | None

    @staticmethod
    def of(recommendation: Recommendation) -> ReasonOut:
        reason = recommendation.reason
        return ReasonOut(
            code=reason.code,
            genre=reason.genre,
            emotion=reason.emotion,
            instead_of=reason.instead_of,
            liked=reason.liked,
            heard=reason.heard,
        )


class RecommendationIn(Body):
    emotion: Emotion | None = None
    origin: Origin
    confidence: Share | None = None
    probabilities: Probabilities | None = None
    unavailable_sources: Sources = Field(default=[])
    goal: goals.Goal = "match"
    timezone: Timezone | None = None

    def clock(self) -> ZoneInfo | None:
        """Raises `InvalidInput` where there is no such time zone."""
        return zone(self.timezone) if self.timezone is not None else None

    def to_domain(self) -> Mood:
        return Mood(
            emotion=self.emotion,
            origin=self.origin,
            confidence=self.confidence,
            probabilities=tuple(self.probabilities) if self.probabilities is not None else None,
            goal=self.goal,
        )


class StepOut(BaseModel):
    """One song of the goal's path; the changes are -2..2, of the mood before the song."""

    number: int
    of: int
    valence_change: float
    arousal_change: float

    @staticmethod
    def of_way(way: goals.Step) -> StepOut:
        return StepOut(
            number=way.number,
            of=way.of,
            valence_change=round(way.to.valence - way.here.valence, 3),
            arousal_change=round(way.to.arousal - way.here.arousal, 3),
        )


class RecommendationOut(BaseModel):
    id: int
    track: TrackOut
    reason: ReasonOut
    goal: goals.Goal
    step: StepOut | None

    @staticmethod
    def of(recommendation: Recommendation) -> RecommendationOut:
        way = recommendation.way
        return RecommendationOut(
            id=recommendation.id,
            track=TrackOut.of(recommendation.track),
            reason=ReasonOut.of(recommendation),
            goal=recommendation.mood.goal,
            step=StepOut.of_way(way) if way else None,
        )


class PlayIn(Body):
    recommendation_id: Annotated[int, Field(ge=1, le=2**63 - 1)]


class PlayChange(Body):
    """What is left out stays as it is; a factory keeps the unused defaults out of the document."""

    outcome: diary.Outcome = Field(default_factory=lambda: "stopped")
    seconds: float = Field(default_factory=float, ge=0, le=86400, allow_inf_nan=False)
    liked: bool | None = None


class AfterOut(BaseModel):
    emotion: Emotion
    valence_change: float

    @staticmethod
    def of(after: diary.After) -> AfterOut:
        return AfterOut(emotion=after.emotion, valence_change=after.valence_change)


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
    after: AfterOut | None

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
            after=AfterOut.of(play.after) if play.after else None,
        )


class FailureIn(Body):
    code: music.FailureCode
