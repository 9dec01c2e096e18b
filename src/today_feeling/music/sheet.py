"""Lists of songs in files: CSV and XLSX, of our own, of a spreadsheet, or of Google Takeout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from today_feeling.domain.music import Fingerprint, SourceId
from today_feeling.errors import UnreadableMedia
from today_feeling.music.completing import Completer, Listed
from today_feeling.music.links import parse_link
from today_feeling.music.source import Found, Place, WhyNot
from today_feeling.music.suggest import genre_named
from today_feeling.music.tables import MOST_COLUMNS, File, file_at, read_table
from today_feeling.music.tempo import tempo_told

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "video": ("youtube_video_id", "video id", "videoid", "url", "song url", "link", "주소", "링크"),
    "title": ("title", "song title", "제목", "곡명", "노래"),
    "artist": ("artist", "artist name 1", "artist names", "가수", "아티스트"),
    "genre": ("genre", "장르"),
    "year": ("year", "발매년도", "연도"),
    "language": ("language", "언어"),
    "duration_s": ("duration_s",),
    "valence": ("valence",),
    "energy": ("energy",),
    "tempo": ("tempo", "bpm", "템포"),
    "explicit": ("explicit",),
}
"""Of each column, the names that it may have, in capitals or not."""

MOST_ROWS: Final = 100_000
_FORMULA: Final = "=+-@\t\r'"


class WrongCell(Exception):
    """A cell is wrong; the message says how."""

    def __init__(self, message: str, code: WhyNot, about: str) -> None:
        super().__init__(message)
        self.code: WhyNot = code
        self.about = about


class Row(NamedTuple):
    """A row of a list, as text."""

    number: int
    """In the file, as a spreadsheet counts; the header is usually 1."""
    cells: Mapping[str, str]
    """By the names that `COLUMNS` gives; without those that are empty."""


class Sheet:
    """A list of YouTube songs in a file. Every song is of a row of its own, below a header."""

    id: Final[SourceId] = "youtube"

    def __init__(
        self, path: Path, completer: Completer | None = None, rows: Sequence[Row] | None = None
    ) -> None:
        """`rows`: what was read from there already."""
        self._path = path
        self.name = path.name
        self._completer = completer or Completer()
        self._rows = rows

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`; every row is read again each time."""
        del known
        seen: set[str] = set()
        rows = rows_of(file_at(self._path)) if self._rows is None else self._rows
        for row in rows:
            about = row.cells.get("title", "")
            place = Place(f"{self._path.name}, row {row.number}", row.number, about)
            try:
                listed = listed_in(row.cells)
            except WrongCell as wrong:
                yield place.skipped(wrong.code, str(wrong), wrong.about)
                continue
            yield self._completer.complete(listed, seen, place=place, listed_in=self._path.stem)


def rows_of(file: File) -> list[Row]:
    """The rows of the file that have anything in them, below its header.

    Raises `UnreadableMedia` where it is no list, or one with too many rows.
    """
    rows = rows_below_header(enumerate(read_table(file, is_header), start=1))
    if rows is None:
        raise UnreadableMedia(
            f"{file.name} has no column with the videos: url, or youtube_video_id."
        )
    if len(rows) > MOST_ROWS:
        raise UnreadableMedia(f"{file.name} has more than {MOST_ROWS} rows.")
    return rows


def rows_below_header(table: Iterable[tuple[int, Sequence[str]]]) -> list[Row] | None:
    """The same of a table with its numbers, at most one more than `MOST_ROWS`; None without a
    header."""
    rows: list[Row] = []
    named: dict[int, str] = {}
    for number, cells in table:
        if not named:
            # Takeout tells about the playlist before it begins with its songs.
            named = _header(cells)
            continue
        values = {name: cells[at].strip() for at, name in named.items() if at < len(cells)}
        filled = {name: unescape(value) for name, value in values.items() if value}
        if filled:
            rows.append(Row(number, filled))
        if len(rows) > MOST_ROWS:
            break
    return rows if named else None


def listed_in(cells: Mapping[str, str]) -> Listed:
    """What the cells say of a video. Raises `WrongCell`."""
    video = cells.get("video", "")
    link = parse_link(video)
    if link is None or link.kind != "video":
        raise WrongCell(f"{video!r} is not the id of a video", "no_video", video)
    genre = None
    if "genre" in cells:
        genre = genre_named(cells["genre"])
        if genre is None:
            told = cells["genre"]
            raise WrongCell(f"{told!r} is not one of the ten genres", "genre", told)
    year = cells.get("year", "").removesuffix(".0")
    if year and not (year.isdecimal() and len(year) == 4):
        raise WrongCell(f"{year!r} is not a year", "value", year)
    return Listed(
        video_id=link.id,
        title=cells.get("title"),
        artist=cells.get("artist"),
        genre=genre,
        year=int(year) if year else None,
        language=cells["language"][:16] if "language" in cells else None,
        duration_s=_number(cells, "duration_s", 86400),
        valence=_number(cells, "valence", 1),
        energy=_number(cells, "energy", 1),
        tempo=tempo_told(cells.get("tempo")),
        explicit=_yes_or_no(cells.get("explicit")),
    )


def escape(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `unescape` takes it back."""
    return f"'{text}" if text[:1] in _FORMULA and text else text


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _FORMULA else text


def is_header(cells: Sequence[str]) -> bool:
    """Whether one of the cells is the name of a column with videos."""
    return any(cell.strip().casefold() in COLUMNS["video"] for cell in cells[:MOST_COLUMNS])


def _header(cells: Sequence[str]) -> dict[int, str]:
    """Column -> its name; empty where this is no header."""
    if not is_header(cells):
        return {}
    found: dict[int, str] = {}
    low = [cell.strip().casefold() for cell in cells[:MOST_COLUMNS]]
    for name, spellings in COLUMNS.items():
        at = next((low.index(each) for each in spellings if each in low), None)
        if at is not None:
            found[at] = name
    return found


def _number(cells: Mapping[str, str], name: str, most: float) -> float | None:
    if name not in cells:
        return None
    try:
        value = float(cells[name])
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        told = cells[name]
        raise WrongCell(f"{name} is {told!r}, and not between 0 and {most}", "value", told)
    return value


def _yes_or_no(text: str | None) -> bool | None:
    if text is None:
        return None
    if text.lower() not in {"yes", "no"}:
        raise WrongCell(f"explicit is {text!r}, and not yes or no", "value", text)
    return text.lower() == "yes"
