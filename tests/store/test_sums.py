"""What is kept is what people said last adds up to, however often they changed their minds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from sqlalchemy import select, update
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.world import add_track
from today_feeling.domain.recommend import Choice, Mood, Reason
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.features import SPACE, VERSION
from today_feeling.domain.recommend.hybrid import Floats, evidence, explained
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.store import accounts, plays, sums, taste
from today_feeling.store.database import Database
from today_feeling.store.schema import ChoiceRow, PersonTasteRow, SharedTasteRow, SongTasteRow

LAYOUT = SPACE.layout()
PRIOR, EXPECTED = 0.1, 0.2
WORDS = [Opinion(1.0, 1.0), Opinion(-1.0, 1.0), Opinion(0.4, 0.5), Opinion(-0.1, 0.1), None]

Heard = tuple[int, int, int, Floats]
"""User, recommendation, track, features."""


def heard(session: Session, clock: FakeClock, people: int = 2, each: int = 5) -> list[Heard]:
    """So many songs of so many people, of which nobody has said anything."""
    rng, found = np.random.default_rng(7), list[Heard]()
    tracks = [add_track(session, number) for number in range(3)]
    for _ in range(people):
        user_id = accounts.add_guest(session, clock()).id
        for number in range(each):
            choice = Choice(tracks[number % 3], Reason("random", None, None), probability=0.5)
            mood, x = Mood(None, "random"), rng.normal(size=SPACE.size)
            made = plays.add_recommendation(session, user_id, mood, choice, clock())
            taste.keep(session, user_id, {made.id: Pick(0, 0.5, False, True, PRIOR, x, EXPECTED)})
            found.append((user_id, made.id, choice.track_id, x))
    return found


@pytest.mark.parametrize("seed", range(2))
def test_sums_are_those_of_what_was_said_last(
    database: Database, clock: FakeClock, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311
    said: dict[int, Opinion | None] = {}
    with database.writing() as session:
        songs = heard(session, clock)
        for _ in range(40):
            user_id, made, _, _ = rng.choice(songs)
            said[made] = rng.choice(WORDS)
            taste.learn(session, user_id, made, said[made])

    shared, own = LAYOUT.no_shared(), {user_id: LAYOUT.no_own() for user_id, *_ in songs}
    surprise: dict[int, float] = {}
    opinions: dict[int, float] = {}
    for user_id, made, track_id, x in songs:
        reward, weight = said.get(made) or (0.0, 0.0)
        of_all, of_one = evidence(LAYOUT, x, reward - PRIOR, weight)
        shared, own[user_id] = shared + of_all, own[user_id] + of_one
        surprise[track_id] = surprise.get(track_id, 0.0) + weight * (reward - EXPECTED)
        opinions[track_id] = opinions.get(track_id, 0.0) + weight
    for each in own.values():
        shared = shared - explained(LAYOUT, each)
    with database.reading() as session:
        kept = sums.shared(session.connection())
        np.testing.assert_allclose(kept.a, shared.a, atol=1e-9)
        np.testing.assert_allclose(kept.b, shared.b, atol=1e-9)
        for user_id, of_user in own.items():
            kept_own = sums.own(session.connection(), user_id)
            np.testing.assert_allclose(kept_own.a, of_user.a, atol=1e-9)
            np.testing.assert_allclose(kept_own.b, of_user.b, atol=1e-9)
        for row in session.scalars(select(SongTasteRow)):
            assert row.surprise == pytest.approx(surprise[row.track_id], abs=1e-9)
            assert row.opinions == pytest.approx(opinions[row.track_id], abs=1e-9)


def test_a_mind_that_changes_leaves_the_matrix_where_it_is(
    database: Database, clock: FakeClock
) -> None:
    """It is 95 KB, which everybody waits for who learns."""
    with database.writing() as session:
        user_id, made, _, _ = heard(session, clock, 1, 1)[0]
        taste.learn(session, user_id, made, Opinion(1.0, 1.0))
    asked: list[str] = []
    with database.writing() as session:
        listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))
        taste.learn(session, user_id, made, Opinion(-1.0, 1.0))
    shared = [each for each in asked if "taste_shared" in each]
    assert len(shared) == 2
    assert not [each for each in shared if "taste_shared.a" in each or " a=" in each]


def test_what_has_another_size_is_as_good_as_nothing(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        (user_id, first, *_), (_, second, _, x) = heard(session, clock, 1, 2)
        taste.learn(session, user_id, first, Opinion(1.0, 1.0))
        session.execute(update(SharedTasteRow).values(a=b"12345678", b=b"12345678"))
        assert not sums.shared(session.connection()).a.any()
        taste.reset(session, user_id)
        taste.keep(session, user_id, {second: Pick(0, 0.5, False, True, PRIOR, x, EXPECTED)})
        taste.learn(session, user_id, second, Opinion(1.0, 1.0))
        kept, own = sums.shared(session.connection()), sums.own(session.connection(), user_id)
    of_all, _ = evidence(LAYOUT, x, 1.0 - PRIOR)
    np.testing.assert_allclose(kept.a, (of_all - explained(LAYOUT, own)).a, atol=1e-9)


def test_what_an_older_version_learned_is_left_alone(database: Database, clock: FakeClock) -> None:
    """It may be of the same size, and mean something else."""
    like = Opinion(1.0, 1.0)
    with database.writing() as session:
        (user_id, first, *_), (_, second, *_), (_, third, _, x) = heard(session, clock, 1, 3)
        taste.learn(session, user_id, first, like)
        for row in (SharedTasteRow, PersonTasteRow):
            session.execute(update(row).values(version=VERSION - 1))
        older = ChoiceRow.recommendation_id.in_([first, second])
        session.execute(update(ChoiceRow).where(older).values(version=VERSION - 1))
        was = session.scalar(select(SharedTasteRow.a))
        connection = session.connection()
        assert not sums.shared(connection).a.any()
        assert not sums.own(connection, user_id).a.any()
        taste.learn(session, user_id, first, None)
        taste.learn(session, user_id, second, like)
        assert not sums.shared(connection).a.any()
        taste.learn(session, user_id, third, like)
        kept, own = sums.shared(connection), sums.own(connection, user_id)
        by_version = dict(session.execute(select(SharedTasteRow.version, SharedTasteRow.a)).all())
    of_all, of_one = evidence(LAYOUT, x, 1.0 - PRIOR)
    np.testing.assert_allclose(own.a, of_one.a, atol=1e-9)
    np.testing.assert_allclose(kept.a, (of_all - explained(LAYOUT, of_one)).a, atol=1e-9)
    assert by_version[VERSION - 1] == was
