"""Playlists and moods of YouTube Music."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.outside import Outside, Reply
from tests.youtube_outside import serve_music, song, video_id
from today_feeling.domain.music import Song
from today_feeling.errors import SourceUnavailable, UnreadableMedia
from today_feeling.music.completing import Completer
from today_feeling.music.links import Link
from today_feeling.music.patience import LONGEST_WAIT_S, retry_after_s
from today_feeling.music.source import Found, Skipped
from today_feeling.music.ytmusic import YouTubeMusic


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
    assert [item.genre for item in found if isinstance(item, Song)] == ["jazz", "rock"]


@pytest.mark.parametrize(
    "found", [{"title": "Rain"}, {"tracks": [{"videoId": video_id(1), "artists": [{}]}]}]
)
def test_a_playlist_that_is_told_otherwise_is_one_line(
    internet: Outside, monkeypatch: pytest.MonkeyPatch, found: object
) -> None:
    monkeypatch.setattr("ytmusicapi.YTMusic.get_playlist", lambda *_: found)
    (skipped,) = playlist(internet, Link("playlist", "PLaaaaaaaaaa"))
    assert isinstance(skipped, Skipped)
    monkeypatch.setattr("ytmusicapi.YTMusic.get_mood_playlists", lambda *_: [{"title": "Calm"}])
    with pytest.raises(UnreadableMedia, match="ytmusicapi"):
        playlist(internet, Link("mood", "ggMP"))


@pytest.mark.parametrize("answer", [{}, {"contents": {"elsewhere": []}}])
def test_an_answer_of_another_shape_is_one_line(internet: Outside, answer: object) -> None:
    internet.routes["/"] = lambda _: Reply(answer)
    with pytest.raises(UnreadableMedia, match="ytmusicapi"):
        playlist(internet, Link("playlist", "PLaaaaaaaaaa"))


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
