"""What the store keeps, as the rest of the program knows it, from its rows."""

from __future__ import annotations

from typing import Any, cast

from today_feeling.domain.diary import After, Observation, Outcome, Play, Reading
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import Genre, SourceId
from today_feeling.domain.recommend import Mood, Origin, Reason, ReasonCode, Recommendation
from today_feeling.store.schema import PlayRow, RecommendationRow, TrackRow
from today_feeling.store.tracks import to_track


def to_observation(row: Any) -> Observation:
    """What the rest of the program knows of what was seen."""
    return Observation(
        id=row.id,
        observed_at=row.observed_at,
        duration_s=row.duration_s,
        emotion=cast("Reading", row.emotion),
        probabilities=tuple(row.probabilities) if row.probabilities is not None else None,
        unsure_share=row.unsure_share,
        corrected=cast("Emotion | None", row.corrected),
    )


def to_play(found: Any) -> Play:
    """What the rest of the program knows of a play, its recommendation and its track."""
    play, recommendation, track = found
    return Play(
        id=play.id,
        started_at=play.started_at,
        recommendation=to_recommendation(recommendation, track),
        outcome=cast("Outcome | None", play.outcome),
        seconds=play.seconds,
        liked=play.liked,
        after=_after(play),
    )


def _after(row: PlayRow) -> After | None:
    if row.valence_before is None or row.valence_after is None:
        return None
    emotion = cast("Emotion", row.emotion_after)
    return After(emotion, valence_before=row.valence_before, valence_after=row.valence_after)


def to_recommendation(row: RecommendationRow, track: TrackRow) -> Recommendation:
    """What the rest of the program knows of the rows."""
    emotion = cast("Emotion | None", row.emotion)
    return Recommendation(
        id=row.id,
        created_at=row.created_at,
        track=to_track(track),
        mood=Mood(
            emotion=emotion,
            origin=cast("Origin", row.origin),
            confidence=row.confidence,
            probabilities=tuple(row.probabilities) if row.probabilities is not None else None,
            goal=cast("Goal", row.goal or "match"),
        ),
        reason=Reason(
            code=cast("ReasonCode", row.reason_code),
            genre=cast("Genre | None", row.reason_genre),
            emotion=None if row.origin == "random" else emotion,
            instead_of=cast("SourceId | None", row.reason_instead_of),
            liked=row.reason_liked,
            heard=row.reason_heard,
        ),
        step=row.step,
    )
