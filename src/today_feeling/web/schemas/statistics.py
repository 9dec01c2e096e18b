"""Sums of days, and how the emotions flow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from today_feeling.domain import diary, statistics
from today_feeling.domain.emotion import Emotion
from today_feeling.web.schemas.listening import TrackOut

Seconds = dict[diary.Reading, float]


class DayMoodOut(BaseModel):
    date: date
    seconds: Seconds
    emotion: Emotion | None
    certainty: float
    plays: int
    entries: int

    @staticmethod
    def of(day: statistics.DayMood) -> DayMoodOut:
        return DayMoodOut(
            date=day.day,
            seconds=dict(day.seconds),
            emotion=day.emotion,
            certainty=day.certainty,
            plays=day.plays,
            entries=day.entries,
        )


class PlayedSong(BaseModel):
    track: TrackOut
    plays: int


class HelpfulSong(PlayedSong):
    mean_valence_change: float


class SongsOut(BaseModel):
    most_played: list[PlayedSong]
    most_helpful: list[HelpfulSong]
    song_of: TrackOut | None


class MoodOut(BaseModel):
    before: float | None
    after: float | None
    measured_plays: int


class StatisticsOut(BaseModel):
    from_: Annotated[date, Field(serialization_alias="from")]
    to: date
    timezone: str
    seconds: Seconds
    entries: dict[Emotion, int]
    days: list[DayMoodOut]
    weekdays: list[Seconds]
    songs: SongsOut
    mood: MoodOut

    @staticmethod
    def of(found: statistics.Statistics) -> StatisticsOut:
        return StatisticsOut(
            from_=found.first,
            to=found.last,
            timezone=found.timezone,
            seconds=dict(found.seconds),
            entries=dict(found.entries),
            days=[DayMoodOut.of(each) for each in found.days],
            weekdays=[dict(each) for each in found.weekdays],
            songs=SongsOut(
                most_played=[
                    PlayedSong(track=TrackOut.of(song.track), plays=song.plays)
                    for song in found.most_played
                ],
                most_helpful=[
                    HelpfulSong(
                        track=TrackOut.of(song.track),
                        plays=song.plays,
                        mean_valence_change=song.mean_valence_change or 0.0,
                    )
                    for song in found.most_helpful
                ],
                song_of=TrackOut.of(found.song_of) if found.song_of else None,
            ),
            mood=MoodOut(
                before=found.valence_before,
                after=found.valence_after,
                measured_plays=found.measured_plays,
            ),
        )


class Bucket(BaseModel):
    seconds: Seconds


class TimelineOut(BaseModel):
    starts_at: datetime
    bucket_s: int
    buckets: list[Bucket]

    @staticmethod
    def of(spans: statistics.Buckets, seconds: Sequence[Sequence[float]]) -> TimelineOut:
        return TimelineOut(
            starts_at=spans.starts_at,
            bucket_s=spans.bucket_s,
            buckets=[Bucket(seconds=dict(statistics.by_reading(each))) for each in seconds],
        )
