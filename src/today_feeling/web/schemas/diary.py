"""What was seen, what was written, and days."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field

from today_feeling.domain import diary
from today_feeling.domain.emotion import Emotion
from today_feeling.store.corrections import Correction as Corrected
from today_feeling.store.deletions import Deletion
from today_feeling.web.schemas.base import Body, Instant, Probabilities, Share, Valence, Writable
from today_feeling.web.schemas.listening import PlayOut

Note = Annotated[str, Field(max_length=diary.MAX_NOTE), Writable]


class ObservationIn(Body):
    id: UUID
    observed_at: Instant
    duration_s: float = Field(gt=0, le=600, allow_inf_nan=False)
    emotion: diary.Reading
    probabilities: Probabilities | None = None
    unsure_share: Share = 0

    def to_domain(self) -> diary.Observation:
        return diary.Observation(
            id=self.id,
            observed_at=self.observed_at,
            duration_s=self.duration_s,
            emotion=self.emotion,
            probabilities=tuple(self.probabilities) if self.probabilities is not None else None,
            unsure_share=self.unsure_share,
        )


class ObservationOut(ObservationIn):
    corrected: Emotion | None = None

    @classmethod
    def of(cls, observation: diary.Observation) -> Self:
        return cls(
            id=observation.id,
            observed_at=observation.observed_at,
            duration_s=observation.duration_s,
            emotion=observation.emotion,
            probabilities=list(observation.probabilities)
            if observation.probabilities is not None
            else None,
            unsure_share=observation.unsure_share,
            corrected=observation.corrected,
        )

    def to_domain(self) -> diary.Observation:
        return dataclasses.replace(super().to_domain(), corrected=self.corrected)


class ObservationsIn(Body):
    observations: Annotated[list[ObservationIn], Field(max_length=100)]


class Correction(Body):
    corrected: Emotion | None


class EntryIn(Body):
    id: UUID
    at: Instant
    emotion: Emotion | None = None
    valence: Valence | None = None
    note: Note | None = None

    def to_domain(self, now: datetime) -> diary.Entry:
        return diary.Entry(
            id=self.id,
            at=self.at,
            emotion=self.emotion,
            valence=self.valence,
            note=self.note,
            updated_at=now,
        )


class EntryChange(Body):
    """What is left out stays as it is, and so does the time where it is null."""

    at: Instant | None = None
    emotion: Emotion | None = None
    valence: Valence | None = None
    note: Note | None = None

    def edit(self, entry: diary.Entry, now: datetime) -> diary.Entry:
        """The entry, changed by this."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if self.at is None:
            given["at"] = entry.at
        return dataclasses.replace(entry, **given, updated_at=now)


class EntryOut(EntryIn):
    updated_at: Instant

    @staticmethod
    def of(entry: diary.Entry) -> EntryOut:
        return EntryOut(**dataclasses.asdict(entry))


class DayOut(BaseModel):
    date: date
    timezone: str
    starts_at: datetime
    ends_at: datetime
    observations: list[ObservationOut]
    plays: list[PlayOut]
    entries: list[EntryOut]
    seconds: dict[diary.Reading, float]

    @staticmethod
    def of(day: diary.Day) -> DayOut:
        return DayOut(
            date=day.day,
            timezone=day.timezone,
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            observations=[ObservationOut.of(each) for each in day.observations],
            plays=[PlayOut.of(each) for each in day.plays],
            entries=[EntryOut.of(each) for each in day.entries],
            seconds=dict(day.seconds),
        )


class SpanIn(Body):
    """From (included) and to (excluded); null is without end."""

    from_: Instant | None = Field(alias="from")
    to: Instant | None


class ReadingsIn(Body):
    """Readings from (included) to (excluded), at most 48 hours; `shown`: only those that count as
    this, null being any."""

    from_: Instant = Field(alias="from")
    to: Instant
    shown: diary.Reading | None = None

    @property
    def times(self) -> tuple[datetime, datetime]:
        return self.from_, self.to


class ReadingsCorrection(ReadingsIn):
    corrected: Emotion | None


class ReadingsCorrectionOut(BaseModel):
    undo: UUID
    corrected: int

    @staticmethod
    def of(correction: Corrected) -> ReadingsCorrectionOut:
        return ReadingsCorrectionOut(undo=correction.id, corrected=correction.corrected)


class DeletionOut(BaseModel):
    undo: UUID


class Counts(BaseModel):
    observations: int
    plays: int
    entries: int


class SpanDeletionOut(DeletionOut):
    deleted: Counts

    @staticmethod
    def of(deletion: Deletion) -> SpanDeletionOut:
        return SpanDeletionOut(undo=deletion.id, deleted=Counts(**deletion.counts))
