from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from today_feeling.domain.music import GENRES, FailureCode, Song
from today_feeling.errors import UnreadableMedia
from today_feeling.music.sheet import Sheet
from today_feeling.music.source import Skipped
from today_feeling.music.youtube import PLAYER_ERRORS, STARTER_SONGS, is_video_id

HEADER = "title,artist,genre,year,language,youtube_video_id,valence,energy,explicit\n"


@pytest.mark.parametrize("text", ["rYEDA3JcQqw", "-_-_-_-_-_-", "00000000000"])
def test_a_video_id_is_eleven_of_its_letters(text: str) -> None:
    assert is_video_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "rYEDA3JcQqw1",
        "rYEDA3JcQq ",
        "rYEDA3JcQq\n",
        "rYEDA3JcQq/",
        "가나다라마바사아자차카",
    ],
)
def test_anything_else_is_no_video_id(text: str) -> None:
    assert not is_video_id(text)


def test_every_failure_of_the_player_has_a_meaning() -> None:
    assert set(PLAYER_ERRORS) == set(get_args(FailureCode)) - {"unreadable"}


def test_the_starter_songs_are_all_usable_and_fill_every_genre() -> None:
    items = list(Sheet(STARTER_SONGS).songs())
    songs = [item for item in items if isinstance(item, Song)]
    assert len(songs) == len(items) == 330
    counts = Counter(song.genre for song in songs)
    assert set(counts) == set(GENRES)
    assert min(counts.values()) > 20  # so that even one ticked genre can go without repeats


def test_a_row_becomes_a_song(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + '"Hello, you",Adele,pop,2015,en,YQHsXMglC9A,0.25,0.5\n', "utf-8-sig")
    assert list(Sheet(path).songs()) == [
        Song("YQHsXMglC9A", "Hello, you", "Adele", "pop", 2015, "en", None, 0.25, 0.5)
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("T,A,pop,2015,en,bad,,", "id of a video"),
        (",A,pop,2015,en,YQHsXMglC9A,,", "title"),
        ("T,A,polka,2015,en,YQHsXMglC9A,,", "genres"),
        ("T,A,pop,soon,en,YQHsXMglC9A,,", "year"),
        ("T,A,pop,2015,en,YQHsXMglC9A,2,", "valence"),
        ("T,A,pop,2015,en,YQHsXMglC9A,,nan", "energy"),
        ("T,A,pop,2015,en,YQHsXMglC9A,,,maybe", "explicit"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(tmp_path: Path, row: str, why: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + row + "\n")
    (item,) = Sheet(path).songs()
    assert isinstance(item, Skipped)
    assert why in item.why
    assert "row 2" in item.locator


@pytest.mark.parametrize(("word", "explicit"), [("yes", True), ("No", False), ("", None)])
def test_a_list_may_say_which_songs_are_explicit(
    tmp_path: Path, word: str, explicit: bool | None
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + f"T,A,pop,2015,en,YQHsXMglC9A,,,{word}\n")
    (item,) = Sheet(path).songs()
    assert isinstance(item, Song)
    assert item.explicit is explicit


def test_a_video_listed_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEADER + "T,A,pop,2015,en,YQHsXMglC9A,,\n" * 2)
    assert [type(item) for item in Sheet(path).songs()] == [Song, Skipped]


@pytest.mark.parametrize("content", [b"name,id\nx,y\n", b"\xff\xfe\x00bad", None])
def test_a_file_that_is_no_such_list_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableMedia):
        list(Sheet(path).songs())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\x00bad", "list.csv is not UTF-8 text."),
        (None, "{folder}/list.csv cannot be read: No such file or directory"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_words(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableMedia) as caught:
        list(Sheet(path).songs())
    assert str(caught.value) == why.format(folder=tmp_path)


def test_an_empty_list_has_no_songs(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(HEADER)
    assert list(Sheet(tmp_path / "list.csv").songs()) == []
