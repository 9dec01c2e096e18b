"""Lists come into the catalogue, and its videos are looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.conftest import FakeClock
from tests.outside import Asked, Outside, Reply, outside
from tests.youtube_outside import serve_music, serve_oembed, song, video_id
from today_feeling.domain.music import FailureCode, Genre, Song
from today_feeling.errors import InvalidInput, NotFound
from today_feeling.services import catalogue, importing, own, verifying
from today_feeling.services.importing import Plan
from today_feeling.services.linked import Internet
from today_feeling.services.verifying import Verified
from today_feeling.store import accounts, tracks
from today_feeling.store.catalogue import Item, Wanted
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow, UserRow
from today_feeling.store.videos import Counts

HEADER = "title,artist,genre,youtube_video_id\n"
PLAYLIST = "https://music.youtube.com/playlist?list=PLaaaaaaaaaa"


class World:
    """A catalogue and an internet."""

    def __init__(self, database: Database, web: Outside, clock: FakeClock) -> None:
        self.database = database
        self.web = web
        self.clock = clock
        self.internet = Internet(web.url, web.url, web.sleep)

    def plan(self, *lists: str, genre: Genre | None = None) -> Plan:
        with importing.opened(self.database, lists, genre=genre, internet=self.internet) as (
            sources,
            completer,
        ):
            return importing.plan(sources, completer)

    def bring(self, *lists: str) -> tuple[Plan, Counts]:
        with importing.opened(self.database, lists, internet=self.internet) as (sources, completer):
            return importing.write_at_once(self.database, sources, completer, self.clock())

    def verify(self, limit: int | None = None) -> Verified:
        return verifying.verify(
            self.database,
            now=self.clock(),
            older_than=timedelta(days=30),
            internet=self.internet,
            per_second=1e9,
            limit=limit,
        )

    def items(self, **wanted: str) -> dict[str, Item]:
        found = catalogue.find(self.database, Wanted(**wanted))  # type: ignore[arg-type]
        return {item.track.youtube_video_id or "": item for item in found}


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


def test_dead_videos_are_found_and_come_back(world: World, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    names = ("Fine", "Gone", "Refused", "Other")
    rows = [f"{name},,jazz,{video_id(n)}\n" for n, name in enumerate(names)]
    path.write_text(HEADER + "".join(rows))
    world.bring(str(path))
    titles: dict[str, str | int] = {
        video_id(0): "A - Fine",
        video_id(2): 401,
        video_id(3): "Cook - Soup",
    }
    serve_oembed(world.web, titles)
    done = world.verify()
    assert (done.fine, done.revived, done.left) == (1, 0, 0)
    assert {each.track.title: each.verdict for each in done.doubts} == {
        "Gone": "gone",
        "Refused": "refused",
        "Other": "mismatch",
    }
    assert set(world.items()) == {video_id(0), video_id(3)}
    assert set(world.items(check="mismatch")) == {video_id(3)}
    world.bring(str(path))
    assert set(world.items(state="dead")) == {video_id(1), video_id(2)}, "no list revives a video"
    world.clock.advance(days=31)
    titles[video_id(2)] = "A - Refused"
    assert world.verify().revived == 1
    assert set(world.items()) == {video_id(0), video_id(2), video_id(3)}


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


def test_verifying_goes_on_where_it_stopped(world: World, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "".join(f"S{n},,jazz,{video_id(n)}\n" for n in range(50)))
    world.bring(str(path))
    serve_oembed(world.web, {video_id(n): f"A - S{n}" for n in range(50)})
    answer = world.web.routes["/oembed"]
    world.web.routes["/oembed"] = lambda asked: (
        Reply(b"", 503) if len(world.web.asked) > 30 else answer(asked)
    )
    done = world.verify()
    assert (done.fine, done.left, done.interrupted is not None) == (30, 20, True)
    world.web.routes["/oembed"] = answer
    done = world.verify()
    assert (done.fine, done.left) == (20, 0)
    assert world.verify().fine == 0


def test_what_failed_for_somebody_is_looked_at_first(world: World, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "".join(f"S{n},,jazz,{video_id(n)}\n" for n in range(3)))
    world.bring(str(path))
    failed = world.items()[video_id(2)].track.id
    code: FailureCode = "100"
    with world.database.writing() as session:
        user = accounts.add_guest(session, world.clock())
        tracks.add_failure(session, user.id, failed, code, world.clock())
    serve_oembed(world.web, {})
    assert [each.track.id for each in world.verify(limit=1).doubts] == [failed]


def test_users_own_songs_are_looked_at_and_not_named(world: World) -> None:
    with world.database.writing() as session:
        user = accounts.add_guest(session, world.clock())
    own.add(world.database, user.id, [Song(video_id(1), "Secret", "Me", "jazz")], world.clock())
    serve_oembed(world.web, {})
    named: list[str] = []
    done = verifying.verify(
        world.database,
        now=world.clock(),
        older_than=timedelta(days=30),
        internet=world.internet,
        on_video=lambda number, total, title: named.append(title),
    )
    assert (done.doubts, done.own_doubts, named) == ([], 1, [""])
    with world.database.reading() as session:
        assert session.scalars(select(TrackRow.availability)).all() == ["dead"]


def test_a_song_that_goes_while_youtube_is_asked_stops_nothing(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + f"S1,,jazz,{video_id(1)}\n")
    world.bring(str(path))
    with world.database.writing() as session:
        user = accounts.add_guest(session, world.clock())
    own.add(world.database, user.id, [Song(video_id(2), "Mine", None, "jazz")], world.clock())
    serve_oembed(world.web, {})
    answer = world.web.routes["/oembed"]

    def leave(asked: Asked) -> Reply:
        with world.database.writing() as session:
            session.execute(delete(UserRow))
        catalogue.remove(world.database, [world.items()[video_id(1)].track.id])
        world.web.routes["/oembed"] = answer
        return answer(asked)

    world.web.routes["/oembed"] = leave
    assert world.verify().left == 0
    assert world.items(state="dead") == {}
