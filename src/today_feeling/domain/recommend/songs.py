"""All songs as arrays, so that a million are looked through in milliseconds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from today_feeling.domain.music import GENRES, SOURCES
from today_feeling.domain.recommend.blocks import Bounds, Numbers, Positions, arranged
from today_feeling.domain.recommend.features import Told, affect_of, features_of

Flags = NDArray[np.bool_]


class Kind(NamedTuple):
    """What a wish tells songs apart by: it means all songs of a kind, or none."""

    genre: int
    """Index in `GENRES`."""
    source: int
    """Index in `SOURCES`."""
    language: str | None
    explicit: bool | None
    """Of the words; None: nobody has said."""
    user_id: int | None
    """Whose own songs they are, which nobody else may hear; None is everybody's."""
    rated: bool
    """Whether anybody had rated them when they were arranged: what is thought of a song moves it
    away from songs that are like it."""


@dataclass(frozen=True)
class Songs:
    """Songs in blocks of one kind, one entry of each array for each song."""

    ids: NDArray[np.int64]
    kind: NDArray[np.int32]
    """Index in `kinds`."""
    artist: NDArray[np.int32]
    """Index in `artists`; -1 where unknown."""
    features: Numbers
    """As `SPACE` has them, [N, P]; column by column in memory: products take half the time."""
    affect: Numbers
    """Valence and arousal, -1..1, [N, 2]; NaN where unknown."""
    kinds: Sequence[Kind]
    artists: Mapping[str, int]
    """Number of each artist, by `artist_key`."""
    first: Positions
    """Where each block begins, and N at the end."""
    bounds: Bounds
    """Of the features of each block."""

    def __len__(self) -> int:
        return len(self.ids)

    @staticmethod
    def of(songs: Iterable[Told], rated: Collection[int] = ()) -> Songs:
        """Arrange the songs. `rated`: ids of those that anybody has rated."""
        listed = sorted(songs, key=lambda song: song.id)
        genres = {name: number for number, name in enumerate(GENRES)}
        sources = {name: number for number, name in enumerate(SOURCES)}
        kinds: dict[tuple[object, ...], int] = {}
        # Plain tuples until they are told apart: a name for each takes longer than the rest.
        kind = [
            kinds.setdefault(
                (
                    genres[song.genre],
                    sources[song.source],
                    song.language,
                    song.explicit,
                    song.user_id,
                    song.id in rated,
                ),
                len(kinds),
            )
            for song in listed
        ]
        artists: dict[str, int] = {}
        artist = [
            artists.setdefault(artist_key(song.artist), len(artists)) if song.artist else -1
            for song in listed
        ]
        features = features_of(listed)
        order, first = arranged(np.array(kind, np.int32), features)
        features = np.asfortranarray(features[order])
        return Songs(
            ids=np.array([song.id for song in listed], np.int64)[order],
            kind=np.array(kind, np.int32)[order],
            artist=np.array(artist, np.int32)[order],
            features=features,
            affect=affect_of(listed)[order],
            kinds=tuple(Kind(*each) for each in kinds),  # type: ignore[arg-type]
            artists=artists,
            first=first,
            bounds=Bounds.of(features, first),
        )

    def plus(self, more: Songs) -> Songs:
        """These and more, none of which is among these, in blocks of their own. It costs a copy."""
        kinds = {kind: number for number, kind in enumerate(self.kinds)}
        kind = np.array([kinds.setdefault(each, len(kinds)) for each in more.kinds], np.int32)
        artists = dict(self.artists)
        artist = [artists.setdefault(each, len(artists)) for each in more.artists]
        # -1, of an unknown artist, is the last of these.
        numbers = np.array([*artist, -1], np.int32)
        return Songs(
            ids=np.concatenate([self.ids, more.ids]),
            kind=np.concatenate([self.kind, kind[more.kind]]),
            artist=np.concatenate([self.artist, numbers[more.artist]]),
            features=_stacked(self.features, more.features),
            affect=np.concatenate([self.affect, more.affect]),
            kinds=tuple(kinds),
            artists=artists,
            first=np.concatenate([self.first, len(self) + more.first[1:]]),
            bounds=Bounds(*map(_stacked, self.bounds, more.bounds)),
        )

    def without(self, gone: Positions) -> Songs:
        """These less those at some positions. It costs a copy."""
        stays = np.ones(len(self), np.bool_)
        stays[gone] = False
        left = np.concatenate([[0], np.cumsum(stays)])[self.first]
        filled = np.diff(left) > 0
        return replace(
            self,
            **{each: getattr(self, each)[stays] for each in ("ids", "kind", "artist", "affect")},
            features=self.features.T[:, stays].T,
            first=np.concatenate([left[:1], left[1:][filled]]),
            bounds=Bounds(*(each[filled] for each in self.bounds)),
        )

    def positions(self, ids: Sequence[int]) -> Positions:
        """Where those of the ids stand that are there, in their order."""
        at = self._places.take(np.array(ids, np.int64) + 1, mode="clip")
        there: Positions = at[at >= 0].astype(np.intp)
        return there

    def by_artists(self, artists: Collection[int]) -> Positions:
        """Where the songs of these artists stand, in ascending order."""
        if not artists:
            return np.arange(0)
        # Nobody is asked for who is not known: -1 is the last of these.
        asked_for = np.zeros(len(self.artists) + 1, np.bool_)
        asked_for[list(artists)] = True
        return np.flatnonzero(asked_for[self.artist])

    def genre(self, positions: Positions) -> Positions:
        """Index in `GENRES` of each of these."""
        genre: Positions = self.genres[self.kind[positions]]
        return genre

    @cached_property
    def count(self) -> Positions:
        """Songs of each kind."""
        return np.bincount(self.kind, minlength=len(self.kinds))

    @cached_property
    def genres(self) -> Positions:
        """Index in `GENRES` of each kind."""
        return np.array([kind.genre for kind in self.kinds], np.intp)

    @cached_property
    def sources(self) -> Positions:
        """Index in `SOURCES` of each kind."""
        return np.array([kind.source for kind in self.kinds], np.intp)

    @cached_property
    def wordless(self) -> Flags:
        """Which kinds are instrumental."""
        spoken = [(kind.language or "").split("/") for kind in self.kinds]
        return np.array(["instrumental" in each for each in spoken], np.bool_)

    def of_user(self, user_id: int | None) -> Flags:
        """Which kinds the user may hear: everybody's and their own, [K]."""
        may: Flags = (self._owners == 0) | (self._owners == (user_id or 0))
        return may

    @cached_property
    def words(self) -> tuple[Sequence[tuple[str | None, bool | None]], Positions]:
        """What there is of language and explicitness, and the index in it of each kind."""
        numbers: dict[tuple[str | None, bool | None], int] = {}
        of_kind = [
            numbers.setdefault((kind.language, kind.explicit), len(numbers)) for kind in self.kinds
        ]
        return tuple(numbers), np.array(of_kind, np.intp)

    @cached_property
    def _owners(self) -> Positions:
        return np.array([kind.user_id or 0 for kind in self.kinds], np.intp)

    @cached_property
    def _places(self) -> NDArray[np.int32]:
        """Where each id stands, from -1 on; -1 where there is no such song, as at both ends."""
        places = np.full(int(self.ids.max(initial=0)) + 3, -1, np.int32)
        places[self.ids + 1] = np.arange(len(self), dtype=np.int32)
        return places


def artist_key(artist: str) -> str:
    """The same for every way to write the artist's name that differs by capitals or blanks only."""
    return " ".join(artist.casefold().split())


def _stacked(above: Numbers, below: Numbers) -> Numbers:
    """Both, column by column in memory."""
    stacked = np.empty((len(above) + len(below), above.shape[1]), np.float32, order="F")
    stacked[: len(above)], stacked[len(above) :] = above, below
    return stacked
