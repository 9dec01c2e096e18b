from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import FakeClock
from tests.store.test_plays import MOOD, begun
from tests.store.world import START, add_track
from today_feeling.domain.recommend import Choice, Reason
from today_feeling.store import accounts, deletions, listened, plays
from today_feeling.store.database import Database


def test_all_plays_that_sounded_are_told_in_order_with_whose_they_are(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listened, "AT_ONCE", 1)
    reason = Reason("any_genre", None, "sadness")
    with database.writing() as session:
        people = [accounts.add_guest(session, clock()).id for _ in range(3)]
        begins = {}
        for number, at_random in enumerate((True, False, None, False)):
            user_id = people[number % 2]
            choice = Choice(add_track(session, number), reason, 0.5, at_random=at_random)
            made = plays.add_recommendation(session, user_id, MOOD, choice, START)
            play = begun(session, user_id, made.id, START - timedelta(minutes=number))
            begins[number] = (user_id, play.id, at_random)
        failed, deleted = begins[3], begins[1]
        heard = plays.get(session, failed[0], failed[1])
        assert heard is not None
        plays.change(session, failed[0], heard, outcome="failed", seconds=0, liked=None)
        deletions.one(session, deleted[0], "plays", deleted[1], START)
        plays.add_recommendation(session, people[2], MOOD, choice, START)
    with database.reading() as session:
        found = [(who, play.id, random) for who, play, random in listened.everything(session)]
        assert found == [begins[2], begins[0]]
