"""The file in which a diary leaves one server and comes to another, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, Field, model_validator

from today_feeling.domain import diary, music
from today_feeling.domain.bans import Ban, BanKind
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.goals import Goal
from today_feeling.domain.recommend import Mood, Origin, Reason, ReasonCode, Recommendation
from today_feeling.services.transfer import Added
from today_feeling.store.portable import Kept
from today_feeling.web.schemas.base import Instant, Probabilities, Share, Writable
from today_feeling.web.schemas.diary import Counts
from today_feeling.web.schemas.listening import AfterOut

FORMAT: Final = "today-feeling-export"
VERSION: Final = 1

Name = Annotated[str, Field(min_length=1, max_length=500), Writable]
Seconds = Annotated[float, Field(ge=0, le=86400, allow_inf_nan=False)]


class SongRecord(BaseModel):
    """A song by its name: another server knows no id of ours."""

    title: Name
    artist: Name | None
    genre: music.Genre
    year: Annotated[int, Field(ge=0, le=9999)] | None
    language: Annotated[str, Field(max_length=16), Writable] | None
    duration_s: Seconds | None
    source: music.SourceId
    youtube_video_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{11}$")] | None

    @model_validator(mode="after")
    def _has_its_video(self) -> Self:
        if (self.source == "youtube") != (self.youtube_video_id is not None):
            raise ValueError("a YouTube song, and no other one, has a youtube_video_id")
        return self

    @staticmethod
    def of(track: music.Track) -> SongRecord:
        return SongRecord(
            title=track.title,
            artist=track.artist,
            genre=track.genre,
            year=track.year,
            language=track.language,
            duration_s=track.duration_s,
            source=track.source,
            youtube_video_id=track.youtube_video_id,
        )

    def to_domain(self) -> music.Track:
        return music.Track(
            id=0,
            source=self.source,
            title=self.title,
            artist=self.artist,
            genre=self.genre,
            year=self.year,
            language=self.language,
            duration_s=self.duration_s,
            youtube_video_id=self.youtube_video_id,
        )


class OwnSongRecord(SongRecord):
    """A song that the user brought."""

    source: Literal["youtube"]

    def to_song(self) -> music.Song:
        return music.Song(
            locator=self.youtube_video_id or "",
            title=self.title,
            artist=self.artist,
            genre=self.genre,
            year=self.year,
            language=self.language,
            duration_s=self.duration_s,
        )


class ReasonRecord(BaseModel):
    code: ReasonCode
    genre: music.Genre | None
    instead_of: music.SourceId | None


class RecommendationRecord(BaseModel):
    recommended_at: Instant
    track: SongRecord
    emotion: Emotion | None
    origin: Origin
    confidence: Share | None
    probabilities: Probabilities | None
    reason: ReasonRecord
    goal: Goal = "match"
    choice_probability: Share

    @classmethod
    def values(cls, kept: Kept) -> dict[str, Any]:
        """What a play's record has of it, too."""
        made, mood, reason = (
            kept.recommendation,
            kept.recommendation.mood,
            kept.recommendation.reason,
        )
        return {
            "recommended_at": made.created_at,
            "track": SongRecord.of(made.track),
            "emotion": mood.emotion,
            "origin": mood.origin,
            "confidence": mood.confidence,
            "probabilities": list(mood.probabilities) if mood.probabilities is not None else None,
            "reason": ReasonRecord(
                code=reason.code, genre=reason.genre, instead_of=reason.instead_of
            ),
            "goal": mood.goal,
            "choice_probability": kept.probability,
        }

    @classmethod
    def of(cls, kept: Kept) -> RecommendationRecord:
        return RecommendationRecord(**cls.values(kept))

    def recommendation(self) -> Recommendation:
        """Without an id; it gets one where it is kept."""
        return Recommendation(
            id=0,
            created_at=self.recommended_at,
            track=self.track.to_domain(),
            mood=Mood(
                emotion=self.emotion,
                origin=self.origin,
                confidence=self.confidence,
                probabilities=tuple(self.probabilities) if self.probabilities is not None else None,
                goal=self.goal,
            ),
            reason=Reason(
                code=self.reason.code,
                genre=self.reason.genre,
                emotion=None if self.origin == "random" else self.emotion,
                instead_of=self.reason.instead_of,
            ),
        )

    def to_domain(self) -> Kept:
        return Kept(self.recommendation(), self.choice_probability, None)


class PlayRecord(RecommendationRecord):
    started_at: Instant
    outcome: diary.Outcome | None
    seconds: Seconds | None
    liked: bool | None
    after: AfterOut | None = None
    """Told, and measured anew where it comes in."""

    @classmethod
    def of(cls, kept: Kept) -> PlayRecord:
        play = kept.play
        assert play is not None  # noqa: S101 - it was asked for plays
        return PlayRecord(
            **cls.values(kept),
            started_at=play.started_at,
            outcome=play.outcome,
            seconds=play.seconds,
            liked=play.liked,
            after=AfterOut.of(play.after) if play.after else None,
        )

    def to_domain(self) -> Kept:
        made = self.recommendation()
        play = diary.Play(
            id=0,
            started_at=self.started_at,
            recommendation=made,
            outcome=self.outcome,
            seconds=self.seconds,
            liked=self.liked,
        )
        return Kept(made, self.choice_probability, play)


class FailureRecord(BaseModel):
    track: SongRecord
    code: music.FailureCode
    failed_at: datetime


class BanRecord(BaseModel):
    kind: BanKind
    track: SongRecord | None
    artist: Name | None
    banned_at: Instant
    until: Instant | None

    @model_validator(mode="after")
    def _bans_one_thing(self) -> Self:
        if (self.kind == "artist") != (self.track is None) or (self.track is None) != (
            self.artist is not None
        ):
            raise ValueError("a ban of an artist, and no other one, has an artist and no track")
        if (self.kind == "rest") != (self.until is not None):
            raise ValueError("a song that rests, and no other one, does so until some time")
        return self

    @staticmethod
    def of(ban: Ban) -> BanRecord:
        return BanRecord(
            kind=ban.kind,
            track=SongRecord.of(ban.track) if ban.track else None,
            artist=ban.artist,
            banned_at=ban.banned_at,
            until=ban.until,
        )

    def to_domain(self) -> Ban:
        return Ban(
            id=0,
            kind=self.kind,
            track=self.track.to_domain() if self.track else None,
            artist=self.artist,
            banned_at=self.banned_at,
            until=self.until,
        )


class RowProblem(BaseModel):
    row: int | str
    message: str


class ImportOut(BaseModel):
    added: Counts
    skipped: int
    problems: list[RowProblem]

    @staticmethod
    def of(added: Added, problems: list[RowProblem]) -> ImportOut:
        counts = Counts(observations=added.observations, plays=added.plays, entries=added.entries)
        return ImportOut(added=counts, skipped=added.skipped, problems=problems)
