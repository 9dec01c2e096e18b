"""Which song comes next: the rule of the ticked genres, and the learning that goes on from it."""

from today_feeling.domain.recommend.rule import (
    NO_REPEAT_WINDOW,
    Candidate,
    Choice,
    Mood,
    Origin,
    Reason,
    ReasonCode,
    Recommendation,
    recommend,
)

__all__ = [
    "NO_REPEAT_WINDOW",
    "Candidate",
    "Choice",
    "Mood",
    "Origin",
    "Reason",
    "ReasonCode",
    "Recommendation",
    "recommend",
]
