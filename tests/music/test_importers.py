"""Lists of YouTube songs: links, sheets and YouTube Music."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.outside import Outside, Reply, outside
from tests.youtube_outside import serve_music, serve_oembed, song, video_id
from today_feeling.domain.music import Song
from today_feeling.errors import SourceUnavailable, UnreadableMedia
from today_feeling.music.completing import Completer, Listed
from today_feeling.music.links import Link, parse_link
from today_feeling.music.oembed import OEmbed, Told, check
from today_feeling.music.patience import LONGEST_WAIT_S, retry_after_s
from today_feeling.music.sheet import Sheet, escape, unescape
from today_feeling.music.source import Found, Place, Skipped, Unchanged
from today_feeling.music.suggest import Suggester, genre_named
from today_feeling.music.ytmusic import YouTubeMusic

ID = "aB3dE6gH9jK"


@pytest.fixture
def internet() -> Iterator[Outside]:
    with outside() as world:
        yield world


def songs(items: Iterator[Found]) -> list[Song]:
    return [item for item in items if isinstance(item, Song)]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (ID, Link("video", ID)),
        (f"https://www.youtube.com/watch?v={ID}", Link("video", ID)),
        (f"https://music.youtube.com/watch?v={ID}&list=PLxxxxxxxxxx", Link("video", ID)),
        (f"youtu.be/{ID}?t=3", Link("video", ID)),
        (f"https://m.youtube.com/shorts/{ID}", Link("video", ID)),
        (f"https://www.youtube.com/embed/{ID}", Link("video", ID)),
        ("https://music.youtube.com/playlist?list=PLabcdefghij", Link("playlist", "PLabcdefghij")),
        (
            "https://music.youtube.com/playlist?list=OLAK5uy_abcdefg",
            Link("playlist", "OLAK5uy_abcdefg"),
        ),
        ("https://music.youtube.com/browse/VLPLabcdefghij", Link("playlist", "PLabcdefghij")),
        ("https://music.youtube.com/browse/MPREb_abcdefg", Link("album", "MPREb_abcdefg")),
        (
            "https://music.youtube.com/moods_and_genres_category?params=ggMPOg1uX1ZwN0pHT2NBT1Fk",
            Link("mood", "ggMPOg1uX1ZwN0pHT2NBT1Fk"),
        ),
    ],
)
def test_a_link_is_understood(text: str, link: Link) -> None:
    assert parse_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "https://evil.example/watch?v=" + ID,
        "https://www.youtube.com.evil.example/watch?v=" + ID,
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/",
        "https://music.youtube.com/playlist?list=",
        "ftp://www.youtube.com/watch?v=" + ID,
        "https://[broken/watch?v=" + ID,
    ],
)
def test_anything_else_is_no_link(text: str) -> None:
    assert parse_link(text) is None


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("1", "classic"),
        ("10", "extra"),
        ("2.0", "jazz"),
        ("발라드", "ballad"),
        ("K-Pop", "idol"),
        ("기타", "extra"),
        ("polka", None),
        ("0", None),
        ("11", None),
    ],
)
def test_a_list_names_genres_by_word_or_number(text: str, genre: str | None) -> None:
    assert genre_named(text) == genre


def test_a_genre_is_suggested_by_artist_then_list_then_title() -> None:
    suggester = Suggester([("IU", "ballad"), ("IU", "ballad"), ("IU", "pop"), (None, "rock")])
    assert suggester.suggest("Jazz", "iu", listed_in="Rock")[0] == "ballad"
    assert suggester.suggest("Jazz", "Nobody, IU")[0] == "ballad"
    assert suggester.suggest("Jazz", "Nobody", listed_in="Rock hits")[0] == "rock"
    assert suggester.suggest("Night Jazz", None) == ("jazz", "the title")
    assert suggester.suggest("Night", None) == ("extra", "nothing is known")


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


def test_what_is_there_is_not_asked_for_again(internet: Outside) -> None:
    with OEmbed(internet.url) as oembed:
        completer = Completer(oembed=oembed, there={ID})
        assert completer.complete(Listed(ID), set(), place=Place("x")) == Unchanged(ID)
        assert not internet.asked
        changed = completer.complete(Listed(ID, "T", genre="jazz"), set(), place=Place("x"))
        assert isinstance(changed, Song)


def playlist(internet: Outside, link: Link) -> list[Found]:
    source = YouTubeMusic(link, Completer(), base=internet.url, sleep=internet.sleep)
    return list(source.songs())


def test_a_long_playlist_is_read_page_by_page(internet: Outside) -> None:
    items = [song(number, f"Song {number}") for number in range(250)]
    serve_music(internet, {"PLaaaaaaaaaa": ("Rain", items)})
    found = playlist(internet, Link("playlist", "PLaaaaaaaaaa"))
    assert [item.locator for item in found] == [video_id(number) for number in range(250)]
    assert found[0] == Song(video_id(0), "Song 0", "Somebody", "extra", duration_s=212)


def test_youtube_music_is_waited_for(internet: Outside) -> None:
    serve_music(internet, {"PLaaaaaaaaaa": ("Rain", [song(1, "One")])})
    internet.troubles = [
        Reply({"error": {}}, 429, {"Retry-After": "7"}),
        Reply({"error": {}}, 429, {"Retry-After": "86400"}),
        Reply({"error": {}}, 503),
    ]
    assert len(playlist(internet, Link("playlist", "PLaaaaaaaaaa"))) == 1
    assert internet.slept[:2] == [7, LONGEST_WAIT_S]
    assert 2 < internet.slept[2] < 6
    assert len(internet.slept) == 3


def test_nobody_is_waited_for_without_end(internet: Outside) -> None:
    internet.troubles = [Reply({"error": {}}, 500)] * 100
    with pytest.raises(SourceUnavailable, match="500"):
        playlist(internet, Link("playlist", "PLaaaaaaaaaa"))
    assert len(internet.asked) == 5


def test_a_mood_is_all_of_its_playlists_and_one_that_is_gone_stops_none(internet: Outside) -> None:
    serve_music(
        internet,
        {
            "PLaaaaaaaaaa": ("Calm jazz", [song(1, "One")]),
            "PLbbbbbbbbbb": ("Gone", []),
            "PLcccccccccc": ("Rock", [song(2, "Two")]),
        },
        {"ggMP": ["PLaaaaaaaaaa", "PLbbbbbbbbbb", "PLcccccccccc"]},
    )
    answer = internet.routes["/youtubei/v1/browse"]
    internet.routes["/youtubei/v1/browse"] = lambda asked: (
        Reply({"error": {"message": "Not found."}}, 404)
        if b"VLPLb" in asked.body
        else answer(asked)
    )
    found = playlist(internet, Link("mood", "ggMP"))
    assert [type(item) for item in found] == [Song, Skipped, Song]
    assert [item.genre for item in songs(iter(found))] == ["jazz", "rock"]


@pytest.mark.parametrize("answer", [{}, {"contents": {"elsewhere": []}}])
def test_an_answer_of_another_shape_is_one_line(internet: Outside, answer: object) -> None:
    internet.routes["/"] = lambda _: Reply(answer)
    with pytest.raises(UnreadableMedia, match="ytmusicapi"):
        playlist(internet, Link("playlist", "PLaaaaaaaaaa"))


@pytest.mark.parametrize(
    ("status", "verdict"), [(401, "refused"), (403, "refused"), (404, "gone"), (400, "gone")]
)
def test_youtube_says_why_a_video_cannot_be_played(
    internet: Outside, status: int, verdict: str
) -> None:
    serve_oembed(internet, {ID: status})
    with OEmbed(internet.url) as oembed:
        assert oembed.ask(ID) == Told(verdict)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b"<html>", {}, {"title": 3}, []])
def test_an_answer_that_is_none_is_an_error(internet: Outside, body: object) -> None:
    internet.routes["/oembed"] = lambda _: Reply(body)
    with OEmbed(internet.url) as oembed, pytest.raises(SourceUnavailable):
        oembed.ask(ID)


@pytest.mark.parametrize(
    ("title", "artist", "there", "verdict"),
    [
        ("Hello", "Adele", Told("ok", "Adele - Hello (Official Music Video)", "AdeleVEVO"), "ok"),
        (
            "봄날",
            "BTS",
            Told("ok", "BTS (방탄소년단) '봄날 (Spring Day)' Official MV", "HYBE"),
            "ok",
        ),
        ("사랑", None, Told("ok", "사랑해요", "누구"), "ok"),
        ("Déjà Vu", "X", Told("ok", "DEJA VU", "Y"), "ok"),
        ("Hello", "Adele", Told("ok", "Official Music Video", "Cooking"), "mismatch"),
        ("Hello", "Adele", Told("gone"), "gone"),
    ],
)
def test_a_title_may_be_decorated_but_not_another_one(
    title: str, artist: str | None, there: Told, verdict: str
) -> None:
    assert check(there, title, artist) == verdict


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3),
        ("Mon, 23 Nov 2026 04:00:30 GMT", 30),
        ("Mon, 23 Nov 2026 03:00:00 GMT", 0),
        ("soon", None),
        (None, None),
    ],
)
def test_how_long_to_wait(text: str | None, seconds: float | None) -> None:
    assert retry_after_s(text, datetime(2026, 11, 23, 4, 0, tzinfo=UTC)) == seconds
