"""Lists of YouTube songs in files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.outside import Outside
from tests.youtube_outside import serve_oembed
from today_feeling.domain.music import Song
from today_feeling.errors import UnreadableMedia
from today_feeling.music.completing import Completer
from today_feeling.music.oembed import OEmbed
from today_feeling.music.sheet import Sheet, escape, unescape
from today_feeling.music.source import Found, Skipped

ID = "aB3dE6gH9jK"


def songs(items: Iterator[Found]) -> list[Song]:
    return [item for item in items if isinstance(item, Song)]


def test_the_old_spreadsheet_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    title = 'A "quoted", title ' + "x" * 2000
    for row in (("URL", "Title", "Genre"), (f"https://youtu.be/{ID}", title, 4.0)):
        book.worksheets[0].append(row)
    book.save(tmp_path / "songs.xlsx")
    (one,) = songs(Sheet(tmp_path / "songs.xlsx").songs())
    assert (one.locator, one.genre) == (ID, "trot")
    assert one.title == title[:500]


@pytest.mark.parametrize(
    "text",
    [
        f"Video ID,Playlist Video Creation Timestamp\n{ID},2024-01-01T00:00:00+00:00\n",
        f"Playlist ID,Channel ID\nPL1,UC1\n\nVideo ID,Time Added\n{ID},2021-01-01 00:00:00 UTC\n",
        f"Song URL,Song Title,Album Title,Artist Names\nhttps://music.youtube.com/watch?v={ID},"
        "One,Album,Adele\n",
        f"Video ID,Song Title,Album Title,Artist Name 1\n{ID},One,Album,Adele\n",
    ],
    ids=["playlist", "older playlist", "older library", "library"],
)
def test_what_google_takeout_gives_is_read(tmp_path: Path, internet: Outside, text: str) -> None:
    serve_oembed(internet, {ID: "Adele - One"})
    (tmp_path / "Jazz.csv").write_text(text, "utf-8-sig")
    with OEmbed(internet.url) as oembed:
        (one,) = songs(Sheet(tmp_path / "Jazz.csv", Completer(oembed=oembed)).songs())
    assert (one.title, one.artist, one.genre) == ("One", "Adele", "jazz")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_list_is_read_as_spreadsheets_save_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "list.csv").write_text(f"주소,제목,장르\n{ID},봄날,발라드\n", encoding)
    (one,) = songs(Sheet(tmp_path / "list.csv").songs())
    assert (one.title, one.genre) == ("봄날", "ballad")


@pytest.mark.parametrize(
    ("mark", "encoding"), [("\t", "utf-16"), ("\t", "utf-8"), (";", "utf-8-sig"), (";", "cp949")]
)
def test_cells_are_parted_as_spreadsheets_part_them(
    tmp_path: Path, mark: str, encoding: str
) -> None:
    rows = [("제목", "주소", "장르"), ('"봄, ""날"""', ID, "발라드"), ("끝", "A" * 11, "재즈")]
    text = "".join(f"{mark.join(row)}\r\n" for row in rows)
    (tmp_path / "list.csv").write_bytes(text.encode(encoding))
    found = songs(Sheet(tmp_path / "list.csv").songs())
    assert [(one.title, one.genre) for one in found] == [('봄, "날"', "ballad"), ("끝", "jazz")]


def test_a_wrong_genre_is_named_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"url,title,genre\n{ID},One,polka\n")
    (item,) = Sheet(tmp_path / "list.csv", Completer(genre="jazz")).songs()
    assert isinstance(item, Skipped)
    assert ("row 2" in item.locator, "'polka'" in item.why) == (True, True)


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 nonsense \xff\n")
    with pytest.raises(UnreadableMedia):
        list(Sheet(tmp_path / name).songs())


@pytest.mark.parametrize("text", ["=1+1", "-Minus", "'Cause", "''Til", "plain", "", "@home"])
def test_no_text_is_a_formula_and_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text
    assert escape(text)[:1] not in {"=", "-", "+", "@"}
