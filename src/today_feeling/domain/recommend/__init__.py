"""Which song comes next: the rule of the ticked genres, and the learning that goes on from it."""

from today_feeling.domain.recommend.recommendation import (
    Choice,
    Mood,
    Origin,
    Reason,
    ReasonCode,
    Recommendation,
)

__all__ = ["Choice", "Mood", "Origin", "Reason", "ReasonCode", "Recommendation"]
