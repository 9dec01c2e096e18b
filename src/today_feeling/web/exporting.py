"""Files that are sent while they are written: a JSON document, a zip of CSV tables."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import to_json

from today_feeling.domain.music import Track
from today_feeling.music.sheet import escape
from today_feeling.web.schemas.diary import EntryOut, ObservationOut
from today_feeling.web.schemas.transfer import PlayRecord

Pieces = Iterator[bytes]

_ROWS: Final = 500
"""In one piece."""

_COLUMNS: Final[Mapping[str, type[BaseModel]]] = {
    "observations": ObservationOut,
    "plays": PlayRecord,
    "entries": EntryOut,
}

_OF_SONGS: Final = ("title", "artist", "genre", "year", "language", "valence", "energy", "tempo")


def document(head: Mapping[str, object], lists: Mapping[str, Iterable[BaseModel]]) -> Pieces:
    """A JSON object: the members of `head`, then each list, one record on a line."""
    yield to_json(head).removesuffix(b"}")
    for name, records in lists.items():
        yield f',\n"{name}": ['.encode()
        separator = b"\n"
        for rows in _batches(records):
            yield separator + b",\n".join(row.model_dump_json().encode() for row in rows)
            separator = b",\n"
        yield b"\n]"
    yield b"\n}\n"


def tables(records: Mapping[str, Iterable[BaseModel]]) -> Pieces:
    """A zip with a CSV table for each name of `_COLUMNS`."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in records.items():
            columns = _columns(_COLUMNS[name])
            with archive.open(f"{name}.csv", "w") as file:
                file.write("\ufeff".encode() + _lines([columns]))
                for batch in _batches(rows):
                    file.write(_lines([_cells(columns, row) for row in batch]))
                    yield sink.taken()
    yield sink.taken()


def songs(tracks: Iterable[Track]) -> bytes:
    """A CSV table of YouTube songs, as `music.sheet` reads it."""
    rows = [
        [f"https://youtu.be/{each.youtube_video_id}", *(_text(each, name) for name in _OF_SONGS)]
        for each in tracks
    ]
    return "\ufeff".encode() + _lines([["url", *_OF_SONGS], *rows])


def _text(track: Track, name: str) -> str:
    value = getattr(track, name)
    return "" if value is None else escape(str(value))


class _Sink(io.RawIOBase):
    """Takes what a zip writes, which then cannot go back in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        held, self._held = bytes(self._held), bytearray()
        return held


def _batches(records: Iterable[BaseModel]) -> Iterator[list[BaseModel]]:
    found = iter(records)
    while batch := list(islice(found, _ROWS)):
        yield batch


def _columns(model: type[BaseModel], prefix: str = "") -> list[str]:
    """The fields of the model; those of a song are columns of their own: `track.title`."""
    names: list[str] = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            names += _columns(inner, f"{prefix}{name}.")
        else:
            names.append(f"{prefix}{name}")
    return names


def _cells(columns: list[str], row: BaseModel) -> list[str]:
    dumped = row.model_dump(mode="json")
    return [_cell(dumped, column.split(".")) for column in columns]


def _cell(value: Any, path: list[str]) -> str:
    for name in path:
        value = value[name]
    if value is None:
        return ""
    if isinstance(value, str):
        # A spreadsheet would run what looks like a formula, and titles come from elsewhere.
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return json.dumps(value)


def _lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
