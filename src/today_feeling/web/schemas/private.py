"""Questions of those of whom nothing is kept, and the answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from today_feeling.domain import goals
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.music import Preferences
from today_feeling.domain.recommend import Mood, Origin, Recommendation
from today_feeling.domain.recommend.pools import NO_REPEAT_WINDOW
from today_feeling.domain.recommend.queue import LONGEST
from today_feeling.services.choosing import Queue
from today_feeling.services.private import Known, Question
from today_feeling.web.schemas.base import Body, Probabilities
from today_feeling.web.schemas.listening import RecommendationIn, RecommendationOut
from today_feeling.web.schemas.preferences import GenresPerEmotion, Languages, PreferredSources

TrackId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class LikesIn(Body):
    """Of the preferences, what a choice depends on."""

    genres: GenresPerEmotion
    sources: PreferredSources
    explicit: bool = False
    languages: Languages = Field(default=[])


class KnownIn(Body):
    """A song of an earlier answer, with the mood that it was chosen for."""

    track_id: TrackId
    emotion: Emotion | None = None
    origin: Origin = "random"
    probabilities: Probabilities | None = None
    goal: goals.Goal = "match"
    step: Annotated[int, Field(ge=0, le=1000)] = 0
    placed: bool = False

    def to_domain(self) -> Known:
        told = tuple(self.probabilities) if self.probabilities is not None else None
        mood = Mood(self.emotion, self.origin, probabilities=told, goal=self.goal)
        return Known(self.track_id, mood, self.step, self.placed)


class PrivateQueueIn(RecommendationIn):
    likes: LikesIn
    heard: Annotated[list[TrackId], Field(max_length=NO_REPEAT_WINDOW)] = Field(default=[])
    failed: Annotated[list[TrackId], Field(max_length=100)] = Field(default=[])
    waiting: Annotated[list[KnownIn], Field(max_length=LONGEST)] = Field(default=[])
    without: Annotated[list[TrackId], Field(max_length=2 * LONGEST)] = Field(default=[])
    length: Annotated[int, Field(ge=1, le=LONGEST)] = 5
    playing: KnownIn | None = None
    fresh: bool = False
    step: Annotated[int, Field(ge=0, le=1000)] = 0

    def question(self) -> Question:
        return Question(
            mood=self.to_domain(),
            preferences=Preferences(
                genres=self.likes.genres.to_domain(),
                sources=tuple(self.likes.sources),
                explicit=self.likes.explicit,
                languages=tuple(self.likes.languages),
            ),
            heard=self.heard,
            failed=self.failed,
            waiting=[each.to_domain() for each in self.waiting],
            playing=self.playing.to_domain() if self.playing else None,
            without=self.without,
            queue=Queue(length=self.length, fresh=self.fresh, step=self.step, clock=self.clock()),
        )


class PrivateSongOut(RecommendationOut):
    """`id` is only a place in this answer; `ahead` songs are to come between the mood and it."""

    ahead: int

    @staticmethod
    def at(place: int, made: Recommendation) -> PrivateSongOut:
        told = RecommendationOut.of(made)
        track = told.track.model_copy(
            update={
                name: url.replace("/api/", "/api/private/", 1)
                for name in ("audio_url", "cover_url")
                if (url := getattr(told.track, name)) is not None
            }
        )
        return PrivateSongOut(
            id=place,
            track=track,
            reason=told.reason,
            goal=told.goal,
            step=told.step,
            ahead=made.step,
        )


class PrivateQueueOut(BaseModel):
    songs: list[PrivateSongOut]

    @staticmethod
    def of(songs: list[Recommendation]) -> PrivateQueueOut:
        return PrivateQueueOut(
            songs=[PrivateSongOut.at(place, each) for place, each in enumerate(songs, 1)]
        )
