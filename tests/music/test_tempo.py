"""Where a tempo is told: tags of files, music servers, lists."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.outside import Outside
from tests.radio_outside import PASSWORD, child, serve_subsonic
from today_feeling.domain.music import Song
from today_feeling.music.library import LibraryFolder
from today_feeling.music.sheet import Sheet
from today_feeling.music.source import MusicSource
from today_feeling.music.subsonic import Login, SubsonicServer
from today_feeling.music.tempo import tempo_told


def tempos(source: MusicSource) -> list[float | None]:
    return [item.tempo for item in source.songs() if isinstance(item, Song)]


@pytest.mark.parametrize(
    ("told", "tempo"),
    [
        *(("96", 96.0), (96, 96.0), (95.99999999999999, 95.99999999999999), ("128,5", 128.5)),
        *((" 174 BPM ", 174.0), ("400", 400.0), (0.5, 0.5)),
        *((0, None), ("-120", None), (401, None), ("12800", None), ("Allegro", None)),
        *(("", None), (None, None), (True, None), ("nan", None), ("1e2", None), ("120-140", None)),
    ],
)
def test_a_tempo_is_a_number_up_to_400(told: object, tempo: float | None) -> None:
    assert tempo_told(told) == tempo


def test_the_first_that_is_one_counts() -> None:
    assert tempo_told("0", "127.8", "90") == 127.8
    assert tempo_told() is None


def test_a_tag_that_is_no_tempo_tells_none(tmp_path: Path, audio: Path) -> None:
    tagged = (audio / "tone.mp3").read_bytes()
    at = tagged.index(b"TBPM") + 11
    assert tagged[at : at + 2] == b"96"
    for number, text in enumerate((b"00", b"-9", b"no", b"72")):
        (tmp_path / f"{number}.mp3").write_bytes(tagged[:at] + text + tagged[at + 2 :])
    assert tempos(LibraryFolder(tmp_path)) == [None, None, None, 72]


def test_a_music_server_tells_it(internet: Outside) -> None:
    told = (128, 0, None, "fast", 999)
    songs = [child(number, bpm=bpm) for number, bpm in enumerate(told)]
    serve_subsonic(internet, {"Jazz": [*songs, child(9)]})
    login = Login.by_password(internet.url, "me", PASSWORD)
    assert tempos(SubsonicServer(login)) == [128, None, None, None, None, None]


ROWS = (("72", "a"), ("0", "b"), ("-9", "c"), ("500", "d"), ("Largo", "e"), ("", "f"), (96.5, "g"))


@pytest.mark.parametrize("header", ["tempo", "BPM", "템포"])
def test_a_list_may_tell_it_and_a_song_of_another_is_no_worse(tmp_path: Path, header: str) -> None:
    told = [72, None, None, None, None, None, 96.5]
    lines = [f"One,{letter * 11},jazz,{tempo}" for tempo, letter in ROWS]
    (tmp_path / "list.csv").write_text("\n".join([f"title,url,genre,{header}", *lines]))
    assert tempos(Sheet(tmp_path / "list.csv")) == told
    book = openpyxl.Workbook()
    book.worksheets[0].append(("title", "url", "genre", header))
    for tempo, letter in ROWS:
        book.worksheets[0].append(("One", letter * 11, "jazz", tempo))
    book.save(tmp_path / "list.xlsx")
    assert tempos(Sheet(tmp_path / "list.xlsx")) == told
