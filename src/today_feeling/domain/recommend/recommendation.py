"""What a recommendation is: the mood that asked for it, the song, and why this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from today_feeling.domain.affect import AFFECT, Affect, expected_affect
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.goals import Goal, Step, step
from today_feeling.domain.music import Genre, SourceId, Track

Origin = Literal["camera", "manual", "random"]
"""What asked for the song: the emotion seen, the emotion picked by hand, or nothing."""

ReasonCode = Literal[
    "source_fallback",
    "random",
    "liked_genre",
    "genre_for_emotion",
    "learned",
    "ticked_missing",
    "any_genre",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this song; fit to be told to the user."""

    code: ReasonCode
    genre: Genre | None
    """The genre that it is about, as the code says; None where any would have done."""
    emotion: Emotion | None
    instead_of: SourceId | None = None
    """The preferred source that could not be reached, with the code `source_fallback`."""
    liked: int | None = None
    """With the code `liked_genre`: so many songs of it the user liked in this emotion,"""
    heard: int | None = None
    """of so many that they rated."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen track."""

    track_id: int
    reason: Reason
    probability: float
    """With which this track was chosen, 0..1: what learning from logged plays needs."""
    at_random: bool | None = None
    """Whether it was the rule's own draw; None where nothing chose it."""
    planned: bool = False
    """For later."""
    step: int = 0
    """So many songs are to come between the mood and it."""


@dataclass(frozen=True, slots=True)
class Mood:
    """What is known of the user's mood when a song is asked for."""

    emotion: Emotion | None
    origin: Origin
    confidence: float | None = None
    """0..1, of the emotion."""
    probabilities: tuple[float, ...] | None = None
    """Six, in the order of `EMOTIONS`."""
    goal: Goal = "match"
    """What the music is to do."""

    @property
    def felt(self) -> Affect | None:
        """Where it is in valence and arousal; None where nothing is known, or was to be used."""
        if self.origin == "random":
            return None
        if self.probabilities is not None and sum(self.probabilities) > 0:
            total = sum(self.probabilities)
            return expected_affect([each / total for each in self.probabilities])
        return AFFECT[self.emotion] if self.emotion is not None else None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A track that was recommended to a user."""

    id: int
    created_at: datetime
    track: Track
    mood: Mood
    """That it was chosen for."""
    reason: Reason
    step: int = 0
    """So many songs were to come between the mood and it."""

    @property
    def way(self) -> Step | None:
        """The step of the goal's path that it is; None without a goal that leads anywhere."""
        felt = self.mood.felt
        if felt is None or self.mood.goal == "match":
            return None
        return step(felt, self.mood.goal, self.step)
