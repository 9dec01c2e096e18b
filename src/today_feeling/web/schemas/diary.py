"""What was seen, and days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from today_feeling.domain import diary
from today_feeling.web.schemas.base import Body, Probabilities, Share
from today_feeling.web.schemas.listening import PlayOut


def _in_our_time(time: datetime) -> datetime:
    if not 2000 <= time.year <= 2100:  # a century around us; the ends of the calendar overflow
        raise ValueError("must be between the years 2000 and 2100")
    return time.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_our_time)]


class ObservationBody(Body):
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


class ObservationsIn(Body):
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
