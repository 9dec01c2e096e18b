"""What a song did to the mood: the valence seen before it beside the valence seen after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from today_feeling.domain.affect import AFFECT, expected_affect
from today_feeling.domain.diary import After, Observation
from today_feeling.domain.emotion import UNSURE, Emotion

WINDOW: Final = timedelta(seconds=60)
"""How far before its start and after its end a song is looked at."""

ENOUGH_S: Final = 20.0
"""So many seconds of sure readings say something about a window."""


class Windows(NamedTuple):
    """Spans [from, to) around a play, in which observations begin that tell of it."""

    before: tuple[datetime, datetime]
    last: tuple[datetime, datetime]
    """The end of the song itself: asked where nothing was seen later."""
    after: tuple[datetime, datetime]


def windows(started_at: datetime, seconds: float) -> Windows:
    """The spans that matter for a play that sounded for `seconds`."""
    ended_at = started_at + timedelta(seconds=seconds)
    return Windows(
        before=(started_at - WINDOW, started_at),
        last=(max(started_at, ended_at - WINDOW), ended_at),
        after=(ended_at, ended_at + WINDOW),
    )


def measure(
    before: Sequence[Observation], last: Sequence[Observation], after: Sequence[Observation]
) -> After | None:
    """What the observations in the three windows say; None where they say too little."""
    earlier = _mood(before)
    later = _mood(after) or _mood(last)
    if earlier is None or later is None:
        return None
    return After(later.emotion, valence_before=earlier.valence, valence_after=later.valence)


def valence(observation: Observation) -> float | None:
    """How pleasant it looked, -1..1; None where the reading was unsure as a whole."""
    if observation.corrected is not None:
        return AFFECT[observation.corrected].valence
    if observation.emotion == UNSURE:
        return None
    total = sum(observation.probabilities or ())
    if observation.probabilities is None or total == 0:
        return AFFECT[observation.emotion].valence
    return expected_affect([each / total for each in observation.probabilities]).valence


class _Mood(NamedTuple):
    emotion: Emotion
    valence: float


def _mood(observations: Sequence[Observation]) -> _Mood | None:
    seconds: defaultdict[Emotion, float] = defaultdict(float)
    weighed = 0.0
    for observation in observations:
        pleasant = valence(observation)
        emotion = observation.corrected or observation.emotion
        if pleasant is not None and emotion != UNSURE:
            seconds[emotion] += observation.sure_s
            weighed += observation.sure_s * pleasant
    total = sum(seconds.values())
    if total < ENOUGH_S:
        return None
    return _Mood(max(seconds, key=lambda emotion: seconds[emotion]), weighed / total)
