"""YouTube: ids, what the player's errors mean, and lists of songs to play there.

The player in the page plays; this program never contacts YouTube.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from today_feeling.domain.music import GENRES, Fingerprint, Song, SourceId
from today_feeling.errors import InvalidInput, UnreadableMedia
from today_feeling.music.source import Found, Skipped

STARTER_SONGS: Final = Path(__file__).with_name("songs.csv")
"""The list that comes with the release."""

PLAYER_ERRORS: Final[Mapping[str, str]] = {
    "2": "the video id is wrong",
    "5": "the player had a fault",
    "100": "the video was removed or is private",
    "101": "the owner does not allow it on other pages",
    "150": "the owner does not allow it on other pages",
    "153": "the page did not say who it is",
}
"""Codes of the IFrame player's `onError`, and what each means."""

_VIDEO_ID: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_COLUMNS: Final = ("title", "artist", "genre", "youtube_video_id")


def is_video_id(text: str) -> bool:
    """Whether this can be the id of a video: 11 of letters, digits, `-` and `_`."""
    return _VIDEO_ID.fullmatch(text) is not None


class SongList:
    """A CSV file in UTF-8 with a header: title, artist, genre and youtube_video_id, and perhaps
    year, language, explicit (yes or no), valence and energy (0..1). Other columns are ignored."""

    id: Final[SourceId] = "youtube"

    def __init__(self, path: Path) -> None:
        self._path = path

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`; every row is read again each time."""
        del known
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except OSError as error:
            raise UnreadableMedia(f"{self._path} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise UnreadableMedia(f"{self._path} is not UTF-8 text.") from error
        except csv.Error as error:
            raise UnreadableMedia(f"{self._path} cannot be read: {error}") from error
        if not rows:
            return
        missing = [column for column in _COLUMNS if column not in rows[0]]
        if missing:
            raise UnreadableMedia(f"{self._path} has no column {', '.join(missing)}.")
        seen: set[str] = set()
        for number, row in enumerate(rows, start=2):
            try:
                song = _song(row)
            except InvalidInput as error:
                yield Skipped(f"{self._path.name}, row {number}", str(error))
                continue
            if song.locator in seen:
                yield Skipped(f"{self._path.name}, row {number}", "the video is listed twice")
                continue
            seen.add(song.locator)
            yield song


def _song(row: Mapping[str | None, str | None]) -> Song:
    def text(column: str) -> str | None:
        return (row.get(column) or "").strip() or None

    video_id, title, genre = text("youtube_video_id"), text("title"), text("genre")
    if video_id is None or not is_video_id(video_id):
        raise InvalidInput(f"{video_id!r} is not the id of a video")
    if title is None:
        raise InvalidInput("the title is empty")
    if genre not in GENRES:
        raise InvalidInput(f"{genre!r} is not one of the ten genres")
    year = text("year")
    if year is not None and not (year.isdecimal() and len(year) == 4):
        raise InvalidInput(f"{year!r} is not a year")
    return Song(
        locator=video_id,
        title=title[:500],
        artist=(text("artist") or "")[:500] or None,
        genre=genre,
        year=int(year) if year else None,
        language=(text("language") or "")[:16] or None,
        explicit=_yes_or_no(text("explicit")),
        valence=_share(text("valence"), "valence"),
        energy=_share(text("energy"), "energy"),
    )


def _yes_or_no(text: str | None) -> bool | None:
    if text is None:
        return None
    if text.lower() not in {"yes", "no"}:
        raise InvalidInput(f"explicit is {text!r}, and not yes or no")
    return text.lower() == "yes"


def _share(text: str | None, name: Literal["valence", "energy"]) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise InvalidInput(f"{name} is {text!r}, and not between 0 and 1")
    return value
