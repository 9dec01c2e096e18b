"""All songs as arrays, so that a hundred thousand are scored in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.affect import Affect
from today_feeling.domain.goals import Goal
from today_feeling.domain.music import GENRES, SOURCES, Track
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
VERSION: Final = 4
"""Of `SPACE` and of what features mean: what was learned of another version is of no use."""

PAUSE: Final = timedelta(minutes=30)
"""Whoever begins no song for longer, ends a session."""
LONG_SESSION: Final = 20
"""Songs; more are as many."""


@dataclass(frozen=True, slots=True)
class Songs:
    """Songs in order of their ids, one entry of each array for each."""

    ids: NDArray[np.int64]
    genre: NDArray[np.intp]
    """Index in `GENRES`."""
    source: NDArray[np.intp]
    """Index in `SOURCES`."""
    artist: NDArray[np.intp]
    """Index in `artists`; -1 where unknown."""
    features: NDArray[np.float32]
    """As `SPACE` has them, [N, P]."""
    affect: NDArray[np.float32]
    """Valence and arousal, -1..1, [N, 2]; NaN where unknown."""
    instrumental: NDArray[np.bool_]
    artists: Mapping[str, int]
    """Number of each artist, by `artist_key`."""

    def __len__(self) -> int:
        return len(self.ids)

    @staticmethod
    def of(tracks: Sequence[Track]) -> Songs:
        """Arrange the tracks."""
        tracks = sorted(tracks, key=lambda track: track.id)
        count = len(tracks)
        genre = np.array([GENRES.index(track.genre) for track in tracks], np.intp)
        artists: dict[str, int] = {}
        artist = [
            artists.setdefault(artist_key(track.artist), len(artists)) if track.artist else -1
            for track in tracks
        ]
        spoken = [set((track.language or "").split("/")) for track in tracks]
        valence = _numbers([track.valence for track in tracks])
        energy = _numbers([track.energy for track in tracks])
        tempo = _numbers([track.tempo for track in tracks])
        year = _numbers([track.year for track in tracks])
        features = np.zeros((count, _FEATURES), np.float32)
        features[np.arange(count), genre] = 1
        for number, language in enumerate(LANGUAGES):
            features[:, len(GENRES) + number] = [language in each for each in spoken]
        # Half of what would standardise it: known of few songs, it cost more where nobody cares.
        fast = np.clip((tempo - 120) / 60, -1.5, 1.5)
        sound = np.column_stack([(valence - 0.5) / 0.25, (energy - 0.5) / 0.25, fast])
        features[:, _SOUND:_YEAR] = np.nan_to_num(sound)
        features[:, _YEAR] = np.nan_to_num(np.clip((year - 2010) / 10, -3, 3))
        estimated = [(each.estimated, each.estimated, each.tempo_estimated) for each in tracks]
        features[:, _TELLING:] = features[:, _SOUND:_YEAR] * np.reshape(estimated, (count, 3))
        return Songs(
            ids=np.array([track.id for track in tracks], np.int64),
            genre=genre,
            source=np.array([SOURCES.index(track.source) for track in tracks], np.intp),
            artist=np.array(artist, np.intp),
            features=features,
            affect=np.column_stack([2 * valence - 1, 2 * energy - 1]).astype(np.float32),
            instrumental=np.array(["instrumental" in each for each in spoken], np.bool_),
            artists=artists,
        )

    def plus(self, more: Songs) -> tuple[Songs, NDArray[np.intp]]:
        """These and more, none of which is among these, and where in these each of `more` comes
        in, as `np.insert` takes it."""
        at = np.searchsorted(self.ids, more.ids)
        artists = {**self.artists}
        number = [artists.setdefault(artist, len(artists)) for artist in more.artists]
        columns = {
            each.name: np.insert(getattr(self, each.name), at, getattr(more, each.name), axis=0)
            for each in fields(self)
            if each.name not in {"artist", "artists"}
        }
        # -1, of an unknown artist, is the last of these.
        artist = np.insert(self.artist, at, np.array([*number, -1], np.intp)[more.artist])
        return Songs(**columns, artist=artist, artists=artists), at

    def positions(self, ids: Sequence[int]) -> NDArray[np.intp]:
        """Where those of the ids stand that are there, in their order."""
        wanted = np.array(ids, np.int64)
        at = np.searchsorted(self.ids, wanted)
        at[at == len(self)] = 0
        found = self.ids[at] == wanted if len(self) else np.zeros(len(wanted), np.bool_)
        positions: NDArray[np.intp] = at[found]
        return positions


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


def in_a_row(began: Iterable[datetime], now: datetime) -> int:
    """How many songs of a session were heard before now. `began`: when each did, the newest
    first."""
    heard, after = 0, now
    for each in began:
        if after - each > PAUSE:
            break
        heard, after = heard + 1, each
    return heard


def artist_key(artist: str) -> str:
    """The same for every way to write the artist's name that differs by capitals or blanks only."""
    return " ".join(artist.casefold().split())


def _numbers(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)
