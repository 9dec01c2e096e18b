"""A song and a moment in numbers: the features that the model weighs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.affect import Affect
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import GENRES, Genre, SourceId
from today_feeling.domain.recommend.hybrid import Floats
from today_feeling.domain.recommend.space import Scales, Space

LANGUAGES: Final = ("ko", "en", "ja", "instrumental")
"""Each has a feature; songs of other languages have none of them."""

MOMENT: Final = (
    *("valence", "arousal", "focus"),
    *("lift", "calm", "certain valence", "certain arousal", "hour sin", "hour cos", "session"),
)
_MEETING_SONGS: Final = 3
"""The first of them meet all that a song is, the others its valence, energy and tempo: what a goal,
the hour, a mood that is read surely, and long listening can plausibly ask for."""
_SOUND: Final = len(GENRES) + len(LANGUAGES)
_YEAR: Final = _SOUND + 3
"""Where valence, energy and tempo stand, and what follows them."""
_TELLING: Final = _YEAR + 1
"""Features of what a song is; three more tell what is other where valence, energy and tempo are
estimates, so that it is learned how far to trust those. No taste is meant by that."""
_FEATURES: Final = _TELLING + 3

SPACE: Final = Space(
    songs=_FEATURES,
    own=np.arange(_TELLING),
    moment=len(MOMENT),
    moods=_MEETING_SONGS,
    scales=Scales(),
    acted=np.arange(_SOUND, _YEAR),
)
VERSION: Final = 5
"""Of `SPACE`, its scales and what features mean: what was learned of another is of no use."""

PAUSE: Final = timedelta(minutes=30)
"""Whoever begins no song for longer, ends a session."""
LONG_SESSION: Final = 20
"""Songs; more are as many."""


class Told(Protocol):
    """What is told of a song that may be chosen: see `Track`, which is one."""

    @property
    def id(self) -> int: ...
    @property
    def source(self) -> SourceId: ...
    @property
    def artist(self) -> str | None: ...
    @property
    def genre(self) -> Genre: ...
    @property
    def year(self) -> int | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def explicit(self) -> bool | None: ...
    @property
    def valence(self) -> float | None: ...
    @property
    def energy(self) -> float | None: ...
    @property
    def estimated(self) -> bool: ...
    @property
    def tempo(self) -> float | None: ...
    @property
    def tempo_estimated(self) -> bool: ...
    @property
    def user_id(self) -> int | None: ...


def features_of(songs: Sequence[Told]) -> NDArray[np.float32]:
    """Features as `SPACE` has them, [N, P]."""
    count = len(songs)
    features = np.zeros((count, _FEATURES), np.float32)
    numbers = {genre: number for number, genre in enumerate(GENRES)}
    features[np.arange(count), [numbers[song.genre] for song in songs]] = 1
    spoken = [(song.language or "").split("/") for song in songs]
    for number, language in enumerate(LANGUAGES, len(GENRES)):
        features[:, number] = [language in each for each in spoken]
    valence = _numbers([song.valence for song in songs])
    energy = _numbers([song.energy for song in songs])
    tempo = _numbers([song.tempo for song in songs])
    year = _numbers([song.year for song in songs])
    # Half of what would standardise it: known of few songs, it cost more where nobody cares.
    fast = np.clip((tempo - 120) / 60, -1.5, 1.5)
    sound = np.column_stack([(valence - 0.5) / 0.25, (energy - 0.5) / 0.25, fast])
    features[:, _SOUND:_YEAR] = np.nan_to_num(sound)
    features[:, _YEAR] = np.nan_to_num(np.clip((year - 2010) / 10, -3, 3))
    estimated = [(each.estimated, each.estimated, each.tempo_estimated) for each in songs]
    features[:, _TELLING:] = features[:, _SOUND:_YEAR] * np.reshape(estimated, (count, 3))
    return features


def affect_of(songs: Sequence[Told]) -> NDArray[np.float32]:
    """Valence and arousal, -1..1, [N, 2]; NaN where unknown."""
    told = [[song.valence for song in songs], [song.energy for song in songs]]
    affect: NDArray[np.float32] = np.array(told, np.float32).T * 2 - 1
    return affect


def moment(
    mood: Affect | None,
    certainty: float | None,
    goal: Goal,
    hour: float | None,
    heard: int | None = None,
) -> Floats:
    """The features of a moment, as `SPACE` has them.

    `certainty` 0..1 of the reading of the mood. `hour` 0..24 of the user's own clock. `heard`: see
    `in_a_row`. Nothing known is 0.
    """
    felt = np.array(mood or (0.0, 0.0)) / 0.5
    sure = 2 * certainty - 1 if certainty is not None else 0.0
    angle = 2 * np.pi * hour / 24 if hour is not None else None
    # The first songs change more than later ones; it is 0 after three or four.
    far = np.log1p(min(heard, LONG_SESSION)) / np.log1p(LONG_SESSION) if heard is not None else 0.5
    return np.array(
        [
            *felt,
            *(float(goal == each) for each in ("focus", "lift", "calm")),
            *(sure * felt),
            *((np.sin(angle), np.cos(angle)) if angle is not None else (0.0, 0.0)),
            2 * far - 1,
        ]
    )


def hour_of(now: datetime, clock: tzinfo | None) -> float | None:
    """What the user's clock shows, 0..24; None where nobody knows."""
    if clock is None:
        return None
    shown = now.astimezone(clock)
    return shown.hour + shown.minute / 60


def in_a_row(began: Iterable[datetime], now: datetime) -> int:
    """How many songs of a session were heard before now. `began`: when each did, the newest
    first."""
    heard, after = 0, now
    for each in began:
        if after - each > PAUSE:
            break
        heard, after = heard + 1, each
    return heard


def _numbers(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)
