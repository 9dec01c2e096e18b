from __future__ import annotations

from datetime import timedelta

from tests.conftest import FakeClock
from tests.store.world import observation
from today_feeling.store import accounts, observations
from today_feeling.store.database import Database


def test_observations_come_back_as_they_were_in_order(database: Database, clock: FakeClock) -> None:
    late = observation(1, clock() + timedelta(seconds=10), emotion="unsure", probabilities=None)
    early = observation(2, clock(), unsure_share=0.125)
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        observations.add(session, user.id, [late, early])
    with database.reading() as session:
        found = observations.between(session, user.id, clock(), clock() + timedelta(seconds=11))
    assert found == [early, late]


def test_an_observation_sent_again_counts_once(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        observations.add(session, user.id, [observation(1, clock())])
        again = observation(1, clock(), emotion="anger")
        observations.add(session, user.id, [again, observation(2, clock())])
        found = observations.between(session, user.id, clock(), clock() + timedelta(days=1))
    assert [each.emotion for each in found] == ["happiness", "happiness"]


def test_two_users_may_choose_the_same_id(database: Database, clock: FakeClock) -> None:
    end = clock() + timedelta(days=1)
    with database.writing() as session:
        one, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        observations.add(session, one.id, [observation(1, clock(), emotion="anger")])
        observations.add(session, other.id, [observation(1, clock(), emotion="fear")])
        assert [each.emotion for each in observations.between(session, one.id, clock(), end)] == [
            "anger"
        ]
        assert [each.emotion for each in observations.between(session, other.id, clock(), end)] == [
            "fear"
        ]


def test_a_span_is_half_open(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        at_end = clock() + timedelta(hours=1)
        observations.add(session, user.id, [observation(1, clock()), observation(2, at_end)])
        found = observations.between(session, user.id, clock(), at_end)
    assert [each.id.int for each in found] == [1]


def test_adding_nothing_is_nothing(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        observations.add(session, accounts.add_guest(session, clock()).id, [])
