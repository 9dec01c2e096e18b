"""Our client of music servers beside a real one, which is a program of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from today_feeling.domain.music import Song
from today_feeling.errors import InvalidInput, NotFound
from today_feeling.music.subsonic import Login, SubsonicServer

USER, PASSWORD = "me", "blue moon"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, audio: Path) -> Iterator[str]:
    place = tmp_path_factory.mktemp("supysonic")
    music = place / "music" / "Artist" / "Album"
    music.mkdir(parents=True)
    for name in ("tone.mp3", "tone.m4a", "tone.flac"):
        shutil.copy(audio / name, music)
    arguments = [str(place), str(music), USER, PASSWORD]
    program = [sys.executable, "-m", "tests.music.supysonic_program", *arguments]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


@pytest.fixture(scope="module")
def server(url: str) -> SubsonicServer:
    return SubsonicServer(Login.by_password(url, USER, PASSWORD), tries=1)


@pytest.fixture(scope="module")
def songs(server: SubsonicServer) -> dict[str, Song]:
    return {each.genre: each for each in server.songs() if isinstance(each, Song)}


def test_a_token_lets_in_and_another_one_does_not(url: str, server: SubsonicServer) -> None:
    server.ping()
    with pytest.raises(InvalidInput, match="refuses"):
        SubsonicServer(Login.by_password(url, USER, "red moon"), tries=1).ping()


def test_every_song_comes_with_its_genre_and_tags(songs: dict[str, Song]) -> None:
    assert set(songs) == {"ballad", "jazz", "classic"}
    for song in songs.values():
        assert (song.title, song.artist, song.year) == ("봄날의 노래", "테스트 가수", 2021)


def test_the_sound_is_that_of_the_file_and_parts_of_it_too(
    server: SubsonicServer, songs: dict[str, Song], audio: Path
) -> None:
    address, query = server.stream(songs["ballad"].locator)
    content = (audio / "tone.mp3").read_bytes()
    whole = httpx2.get(address, params=query, timeout=30)
    assert (whole.content, whole.headers["content-type"]) == (content, "audio/mpeg")
    part = httpx2.get(address, params=query, headers={"Range": "bytes=10-19"}, timeout=30)
    assert (part.status_code, part.content) == (206, content[10:20])


def test_what_was_heard_is_taken_and_a_song_that_is_none_is_not(
    server: SubsonicServer, songs: dict[str, Song]
) -> None:
    server.scrobble(songs["jazz"].locator, at_ms=None)
    server.scrobble(songs["jazz"].locator, at_ms=int(time.time() * 1000))
    with pytest.raises(NotFound):
        server.scrobble("00000000-0000-0000-0000-000000000000", at_ms=None)


def test_a_song_without_a_picture_has_none(server: SubsonicServer) -> None:
    assert server.cover("00000000-0000-0000-0000-000000000000") is None
