"""Which of the ten genres a song has whose list does not say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from today_feeling.domain.music import GENRES, Genre
from today_feeling.music.genres import genre_from_tag

_OTHERS: Final = frozenset({"extra", "기타", "other", "others", "etc", "misc"})


class Suggestion(NamedTuple):
    """A genre, and what speaks for it."""

    genre: Genre
    why: str
    """Fit for a user's eyes: `the artist's other songs`, ..."""


class Suggester:
    """Suggests by what the catalogue knows of the artist, then by what the list calls itself."""

    def __init__(self, known: Iterable[tuple[str | None, Genre]] = ()) -> None:
        """`known`: artist and genre of each song of the catalogue."""
        counted: defaultdict[str, Counter[Genre]] = defaultdict(Counter)
        for artist, genre in known:
            if artist:
                counted[artist.casefold()][genre] += 1
        self._of_artist = {
            artist: max(genres, key=lambda genre: (genres[genre], -GENRES.index(genre)))
            for artist, genres in counted.items()
        }

    def suggest(self, title: str, artist: str | None, *, listed_in: str = "") -> Suggestion:
        """`listed_in`: the title of the playlist, album or mood."""
        for name in _names(artist):
            genre = self._of_artist.get(name)
            if genre is not None:
                return Suggestion(genre, "other songs of the artist")
        for text, why in ((listed_in, "the name of the list"), (title, "the title")):
            genre = genre_from_tag(text)
            if genre != "extra":
                return Suggestion(genre, why)
        return Suggestion("extra", "nothing is known")


def genre_named(text: str) -> Genre | None:
    """The genre that a list names: one of ours, its number of old (1-10), or a usual word for it;
    None where it is none of the ten."""
    text = text.strip()
    number = text.removesuffix(".0")  # spreadsheets make decimals of whole numbers
    if number.isdecimal():
        return GENRES[int(number) - 1] if 1 <= int(number) <= len(GENRES) else None
    if text.casefold() in _OTHERS:
        return "extra"
    genre = genre_from_tag(text)
    return genre if genre != "extra" else None


def _names(artist: str | None) -> list[str]:
    """The artist as a whole, then each of several."""
    if not artist:
        return []
    whole = artist.casefold()
    return [whole, *(part.strip() for part in whole.replace("&", ",").split(","))]
