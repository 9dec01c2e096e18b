"""The file in which a diary leaves one server and comes to another, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError, model_validator

from today_feeling.domain import diary, music
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.recommend import Mood, Origin, Reason, ReasonCode, Recommendation
from today_feeling.errors import InvalidInput
from today_feeling.services.transfer import Added, Load
from today_feeling.store.portable import Kept
from today_feeling.web.schemas.base import Instant, Probabilities, Share, Writable
from today_feeling.web.schemas.diary import Counts, EntryOut, ObservationOut
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


def read_document(document: object) -> tuple[Load, list[RowProblem]]:
    """The records of our own export, and what cannot be read of it.

    Raises `InvalidInput` where it is no export of ours, or a later one than we know.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InvalidInput(f'This is no export of ours: its "format" is not "{FORMAT}".')
    if document.get("version") != VERSION:
        raise InvalidInput(f"Only version {VERSION} of exports can be read here.")
    problems: list[RowProblem] = []
    observations = _rows(document, "observations", _OBSERVATION, problems)
    entries = _rows(document, "entries", _ENTRY, problems)
    plays = _rows(document, "plays", _PLAY, problems)
    unplayed = _rows(document, "recommendations", _RECOMMENDATION, problems)
    load = Load(
        observations=[each.to_domain() for each in observations],
        entries=[each.to_domain(each.updated_at) for each in entries],
        kept=[*(each.to_domain() for each in plays), *(each.to_domain() for each in unplayed)],
    )
    return load, problems


class EntryRecord(EntryOut):
    """Checked here already, so that one bad row does not refuse the others."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.emotion is None and not self.note:
            raise ValueError("an entry needs an emotion or a note")
        return self


_OBSERVATION: Final = TypeAdapter(ObservationOut)
_ENTRY: Final = TypeAdapter(EntryRecord)
_PLAY: Final = TypeAdapter(PlayRecord)
_RECOMMENDATION: Final = TypeAdapter(RecommendationRecord)
_Record = TypeVar("_Record")


def _rows(
    document: dict[str, object],
    name: Literal["observations", "entries", "plays", "recommendations"],
    kind: TypeAdapter[_Record],
    problems: list[RowProblem],
) -> list[_Record]:
    rows = document.get(name, [])
    if not isinstance(rows, list):
        problems.append(RowProblem(row=name, message="This is no list."))
        return []
    found = []
    for number, row in enumerate(rows):
        try:
            found.append(kind.validate_python(row, strict=False))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            message = f"{place}: {first['msg']}" if place else first["msg"]
            problems.append(RowProblem(row=f"{name}/{number}", message=message))
    return found
