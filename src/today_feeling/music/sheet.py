"""Lists of songs in files: CSV and XLSX, of our own, of a spreadsheet, or of Google Takeout."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from today_feeling.domain.music import Fingerprint, SourceId
from today_feeling.errors import InvalidInput, UnreadableMedia
from today_feeling.music.completing import Completer, Listed
from today_feeling.music.links import parse_link
from today_feeling.music.source import Found, Skipped
from today_feeling.music.suggest import genre_named

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
    "explicit": ("explicit",),
}
"""Of each column, the names that it may have, in capitals or not."""

MOST_ROWS: Final = 100_000
_FORMULA: Final = "=+-@\t\r'"


class Row(NamedTuple):
    """A row of a list, as text."""

    number: int
    """In the file, as a spreadsheet counts; the header is usually 1."""
    cells: Mapping[str, str]
    """By the names that `COLUMNS` gives; without those that are empty."""


class Sheet:
    """A list of YouTube songs in a file. Every song is of a row of its own, below a header."""

    id: Final[SourceId] = "youtube"

    def __init__(self, path: Path, completer: Completer | None = None) -> None:
        self._path = path
        self._completer = completer or Completer()

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """See `MusicSource.songs`; every row is read again each time."""
        del known
        seen: set[str] = set()
        for row in read_rows(self._path):
            place = f"{self._path.name}, row {row.number}"
            try:
                listed = listed_in(row.cells)
            except InvalidInput as error:
                yield Skipped(place, str(error))
                continue
            yield self._completer.complete(listed, seen, place=place, listed_in=self._path.stem)


def read_rows(path: Path) -> list[Row]:
    """The rows of the file that have anything in them.

    Raises `UnreadableMedia` where it is no list, or one with too many rows.
    """
    table = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    rows: list[Row] = []
    named: dict[int, str] = {}
    for number, cells in enumerate(table, start=1):
        if not named:
            # Takeout tells about the playlist before it begins with its songs.
            named = _header(cells)
            continue
        values = {name: cells[at].strip() for at, name in named.items() if at < len(cells)}
        filled = {name: unescape(value) for name, value in values.items() if value}
        if filled:
            rows.append(Row(number, filled))
        if len(rows) > MOST_ROWS:
            raise UnreadableMedia(f"{path} has more than {MOST_ROWS} rows.")
    if not named:
        raise UnreadableMedia(f"{path} has no column with the videos: url, or youtube_video_id.")
    return rows


def listed_in(cells: Mapping[str, str]) -> Listed:
    """What the cells say of a video; raises `InvalidInput`, which says what is wrong."""
    link = parse_link(cells.get("video", ""))
    if link is None or link.kind != "video":
        raise InvalidInput(f"{cells.get('video', '')!r} is not the id of a video")
    genre = None
    if "genre" in cells:
        genre = genre_named(cells["genre"])
        if genre is None:
            raise InvalidInput(f"{cells['genre']!r} is not one of the ten genres")
    year = cells.get("year", "").removesuffix(".0")
    if year and not (year.isdecimal() and len(year) == 4):
        raise InvalidInput(f"{year!r} is not a year")
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
        explicit=_yes_or_no(cells.get("explicit")),
    )


def escape(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `unescape` takes it back."""
    return f"'{text}" if text[:1] in _FORMULA and text else text


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _FORMULA else text


def _header(cells: Sequence[str]) -> dict[int, str]:
    """Column -> its name; empty where this is no header."""
    found: dict[int, str] = {}
    for name, spellings in COLUMNS.items():
        low = [cell.strip().casefold() for cell in cells]
        at = next((low.index(each) for each in spellings if each in low), None)
        if at is not None:
            found[at] = name
    return found if "video" in found.values() else {}


def _csv(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    except OSError as error:
        raise UnreadableMedia(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableMedia(f"{path} is not UTF-8 text.") from error
    except csv.Error as error:
        raise UnreadableMedia(f"{path} cannot be read: {error}") from error


def _xlsx(path: Path) -> Iterator[list[str]]:
    try:
        import openpyxl  # noqa: PLC0415 - only who has such a file needs it
    except ModuleNotFoundError as error:
        raise UnreadableMedia(
            "XLSX files need openpyxl: pip install 'today-feeling[import]'"
        ) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
        book.close()
    except OSError as error:
        raise UnreadableMedia(f"{path} cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, EOFError) as error:
        raise UnreadableMedia(f"{path} is no XLSX file, or damaged.") from error


def _number(cells: Mapping[str, str], name: str, most: float) -> float | None:
    if name not in cells:
        return None
    try:
        value = float(cells[name])
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise InvalidInput(f"{name} is {cells[name]!r}, and not between 0 and {most}")
    return value


def _yes_or_no(text: str | None) -> bool | None:
    if text is None:
        return None
    if text.lower() not in {"yes", "no"}:
        raise InvalidInput(f"explicit is {text!r}, and not yes or no")
    return text.lower() == "yes"
