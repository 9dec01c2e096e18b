"""A list is looked at before anything is kept."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.outside import Outside, Reply
from tests.web.songs.lists import look, skipped_in, song, songs_in, titles
from tests.youtube_outside import serve_music, serve_oembed, video_id
from tests.youtube_outside import song as song_item
from today_feeling.services.bringing import MOST_LISTS


def test_links_are_looked_at_before_anything_is_kept(guest: TestClient, internet: Outside) -> None:
    serve_oembed(internet, {video_id(1): "Nobody - Night jazz", video_id(3): 401})
    links = [f"https://youtu.be/{video_id(1)}", video_id(3), "https://example.com/", video_id(1)]
    lines = look(guest, pasted="# mine\n\n" + "\n".join(links))
    assert lines[0] == {"kind": "total", "total": 4}
    assert lines[1]["song"]["title"] == "Night jazz"
    assert (lines[1]["song"]["genre"], lines[1]["suggested"]) == ("jazz", True)
    assert skipped_in(lines) == [
        ("refused", 2, video_id(3)),
        ("no_video", 3, "https://example.com/"),
        ("twice", 4, video_id(1)),
    ]
    assert lines[-1] == {"kind": "end", "interrupted": False, "full": False}
    assert titles(guest) == []


def test_a_long_playlist_comes_page_by_page(guest: TestClient, internet: Outside) -> None:
    items = [song_item(number, f"Song {number}") for number in range(250)]
    items[7] = song_item(7, "Grey", available=False)
    serve_music(internet, {"PLaaaaaaaaaa": ("Rock", items)})
    guest.post("/api/songs", json={"songs": [song(5)]})
    link = "https://music.youtube.com/playlist?list=PLaaaaaaaaaa"
    lines = look(guest, pasted=f"{link}\n{video_id(9)}")
    assert lines[0]["total"] is None
    assert sum(line["kind"] == "page" for line in lines) >= 3
    assert len(songs_in(lines)) == 248
    assert sum(line["kind"] == "there" for line in lines) == 1
    assert skipped_in(lines)[0] == ("unavailable", 8, "Grey")
    assert {each["genre"] for each in songs_in(lines)} == {"rock"}


def test_a_mood_is_looked_at_and_a_list_that_is_gone_is_named(
    guest: TestClient, internet: Outside
) -> None:
    playlists = {"PLaaaaaaaaaa": ("Calm jazz", [song_item(1, "One")])}
    serve_music(internet, playlists, {"ggMP": ["PLaaaaaaaaaa"]})
    mood = "https://music.youtube.com/moods_and_genres_category?params=ggMP"
    gone = "https://music.youtube.com/playlist?list=PLbbbbbbbbbb"
    lines = look(guest, pasted=f"{gone}\n{mood}")
    assert [each["title"] for each in songs_in(lines)] == ["One"]
    assert [code for code, *_ in skipped_in(lines)] == ["list"]


def test_a_link_is_followed_once_and_so_many_lists_are_read(
    guest: TestClient, internet: Outside
) -> None:
    names = [f"PL{number:010d}" for number in range(MOST_LISTS + 1)]
    serve_music(internet, {name: ("Rock", [song_item(1, "One")]) for name in names})
    serve_oembed(internet, {video_id(2): "A - Two"})
    links = [f"https://music.youtube.com/playlist?list={name}" for name in names]
    lines = look(guest, pasted="\n".join([video_id(2), links[0], video_id(2), *links]))
    assert [each["title"] for each in songs_in(lines)] == ["Two", "One"]
    skipped = skipped_in(lines)
    assert skipped[:2] == [("twice", 3, video_id(2)), ("twice", 4, links[0])]
    assert skipped[-1] == ("too_many_lists", len(names) + 3, links[-1])
    assert sum(asked.path == "/oembed" for asked in internet.asked) == 1
    asked_for = [asked.json["browseId"] for asked in internet.asked if b"browseId" in asked.body]
    assert asked_for == [f"VL{name}" for name in names[:-1]]


def test_the_playlists_of_a_mood_count_as_lists(guest: TestClient, internet: Outside) -> None:
    names = [f"PL{number:010d}" for number in range(2 * MOST_LISTS)]
    playlists = {name: (name, [song_item(n, "One")]) for n, name in enumerate(names)}
    serve_music(internet, playlists, {"ggMP": names})
    mood = "https://music.youtube.com/moods_and_genres_category?params=ggMP"
    more = "https://music.youtube.com/playlist?list=PLbbbbbbbbbb"
    lines = look(guest, pasted=f"{mood}\n{more}")
    left_out = [about for code, _, about in skipped_in(lines) if code == "too_many_lists"]
    assert len(songs_in(lines)) == MOST_LISTS - 1, "the mood itself is one"
    assert left_out == [*names[MOST_LISTS - 1 :], more]
    assert len(internet.asked) < 2 * MOST_LISTS


def test_what_is_kept_is_not_asked_for_again(guest: TestClient, internet: Outside) -> None:
    serve_oembed(internet, {video_id(n): f"A - Song {n}" for n in range(4)})
    answer = internet.routes["/oembed"]
    internet.routes["/oembed"] = lambda asked: (
        Reply(b"", 404) if len(internet.asked) > 2 else answer(asked)
    )
    text = "\n".join(video_id(n) for n in range(4))
    found = songs_in(look(guest, pasted=text))
    assert len(found) == 2
    guest.post("/api/songs", json={"songs": found})
    internet.routes["/oembed"] = answer
    internet.asked.clear()
    lines = look(guest, pasted=text)
    assert [line["kind"] for line in lines] == ["total", "there", "there", "song", "song", "end"]
    assert len(internet.asked) == 2


def test_what_was_told_stays_where_youtube_stops_answering(
    guest: TestClient, internet: Outside
) -> None:
    serve_oembed(internet, {video_id(1): "A - One"})
    answer = internet.routes["/oembed"]
    internet.routes["/oembed"] = lambda asked: (
        Reply(b"nonsense") if len(internet.asked) > 1 else answer(asked)
    )
    lines = look(guest, pasted=f"{video_id(1)}\n{video_id(2)}")
    assert [each["title"] for each in songs_in(lines)] == ["One"]
    assert lines[-1]["interrupted"]


def test_a_wait_is_told(guest: TestClient, internet: Outside) -> None:
    serve_oembed(internet, {video_id(1): "A - One"})
    internet.troubles = [Reply(b"", 429, {"Retry-After": "2"})]
    lines = look(guest, pasted=video_id(1))
    waits = [line["seconds"] for line in lines if line["kind"] == "waiting"]
    assert waits == [2, 1]
    assert len(songs_in(lines)) == 1
