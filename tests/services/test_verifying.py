"""Videos of the catalogue are looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.conftest import FakeClock
from tests.outside import Asked, Reply, outside
from tests.services.listed import HEADER, World
from tests.youtube_outside import serve_oembed, video_id
from today_feeling.domain.music import FailureCode, Song
from today_feeling.services import catalogue, own, verifying
from today_feeling.store import accounts, tracks
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow, UserRow


@pytest.fixture
def world(database: Database, clock: FakeClock) -> Iterator[World]:
    with outside() as web:
        yield World(database, web, clock)


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
