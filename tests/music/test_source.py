"""What every source promises (`MusicSource`), asked of each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from tests.outside import Outside, Reply, outside
from tests.radio_outside import PASSWORD, child, serve_radio, serve_subsonic, station
from tests.youtube_outside import serve_music, serve_oembed, song, video_id
from today_feeling.domain.music import GENRES, SOURCES, Song
from today_feeling.errors import SourceUnavailable, UnreadableMedia
from today_feeling.music.completing import Completer
from today_feeling.music.library import LibraryFolder
from today_feeling.music.links import Link
from today_feeling.music.oembed import OEmbed
from today_feeling.music.plain_links import Links
from today_feeling.music.radio import RadioDirectory
from today_feeling.music.sheet import Sheet
from today_feeling.music.source import MusicSource, Skipped, Unchanged
from today_feeling.music.subsonic import Login, SubsonicServer
from today_feeling.music.ytmusic import YouTubeMusic


class Place(NamedTuple):
    """Where the sources of a test are."""

    folder: Path
    audio: Path
    internet: Outside
    oembed: OEmbed


Make = Callable[[Place], MusicSource]
"""A source of at least two songs, and of one thing that cannot be used before the last of them."""


def _library(place: Place) -> MusicSource:
    shutil.copytree(place.audio, place.folder / "music")
    (place.folder / "music" / "a broken one.mp3").write_bytes(b"no sound at all")
    return LibraryFolder(place.folder / "music")


def _sheet(place: Place) -> MusicSource:
    (place.folder / "list.csv").write_text(
        "title,artist,genre,youtube_video_id\nbroken,,jazz,short\nOne,A,jazz,aaaaaaaaaaa\n"
        "Two,,pop,bbbbbbbbbbb\n"
    )
    return Sheet(place.folder / "list.csv")


def _spreadsheet(place: Place) -> MusicSource:
    book = openpyxl.Workbook()
    for row in (
        ("url", "title", "genre"),
        ("https://youtu.be/aaaaaaaaaaa", "One", 2),
        ("https://youtu.be/bbbbbbbbbbb", "Polka", "polka"),
        ("https://youtu.be/ccccccccccc", "Two", "트로트"),
    ):
        book.worksheets[0].append(row)
    book.save(place.folder / "list.xlsx")
    return Sheet(place.folder / "list.xlsx")


def _links(place: Place) -> MusicSource:
    serve_oembed(place.internet, {video_id(1): "A - One", video_id(2): 401, video_id(3): "B - Two"})
    links = [video_id(number) for number in (1, 2, 3)]
    return Links(links, Completer(oembed=place.oembed))


def _playlist(place: Place) -> MusicSource:
    songs = [song(1, "One"), song(2, "Gone", available=False), song(3, "Two")]
    serve_music(place.internet, {"PLaaaaaaaaaa": ("Jazz", songs)})
    link, internet = Link("playlist", "PLaaaaaaaaaa"), place.internet
    return YouTubeMusic(link, Completer(), base=internet.url, sleep=internet.sleep)


def _radio(place: Place) -> MusicSource:
    stations = [station(1), station(2, codec="WMA"), station(3)]
    serve_radio(place.internet, {"jazz": stations, "rock": [station(1)]})
    return RadioDirectory(place.internet.url, sleep=place.internet.sleep)


def _subsonic(place: Place) -> MusicSource:
    serve_subsonic(
        place.internet, {"Jazz": [child(1), child(2, isVideo=True)], "Pop": [child(1), child(3)]}
    )
    login = Login.by_password(place.internet.url, "me", PASSWORD)
    return SubsonicServer(login, sleep=place.internet.sleep)


@pytest.fixture
def place(tmp_path: Path, audio: Path) -> Iterator[Place]:
    with outside() as internet, OEmbed(internet.url, sleep=internet.sleep) as oembed:
        yield Place(tmp_path, audio, internet, oembed)


@pytest.fixture(
    params=[_library, _sheet, _spreadsheet, _links, _playlist, _radio, _subsonic],
    ids=lambda make: make.__name__.strip("_"),
)
def source(request: pytest.FixtureRequest, place: Place) -> MusicSource:
    make: Make = request.param
    return make(place)


def test_it_tells_its_songs_once_in_the_same_order(source: MusicSource) -> None:
    first, second = list(source.songs()), list(source.songs())
    assert first == second
    locators = [item.locator for item in first]
    assert len(set(locators)) == len(locators)


def test_its_songs_are_complete(source: MusicSource) -> None:
    assert source.id in SOURCES
    songs = [item for item in source.songs() if isinstance(item, Song)]
    assert len(songs) >= 2
    for each in songs:
        assert each.title
        assert each.genre in GENRES


def test_it_names_what_it_cannot_read_and_goes_on(source: MusicSource) -> None:
    items = list(source.songs())
    skipped = [item for item in items if isinstance(item, Skipped)]
    assert len(skipped) == 1
    assert skipped[0].why
    assert isinstance(items[-1], Song)


def test_what_is_known_comes_unchanged_or_whole(source: MusicSource) -> None:
    songs = [item for item in source.songs() if isinstance(item, Song)]
    known = {each.locator: each.fingerprint for each in songs if each.fingerprint is not None}
    again = [item for item in source.songs(known) if not isinstance(item, Skipped)]
    assert [item.locator for item in again] == [each.locator for each in songs]
    for item in again:
        assert isinstance(item, Unchanged) == (item.locator in known)


def test_it_says_when_it_is_not_there_at_all(source: MusicSource, place: Place) -> None:
    for path in place.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    place.internet.troubles = [Reply(b"", 503)] * 20
    with pytest.raises((UnreadableMedia, SourceUnavailable)):
        next(iter(source.songs()), None)
