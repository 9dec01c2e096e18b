"""The queue: what waits, and what comes next."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from today_feeling.domain.recommend import Recommendation
from today_feeling.domain.recommend.queue import LONGEST
from today_feeling.services.choosing import Queue, Waiting
from today_feeling.web.schemas.base import Body
from today_feeling.web.schemas.listening import RecommendationIn, RecommendationOut

RecommendationId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class WaitingIn(Body):
    id: RecommendationId
    placed: bool = False


class QueueIn(RecommendationIn):
    waiting: Annotated[list[WaitingIn], Field(max_length=LONGEST)] = Field(default=[])
    without: Annotated[list[RecommendationId], Field(max_length=2 * LONGEST)] = Field(default=[])
    length: Annotated[int, Field(ge=1, le=LONGEST)] = 5
    playing: RecommendationId | None = None
    fresh: bool = False
    step: Annotated[int, Field(ge=0, le=1000)] = 0

    def queue(self) -> Queue:
        return Queue(
            waiting=[Waiting(each.id, each.placed) for each in self.waiting],
            without=self.without,
            length=self.length,
            playing=self.playing,
            fresh=self.fresh,
            step=self.step,
            clock=self.clock(),
        )


class QueueOut(BaseModel):
    songs: list[RecommendationOut]

    @staticmethod
    def of(songs: list[Recommendation]) -> QueueOut:
        return QueueOut(songs=[RecommendationOut.of(song) for song in songs])
