from __future__ import annotations

from datetime import timedelta

from tests.conftest import FakeClock
from tests.store.world import add_track, observation
from today_feeling.domain.music import Preferences
from today_feeling.domain.recommend import Choice, Mood, Reason
from today_feeling.store import accounts, observations, plays, preferences, tracks
from today_feeling.store.database import Database
from today_feeling.store.schema import Base, PasswordResetRow, SessionRow, TrackRow, UserRow

DAY = timedelta(days=1)


def test_a_session_is_found_by_the_hash_of_its_token(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        accounts.add_session(session, user.id, b"a" * 32, clock(), clock() + DAY)
    with database.reading() as session:
        live = accounts.find_session(session, b"a" * 32, clock())
        assert live is not None
        assert live.user == user
        assert live.user.guest
        assert accounts.find_session(session, b"b" * 32, clock()) is None


def test_a_session_ends(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        accounts.add_session(session, user.id, b"a" * 32, clock(), clock() + DAY)
    with database.writing() as session:
        assert accounts.find_session(session, b"a" * 32, clock() + DAY) is None
        accounts.drop_expired_sessions(session, clock() + DAY)
        assert session.query(SessionRow).count() == 0


def test_use_lets_a_session_live_on(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        accounts.add_session(session, user.id, b"a" * 32, clock(), clock() + DAY)
        live = accounts.find_session(session, b"a" * 32, clock())
        assert live is not None
        later = clock.advance(hours=20)
        accounts.touch_session(session, live.id, later, later + DAY)
    with database.reading() as session:
        found = accounts.find_session(session, b"a" * 32, clock.advance(hours=20))
        assert found is not None
        assert found.last_used_at == later


def test_guests_without_a_session_are_forgotten_with_their_data(
    database: Database, clock: FakeClock
) -> None:
    with database.writing() as session:
        track_id = add_track(session)
        kept, lost = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        accounts.add_session(session, kept.id, b"a" * 32, clock(), clock() + DAY)
        member = UserRow(guest=False, created_at=clock())
        session.add(member)
        for user in (kept, lost):
            preferences.put(session, user.id, Preferences.default())
            observations.add(session, user.id, [observation(1, clock())])
            choice = Choice(track_id, Reason("random", None, None), 1.0)
            made = plays.add_recommendation(session, user.id, Mood(None, "random"), choice, clock())
            plays.start(session, user.id, made.id, clock())
            tracks.add_failure(session, user.id, track_id, "100", clock())
            token = bytes([user.id] * 32)
            session.add(
                PasswordResetRow(user_id=user.id, token_sha256=token, expires_at=clock() + DAY)
            )
    with database.writing() as session:
        accounts.drop_lost_guests(session)
    with database.reading() as session:
        assert {row.id for row in session.query(UserRow)} == {kept.id, member.id}
        for mapper in Base.registry.mappers:
            if "user_id" in mapper.columns:
                owners = [row.user_id for row in session.query(mapper.class_)]
                assert owners == [kept.id], mapper.class_.__name__
        assert session.query(TrackRow).count() == 1
