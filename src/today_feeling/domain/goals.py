"""What music is to do, and the way there: small steps from the mood as it is (the iso principle).

To start where the listener is and to lead on from there helps more than to start at the target
(Starcke et al. 2021, doi 10.3390/ijerph182312486).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, get_args

from today_feeling.domain.affect import Affect

Goal = Literal["match", "lift", "calm", "focus"]
"""Stay with the mood, brighten it, quieten it, or help to work."""

GOALS: Final[tuple[Goal, ...]] = get_args(Goal)

TARGETS: Final[Mapping[Goal, Affect]] = MappingProxyType(
    {"lift": Affect(0.7, 0.4), "calm": Affect(0.35, -0.5), "focus": Affect(0.2, -0.1)}
)
"""Where the goals lead; `match` leads nowhere."""

STEP: Final = 0.35
"""How far a song may be from the one before, in the plane of valence and arousal."""


RETURN: Final = 0.35
"""Bad moods get better by themselves and good ones worse: by this share of the way to neutral
while a song plays. Our own estimate, as no one's slope is known before they have used this."""


def path(mood: Affect, goal: Goal) -> tuple[Affect, ...]:
    """Where the next songs are to be, one point for each, at least one; the last is the target.

    Planned anew from the measured mood when a song has ended, never while one sounds. `focus` is
    the same for every mood: it is there at once, and nothing changes on the way.
    """
    if goal == "match":
        return (mood,)
    target = TARGETS[goal]
    if goal == "focus":
        return (target,)
    steps = max(1, math.ceil(math.dist(mood, target) / STEP - 1e-9))
    return tuple(
        Affect(
            mood.valence + (target.valence - mood.valence) * step / steps,
            mood.arousal + (target.arousal - mood.arousal) * step / steps,
        )
        for step in range(1, steps + 1)
    )


class Step(NamedTuple):
    """One song of the way."""

    number: int
    """From 1; songs after the last step stay there."""
    of: int
    here: Affect
    """Where the mood is before the song, as far as the songs before it do what they should."""
    to: Affect
    """Where the song is to be."""


def step(mood: Affect, goal: Goal, index: int) -> Step:
    """The step of a song that comes after `index` others, from 0, since the mood was measured."""
    way = path(mood, goal)
    at = min(index, len(way) - 1)
    return Step(at + 1, len(way), way[min(index, len(way)) - 1] if index else mood, way[at])


def progress(goal: Goal, valence_before: float, valence_after: float) -> float:
    """How much nearer to the goal it looks after a song than the mood before alone explains, -1..1.

    What `RETURN` explains is not the song's doing. `lift` and `calm` have a target, and brighter
    than the target of `lift` is no farther from it; with `match`, brighter is better. Only valence
    is measured around a song. For `focus` pleasure is not the point: always 0.
    """
    if goal == "focus":
        return 0.0
    by_itself = (1 - RETURN) * valence_before
    nearer = _short_of(goal, by_itself) - _short_of(goal, valence_after)
    return max(-1.0, min(1.0, nearer))


def _short_of(goal: Goal, valence: float) -> float:
    """How far such a valence is from where the goal leads."""
    if goal == "match":
        return -valence
    short = TARGETS[goal].valence - valence
    return max(0.0, short) if goal == "lift" else abs(short)
