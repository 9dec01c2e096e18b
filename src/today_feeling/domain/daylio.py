"""Reads the CSV file that the diary app Daylio exports."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from today_feeling.domain.diary import MAX_NOTE, Entry, in_our_time
from today_feeling.domain.emotion import Emotion
from today_feeling.errors import InvalidInput

_NEEDED: Final = ("full_date", "time", "mood")
_READ: Final = (*_NEEDED, "activities", "note_title", "note")
_OURS: Final = UUID("7f1d1c1e-5a0b-4c86-9b6f-0d6a1f0e3c55")
"""Ids of entries are made from it and the row, so that a row that comes again is the same one."""


MOST_PROBLEMS: Final = 1000
"""So many rows are told of: a file of commas alone would hold hundreds of thousands."""


class _Mood(NamedTuple):
    valence: float
    emotion: Emotion
    words: tuple[str, ...]


_MOODS: Final = (
    _Mood(
        1.0, "happiness", ("rad", "amazing", "great", "최고", "최고예요", "최고에요", "아주좋음")
    ),
    _Mood(0.5, "happiness", ("good", "좋음", "좋아", "좋아요")),
    _Mood(0.0, "neutral", ("meh", "okay", "soso", "보통", "보통이에요", "그저그럼", "그저그래요")),
    _Mood(-0.5, "sadness", ("bad", "나쁨", "나빠", "나빠요", "별로", "별로예요")),
    _Mood(
        -1.0, "sadness", ("awful", "terrible", "끔찍", "끔찍함", "끔찍해요", "최악", "최악이에요")
    ),
)
"""The app's five steps, from best to worst; it tells their names in the language of the phone."""

_BY_WORD: Final[Mapping[str, _Mood]] = {word: mood for mood in _MOODS for word in mood.words}
_DATE: Final = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})")
_BEFORE_NOON: Final = re.compile(r"a\.?m\b|오전", re.IGNORECASE)
_AFTER_NOON: Final = re.compile(r"p\.?m\b|오후", re.IGNORECASE)


class Problem(NamedTuple):
    """A row that could not be taken as it is."""

    row: int
    """As a spreadsheet counts: the header is row 1."""
    message: str


class Read(NamedTuple):
    """What a file holds."""

    entries: list[Entry]
    problems: list[Problem]


def read(text: str, timezone: ZoneInfo, now: datetime) -> Read:
    """The entries of the file; its times are those of `timezone`.

    Every row becomes an entry, of which nothing is lost (several, where its note is too long for
    one), or a problem. Raises `InvalidInput` where the header is not Daylio's.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
    except csv.Error:
        missing = list(_NEEDED)
    if missing:
        raise InvalidInput(f"This is no export of Daylio: no column {', '.join(missing)}.")
    found = Read([], [])
    seen: Counter[tuple[str, ...]] = Counter()
    untold = 0

    def tell(problem: Problem) -> None:
        nonlocal untold
        if len(found.problems) < MOST_PROBLEMS:
            found.problems.append(problem)
        else:
            untold += 1

    number = 1
    try:
        for number, row in enumerate(rows, 2):
            if None in row:
                tell(Problem(number, "The row has more columns than the header."))
                continue
            values = tuple((row.get(name) or "").strip() for name in _READ)
            seen[values] += 1
            try:
                found.entries.extend(_entries(values, seen[values], timezone, now))
            except ValueError as error:
                tell(Problem(number, str(error)))
                continue
            mood = values[2]
            if mood and _word(mood) not in _BY_WORD:
                message = f"The mood {mood[:50]!r} is not one of Daylio's own: kept in the note."
                tell(Problem(number, message))
    except csv.Error as error:
        tell(Problem(number + 1, f"Cannot be read from here on: {error}."))
    if untold:
        found.problems.append(Problem(number, f"And {untold} more, up to here."))
    return found


def _entries(
    values: tuple[str, ...], occurrence: int, timezone: ZoneInfo, now: datetime
) -> Iterator[Entry]:
    """The row as entries; raises `ValueError` where it has no time, or nothing is in it."""
    date, time, mood, activities, title, note = values
    at = _instant(date, time, timezone)
    known = _BY_WORD.get(_word(mood))
    tags = " · ".join(part for part in (mood, activities.replace(" | ", ", ")) if part)
    text = "\n".join(part for part in (title, note, f"({tags})" if tags else "") if part)
    if not text:
        raise ValueError("The row is empty.")
    for start in range(0, len(text), MAX_NOTE):
        yield Entry(
            id=uuid5(_OURS, "\0".join((*values, str(occurrence), str(start)))),
            at=at,
            emotion=known.emotion if known and start == 0 else None,
            valence=known.valence if known and start == 0 else None,
            note=text[start : start + MAX_NOTE],
            updated_at=now,
        )


def _instant(date: str, time: str, timezone: ZoneInfo) -> datetime:
    day, clock = _DATE.fullmatch(date), _TIME.search(unicodedata.normalize("NFKC", time))
    if day is None or clock is None:
        raise ValueError(f"There is no time in {date[:20]!r} and {time[:20]!r}.")
    hour, minute = int(clock[1]), int(clock[2])
    if _AFTER_NOON.search(time) and hour < 12:
        hour += 12
    elif _BEFORE_NOON.search(time) and hour == 12:
        hour = 0
    local = datetime(int(day[1]), int(day[2]), int(day[3]), hour, minute, tzinfo=timezone)
    return in_our_time(local)


def _word(mood: str) -> str:
    """The word as `_BY_WORD` knows it."""
    folded = unicodedata.normalize("NFKC", mood).casefold()
    return "".join(sign for sign in folded if sign.isalnum())
