"""What a list would bring to one user: read as `catalogue import` does, and told as it comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from today_feeling.domain.music import Song
from today_feeling.errors import FieldProblem, InvalidFields, UnreadableMedia
from today_feeling.music.apart import read_apart
from today_feeling.music.links import parse_link
from today_feeling.music.sheet import Row, Sheet, is_header, rows_below_header
from today_feeling.music.source import Found, Skipped, Unchanged
from today_feeling.music.tables import File, Limits, is_workbook, read_table
from today_feeling.services import importing, own
from today_feeling.services.importing import Plan
from today_feeling.services.linked import Internet, ListOfSongs, of_links
from today_feeling.store import own as store
from today_feeling.store.database import Database

MOST_ROWS: Final = 5000
"""Of a list, as many as YouTube lets a playlist hold."""

MOST_LISTS: Final = 20
"""Playlists, albums and moods that are read at a time, those of a mood included; each may take many
pages."""

_LIMITS: Final = Limits(
    unpacked_bytes=10_000_000, pictures=False, rows=4 * MOST_ROWS, letters=5_000_000
)
"""Of a file. Its rows may be empty, or notes; each takes time and room to look at."""

_SHOWN_S: Final = 1.0
"""A shorter wait is told to nobody; a longer one so often."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A song that the list would bring."""

    song: Song
    suggested: bool
    """Whether the list does not name its genre."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a playlist is asked for."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """YouTube wants to be asked later."""

    seconds: float


Told = Brought | Unchanged | Skipped | Page | Waiting
Hear = Callable[[Told], None]


@dataclass(frozen=True, slots=True)
class Lists:
    """What somebody sent: a table, or links."""

    name: str
    rows: Sequence[Row] | None
    """Of the table; None where there are links."""
    links: Sequence[str] = ()

    @property
    def total(self) -> int | None:
        """How many items there will be; None where a playlist among them will tell."""
        if self.rows is not None:
            return len(self.rows)
        kinds = [link.kind for link in map(parse_link, self.links) if link]
        return len(self.links) if all(kind == "video" for kind in kinds) else None


def lists_in(file: File) -> Lists:
    """The rows below a header with a column of videos, else every line is a link.

    Raises `InvalidFields`, with a code, where the file cannot be read or holds too much.
    """
    try:
        rows_read = (
            read_apart(file, _LIMITS) if is_workbook(file) else read_table(file, is_header, _LIMITS)
        )
        table = [
            (number, row)
            for number, row in enumerate(rows_read, start=1)
            if any(cell.strip() for cell in row)
        ]
    except UnreadableMedia as error:
        raise _refused(error.code, str(error)) from error
    rows = rows_below_header(table)
    links = [",".join(filter(None, row)).strip() for _, row in table] if rows is None else []
    links = [link for link in links if not link.startswith("#")]
    if len(rows or links) > MOST_ROWS:
        raise _refused("too_many", f"There are more than {MOST_ROWS} rows.")
    return Lists(file.name, rows, links)


def look(database: Database, user_id: int, lists: Lists, *, internet: Internet, hear: Hear) -> Plan:
    """Read the lists for the user, telling `hear` of everything as it comes; nothing is kept.

    What `hear` raises ends it.
    """
    calls = replace(internet, sleep=_told(internet, hear), on_page=lambda: hear(Page()))
    with database.reading() as session:
        there = store.video_ids(session, user_id)
    with importing.completing(database, calls, own=there) as completer:
        sources: Sequence[ListOfSongs]
        if lists.rows is not None:
            sources = [Sheet(Path(lists.name), completer, lists.rows)]
        else:
            sources = list(of_links(lists.links, completer, calls, most_lists=MOST_LISTS))

        def tell(_: int, item: Found) -> None:
            if isinstance(item, Song):
                hear(Brought(item, item.locator in completer.why))
            else:
                hear(item)

        return importing.plan(sources, completer, on_item=tell, most=own.MOST)


def _told(internet: Internet, hear: Hear) -> Callable[[float], None]:
    """A sleep that says how long it still is, and can be ended meanwhile."""

    def sleep(seconds: float) -> None:
        for slept in count():
            left = seconds - slept * _SHOWN_S
            if left <= 0:
                return
            if seconds >= _SHOWN_S:
                hear(Waiting(left))
            internet.sleep(min(left, _SHOWN_S))

    return sleep


def _refused(code: str, message: str) -> InvalidFields:
    return InvalidFields([FieldProblem("list", code, message)])
