"""Tables in files, CSV and XLSX, as rows of text. Whoever made the file may mean ill."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from today_feeling.errors import UnreadableMedia

MOST_COLUMNS: Final = 64
"""What is to the right of them is not read: a row of a single cell may say that it is wide."""

_LONGEST_CELL: Final = 2000
"""Letters; nothing that is read is longer. Many cells may share one text, so what a file unpacks to
says little of how long they are together."""

IsHeader = Callable[[Sequence[str]], bool]
"""Whether a row says what is below it."""

_MARKS: Final = (",", "\t", ";")
_ZIP: Final = b"PK\x03\x04"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class File(NamedTuple):
    """A file, wherever it comes from."""

    name: str
    """With its ending; only ever shown."""
    content: bytes


class Limits(NamedTuple):
    """What is taken of a table."""

    unpacked_bytes: int = 200_000_000
    """Of all parts of a workbook together; a few KB may unpack to GB."""
    pictures: bool = True
    """Whether a workbook with pictures in it is read, which ignores them."""
    rows: int = 1_048_576
    """Also empty ones: a workbook may leave rows out, and name one that is far below."""
    letters: int = 200_000_000
    """In all cells that are read."""


def file_at(path: Path) -> File:
    """Raises `UnreadableMedia`."""
    try:
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise UnreadableMedia(f"{path} cannot be read: {error.strerror}") from error


def is_workbook(file: File) -> bool:
    """Whether its first bytes say so, whatever its name does; it may still be damaged."""
    return file.content.startswith(_ZIP)


def read_table(
    file: File, is_header: IsHeader, limits: Limits | None = None
) -> Iterator[list[str]]:
    """The file's rows from its first one on, also those that are empty; a workbook's first sheet.

    Cells of text are parted by commas, or by what gives it a header: tabs where it was copied out
    of a spreadsheet, semicolons where commas are for decimals.

    Raises `UnreadableMedia` where it is neither text nor a workbook, or beyond the `limits`, which
    is after the rows that are within.
    """
    limits = limits or Limits()
    rows = _workbook(file, limits) if is_workbook(file) else _lines(file, is_header, limits)
    letters = 0
    for number, row in enumerate(rows, start=1):
        if number > limits.rows:
            raise UnreadableMedia(f"{file.name} has more than {limits.rows} rows.", "too_many")
        letters += sum(map(len, row))
        if letters > limits.letters:
            raise UnreadableMedia(f"{file.name} says far too much.", "too_big")
        yield row


def _lines(file: File, is_header: IsHeader, limits: Limits) -> Iterator[list[str]]:
    text = _text(file)

    def fits(mark: str) -> bool:
        return any(map(is_header, islice(_parted(text, mark), limits.rows)))

    mark = next(filter(fits, _MARKS), ",")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error as error:
        raise UnreadableMedia(f"{file.name} cannot be read: {error}") from error


def _parted(text: str, mark: str) -> Iterator[list[str]]:
    """The rows up to one that cannot be read."""
    with suppress(csv.Error):
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _text(file: File) -> str:
    """In UTF-8, or as spreadsheets in Korea save it."""
    encoding = "utf-16" if file.content.startswith(_UTF_16) else "utf-8-sig"
    for each in (encoding, "cp949"):
        try:
            text = file.content.decode(each)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableMedia(f"{file.name} is not UTF-8 text.", "not_text")


def _workbook(file: File, limits: Limits) -> Iterator[list[str]]:
    try:
        import openpyxl  # noqa: PLC0415 - only who has such a file needs it
    except ModuleNotFoundError as error:
        raise UnreadableMedia(
            "XLSX files need openpyxl: pip install 'today-feeling[import]'", "not_here"
        ) from error
    try:
        _look_inside(file, limits)
        book = openpyxl.load_workbook(io.BytesIO(file.content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size is only its word
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for row in rows:
            yield ["" if cell is None else str(cell)[:_LONGEST_CELL] for cell in row]
        book.close()
    except UnreadableMedia:
        raise
    # openpyxl lets out whatever its parsers meet.
    except Exception as error:
        raise UnreadableMedia(f"{file.name} is no XLSX file, or damaged.", "damaged") from error


def _look_inside(file: File, limits: Limits) -> None:
    """Before anything is unpacked; nothing unpacks to more than it says here."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
        listed = parts.infolist()
    if sum(part.file_size for part in listed) > limits.unpacked_bytes:
        raise UnreadableMedia(f"{file.name} unpacks to far too much.", "too_big")
    if not limits.pictures and any("/media/" in part.filename for part in listed):
        raise UnreadableMedia(f"{file.name} has pictures in it.", "pictures")
