"""What every source promises (`MusicSource`), asked of each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from today_feeling.domain.music import GENRES, SOURCES, Song
from today_feeling.errors import UnreadableMedia
from today_feeling.music.library import LibraryFolder
from today_feeling.music.source import MusicSource, Skipped, Unchanged
from today_feeling.music.youtube import SongList

Make = Callable[[Path, Path], MusicSource]


def _library(tmp_path: Path, audio: Path) -> MusicSource:
    shutil.copytree(audio, tmp_path / "music")
    (tmp_path / "music" / "a broken one.mp3").write_bytes(b"no sound at all")
    return LibraryFolder(tmp_path / "music")


def _youtube(tmp_path: Path, audio: Path) -> MusicSource:
    del audio
    (tmp_path / "list.csv").write_text(
        "title,artist,genre,youtube_video_id\nbroken,,jazz,short\nOne,A,jazz,aaaaaaaaaaa\n"
        "Two,,pop,bbbbbbbbbbb\n"
    )
    return SongList(tmp_path / "list.csv")


@pytest.fixture(params=[_library, _youtube], ids=["library", "youtube"])
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


def test_it_tells_its_songs_once_in_the_same_order(make: Make, tmp_path: Path, audio: Path) -> None:
    source = make(tmp_path, audio)
    first, second = list(source.songs()), list(source.songs())
    assert first == second
    locators = [item.locator for item in first]
    assert len(set(locators)) == len(locators)


def test_its_songs_are_complete(make: Make, tmp_path: Path, audio: Path) -> None:
    source = make(tmp_path, audio)
    assert source.id in SOURCES
    songs = [item for item in source.songs() if isinstance(item, Song)]
    assert len(songs) >= 2
    for song in songs:
        assert song.title
        assert song.genre in GENRES


def test_it_names_what_it_cannot_read_and_goes_on(make: Make, tmp_path: Path, audio: Path) -> None:
    items = list(make(tmp_path, audio).songs())
    skipped = [item for item in items if isinstance(item, Skipped)]
    assert len(skipped) == 1
    assert skipped[0].why
    assert isinstance(items[-1], Song)


def test_what_is_known_comes_unchanged_or_whole(make: Make, tmp_path: Path, audio: Path) -> None:
    source = make(tmp_path, audio)
    songs = [item for item in source.songs() if isinstance(item, Song)]
    known = {song.locator: song.fingerprint for song in songs if song.fingerprint is not None}
    again = [item for item in source.songs(known) if not isinstance(item, Skipped)]
    assert [item.locator for item in again] == [song.locator for song in songs]
    for item in again:
        assert isinstance(item, Unchanged) == (item.locator in known)


def test_it_says_when_it_is_not_there_at_all(make: Make, tmp_path: Path, audio: Path) -> None:
    source = make(tmp_path, audio)
    for path in tmp_path.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(UnreadableMedia):
        next(source.songs(), None)
