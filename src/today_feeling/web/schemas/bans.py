"""What the user does not want to hear."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from today_feeling.domain import bans
from today_feeling.web.schemas.base import Body
from today_feeling.web.schemas.listening import TrackOut
from today_feeling.web.schemas.queue import RecommendationId


class BanIn(Body):
    kind: bans.BanKind
    recommendation_id: RecommendationId


class BanOut(BaseModel):
    id: int
    kind: bans.BanKind
    track: TrackOut | None
    artist: str | None
    banned_at: datetime
    until: datetime | None

    @staticmethod
    def of(ban: bans.Ban) -> BanOut:
        return BanOut(
            id=ban.id,
            kind=ban.kind,
            track=TrackOut.of(ban.track) if ban.track else None,
            artist=ban.artist,
            banned_at=ban.banned_at,
            until=ban.until,
        )
