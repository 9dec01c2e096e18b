"""From what a list says of a video to a whole song."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from today_feeling.domain.music import Genre, Song
from today_feeling.errors import InvalidInput
from today_feeling.music.oembed import WHY_NOT, OEmbed
from today_feeling.music.source import Found, Place, Skipped, Unchanged
from today_feeling.music.suggest import Suggester

MOST_LETTERS: Final = 500
"""Of a title or a name; what is longer is cut, as YouTube itself cuts it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says of a video; the rest is None."""

    video_id: str
    title: str | None = None
    artist: str | None = None
    genre: Genre | None = None
    year: int | None = None
    language: str | None = None
    duration_s: float | None = None
    valence: float | None = None
    energy: float | None = None
    tempo: float | None = None
    explicit: bool | None = None


class Completer:
    """Gives a song what its list does not say; remembers why it has its genre."""

    def __init__(
        self,
        *,
        genre: Genre | None = None,
        suggester: Suggester | None = None,
        oembed: OEmbed | None = None,
        there: Collection[str] = (),
    ) -> None:
        """
        `genre`: of all songs whose list names none; else it is suggested. `oembed`: asked for
        missing titles. `there`: ids of videos that the catalogue has, which only a list with
        genres of its own changes.
        """
        self.why: dict[str, str] = {}
        """Id of a video -> what speaks for its genre, where no list named it."""
        self._genre = genre
        self._suggester = suggester or Suggester()
        self._oembed = oembed
        self._there = there

    def complete(
        self, listed: Listed, seen: set[str], *, place: Place, listed_in: str = ""
    ) -> Found:
        """The song, if it is not among the videos `seen`, where it is put.

        `place` names it to people where it cannot be used. Raises `SourceUnavailable` where its
        title must be asked for, and nobody answers.
        """
        video_id = listed.video_id
        if video_id in seen:
            return place.skipped("twice", f"the video {video_id} is listed twice")
        seen.add(video_id)
        if video_id in self._there and listed.genre is None:
            return Unchanged(video_id)
        titled = self._titled(listed, place)
        if isinstance(titled, Skipped):
            return titled
        listed = titled
        title = cut(listed.title) or video_id
        artist = cut(listed.artist)
        return Song(
            locator=video_id,
            title=title,
            artist=artist,
            genre=listed.genre or self._suggested(video_id, title, artist, listed_in),
            year=listed.year,
            language=listed.language,
            duration_s=listed.duration_s,
            valence=listed.valence,
            energy=listed.energy,
            tempo=listed.tempo,
            explicit=listed.explicit,
        )

    def _titled(self, listed: Listed, place: Place) -> Listed | Skipped:
        if cut(listed.title):
            return listed
        if self._oembed is None:
            return place.skipped("untitled", "the title is empty")
        told = self._oembed.ask(listed.video_id)
        if told.verdict != "ok":
            refused = told.verdict == "refused"
            return place.skipped("refused" if refused else "gone", WHY_NOT[told.verdict])
        artist = (told.author or "").removesuffix(" - Topic")  # YouTube's own channels of artists
        return replace(listed, title=told.title, artist=listed.artist or artist)

    def _suggested(self, video_id: str, title: str, artist: str | None, listed_in: str) -> Genre:
        if self._genre is not None:
            return self._genre
        suggestion = self._suggester.suggest(title, artist, listed_in=listed_in)
        self.why[video_id] = suggestion.why
        return suggestion.genre


def cut(text: str | None) -> str | None:
    """Printable, without blanks at the ends or doubled, at most `MOST_LETTERS`; None where nothing
    is left."""
    printable = "".join(c if c.isprintable() else " " for c in text or "")
    return " ".join(printable.split())[:MOST_LETTERS].rstrip() or None


def cut_names(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes of a song, its title and artist as `cut` leaves them. Raises `InvalidInput` where no
    title is left."""
    cleaned = dict(changes)
    for name in {"title", "artist"} & changes.keys():
        cleaned[name] = cut(changes[name])
    if "title" in cleaned and cleaned["title"] is None:
        raise InvalidInput("A title cannot be empty.")
    return cleaned
