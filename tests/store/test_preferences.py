from __future__ import annotations

from tests.conftest import FakeClock
from today_feeling.domain.music import Preferences
from today_feeling.domain.options import Options
from today_feeling.store import accounts, preferences
from today_feeling.store.database import Database


def test_each_user_has_preferences_of_their_own(database: Database, clock: FakeClock) -> None:
    wanted = Preferences(
        genres={**Preferences.default().genres, "anger": frozenset({"rock", "jazz"})},
        sources=("youtube",),
    )
    with database.writing() as session:
        one, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        preferences.put(session, one.id, wanted)
    with database.reading() as session:
        assert preferences.get(session, one.id) == wanted
        assert preferences.get(session, other.id) == Preferences.default()


def test_putting_replaces_everything(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        first = {**Preferences.default().genres, "fear": frozenset({"classic"})}
        preferences.put(session, user.id, Preferences(first, ("youtube",)))  # type: ignore[arg-type]
    with database.writing() as session:
        preferences.put(session, user.id, Preferences.default())
    with database.reading() as session:
        assert preferences.get(session, user.id) == Preferences.default()


def test_preferences_and_options_are_put_apart_and_leave_each_other_alone(
    database: Database, clock: FakeClock
) -> None:
    music = Preferences(Preferences.default().genres, ("youtube",), True, ("ko", "instrumental"))
    options = Options(30, "dark", "ko", "Asia/Seoul")
    with database.writing() as session:
        one, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        assert preferences.get_options(session, one.id) == Options()
        preferences.put_options(session, one.id, options)
        preferences.put(session, one.id, music)
        preferences.put(session, other.id, music)
        preferences.put_options(session, other.id, options)
    with database.reading() as session:
        for user in (one, other):
            assert preferences.get(session, user.id) == music
            assert preferences.get_options(session, user.id) == options
