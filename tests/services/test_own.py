"""How many songs of their own users may have."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import FakeClock
from tests.services.test_listening import Listener
from tests.services.test_locks import until_waiting
from tests.store.world import video
from today_feeling.errors import Conflict
from today_feeling.services import own
from today_feeling.store import database as database_module
from today_feeling.store import rollups
from today_feeling.store.database import Database


def test_songs_that_were_taken_out_leave_room(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "MOST", 2)
    listener = Listener(database, clock)

    def add(*numbers: int) -> None:
        own.add(database, listener.id, [video(number) for number in numbers], clock())

    add(1)
    heard = listener.asks()
    listener.plays(heard)
    add(2)
    with pytest.raises(Conflict):
        add(3)
    for track in own.listed(database, listener.id):
        own.remove(database, listener.id, track.id)
    assert own.listed(database, listener.id) == []
    add(3, 4)
    own.remove(database, listener.id, own.listed(database, listener.id)[0].id)
    add(1)  # which the diary names still
    assert {track.title for track in own.listed(database, listener.id)} == {"Song 1", "Song 3"}
    assert heard.track.id in {track.id for track in own.listed(database, listener.id)}


def test_two_diaries_that_come_in_at_once_bring_no_more_than_one_may(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "MOST", 3)
    monkeypatch.setattr(database_module, "LOCK_WAIT_MS", 60_000)
    user_id = Listener(database, clock).id

    def take_in(first: int) -> int:
        with database.writing() as session:
            return own.take_in(session, user_id, [video(first), video(first + 1)], clock())

    with ThreadPoolExecutor() as pool:
        with database.writing() as session:
            rollups.lock(session, user_id)
            coming = [pool.submit(take_in, first) for first in (1, 3)]
            until_waiting(session, 2)
        assert sum(each.result() for each in coming) == 3
