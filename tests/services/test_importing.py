"""Lists come into the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import FakeClock
from tests.outside import Reply, outside
from tests.services.listed import HEADER, PLAYLIST, World
from tests.youtube_outside import serve_music, serve_oembed, song, video_id
from today_feeling.errors import InvalidInput, NotFound
from today_feeling.services import catalogue
from today_feeling.store.database import Database


@pytest.fixture
def world(database: Database, clock: FakeClock) -> Iterator[World]:
    with outside() as web:
        yield World(database, web, clock)


def test_a_plan_writes_nothing_and_says_why_a_genre_is_suggested(
    world: World, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text(f"{HEADER}One,IU,ballad,{video_id(1)}\n")
    world.bring(str(tmp_path / "mine.csv"))
    serve_music(
        world.web,
        {"PLaaaaaaaaaa": ("Rock", [song(1, "One"), song(2, "Two", "IU"), song(3, "Three")])},
    )
    made = world.plan(PLAYLIST)
    assert [(each.locator, each.genre) for each in made.songs] == [
        (video_id(2), "ballad"),
        (video_id(3), "rock"),
    ]
    assert made.why[video_id(2)] == "other songs of the artist"
    assert made.why[video_id(3)] == "the name of the list"
    assert made.there == 1
    assert len(world.items()) == 1
    assert {each.genre for each in world.plan(PLAYLIST, genre="jazz").songs} == {"jazz"}


def test_what_was_written_stays_where_youtube_stops_answering(world: World) -> None:
    serve_oembed(world.web, {video_id(n): f"A - Song {n}" for n in range(120)})
    answer = world.web.routes["/oembed"]
    world.web.routes["/oembed"] = lambda asked: (
        Reply(b"", 429) if len(world.web.asked) > 70 else answer(asked)
    )
    links = [video_id(n) for n in range(120)]
    made, counts = world.bring(*links)
    assert (counts.added, made.interrupted is not None) == (70, True)
    world.web.routes["/oembed"] = answer
    world.web.asked.clear()
    made, counts = world.bring(*links)
    assert (counts.added, made.there, made.interrupted) == (50, 70, None)
    assert len(world.web.asked) == 50


def test_a_song_in_two_lists_comes_once(world: World, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"{HEADER}One,IU,ballad,{video_id(1)}\n")
    _, counts = world.bring(str(tmp_path / "a.csv"), str(tmp_path / "b.csv"))
    assert counts == (1, 0, 0, 0)


def test_a_file_of_links_has_notes(world: World, tmp_path: Path) -> None:
    serve_oembed(world.web, {video_id(1): "IU - One", video_id(2): 401})
    (tmp_path / "links.txt").write_text(
        f"# mine\n\nhttps://youtu.be/{video_id(1)}\n{video_id(2)}\nhttps://youtu.be/{video_id(3)}\n"
    )
    made = world.plan(str(tmp_path / "links.txt"))
    assert [each.title for each in made.songs] == ["One"]
    assert [each.why for each in made.skipped] == [
        "the owner does not allow it on other pages",
        "the video was removed or is private",
    ]


def test_what_is_neither_file_nor_link_is_named(world: World) -> None:
    with pytest.raises(InvalidInput, match=r"https://example\.com/x"):
        world.plan("https://example.com/x")


def test_an_edit_outlives_an_update_of_the_program(world: World, tmp_path: Path) -> None:
    path = tmp_path / "starter.csv"
    path.write_text(
        f"{HEADER}One,A,jazz,{video_id(1)}\nTwo,A,jazz,{video_id(2)}\nThree,A,jazz,{video_id(3)}\n"
    )

    def update() -> None:
        catalogue.load_starter_songs(world.database, now=world.clock(), path=path)

    update()
    catalogue.edit(world.database, video_id(1), {"genre": "pop", "title": "  One \n more "})
    assert catalogue.remove(world.database, [world.items()[video_id(2)].track.id]) == 1
    update()
    items = world.items()
    assert set(items) == {video_id(1), video_id(3)}
    assert items[video_id(1)].track.title == "One more"
    assert items[video_id(1)].track.genre == "pop"
    with pytest.raises(InvalidInput):
        catalogue.edit(world.database, video_id(1), {"title": " "})
    with pytest.raises(NotFound, match="nothing"):
        catalogue.edit(world.database, "nothing", {"genre": "pop"})


def test_songs_are_found_by_what_is_asked(world: World, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEADER}100% Love,IU,pop,{video_id(1)}\nLove,A,jazz,{video_id(2)}\n")
    world.bring(str(path))
    assert set(world.items(genre="jazz")) == {video_id(2)}
    assert set(world.items(text="iu")) == {video_id(1)}
    assert set(world.items(text="0%")) == {video_id(1)}
    assert set(world.items(source="library")) == set()


def test_an_album_brings_its_artist_and_its_year(world: World) -> None:
    serve_music(
        world.web,
        {},
        albums={
            "MPREb_abcdefg": ("Palette", "아이유", [song(1, "팔레트", None), song(2, "Jam", None)])
        },
    )
    serve_oembed(world.web, {})
    plan = world.plan("https://music.youtube.com/browse/MPREb_abcdefg", genre="idol")
    assert plan.skipped == []
    assert [(each.title, each.artist, each.year, each.genre) for each in plan.songs] == [
        ("팔레트", "아이유", 2017, "idol"),
        ("Jam", "아이유", 2017, "idol"),
    ]
    assert [each.duration_s for each in plan.songs] == [212, 212]
