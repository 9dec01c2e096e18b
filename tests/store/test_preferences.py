from __future__ import annotations

import pytest

from tests.conftest import FakeClock
from today_feeling.domain.music import Preferences, SourceId
from today_feeling.domain.options import Options
from today_feeling.store import accounts, preferences
from today_feeling.store.database import Database
from today_feeling.store.schema import PreferencesRow


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


def test_what_another_version_knew_is_passed_over(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        preferences.put(session, user.id, Preferences.default())
        row = session.get_one(PreferencesRow, user.id)
        row.sources = ["tapes", "youtube"]
        row.genres = {"sadness": ["jazz", "polka"], "boredom": ["pop"]}
    with database.writing() as session:
        found = preferences.get(session, user.id)
        assert found.sources == ("youtube",)
        assert found.genres == {**Preferences.default().genres, "sadness": frozenset({"jazz"})}
        session.get_one(PreferencesRow, user.id).sources = ["tapes"]
    with database.reading() as session:
        assert preferences.get(session, user.id).sources == Preferences.default().sources


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("library", "youtube"), ("library", "subsonic", "youtube")),
        (("youtube", "library", "radio"), ("youtube", "library", "subsonic", "radio")),
        (("youtube",), ("subsonic", "youtube")),
        (("youtube", "subsonic"), ("youtube", "subsonic")),
    ],
)
def test_a_new_source_stands_behind_what_is_nearer(
    database: Database, clock: FakeClock, before: tuple[SourceId, ...], after: tuple[SourceId, ...]
) -> None:
    with database.writing() as session:
        user = accounts.add_guest(session, clock())
        preferences.put(session, user.id, Preferences(Preferences.default().genres, before))
        preferences.offer(session, "subsonic")
    with database.reading() as session:
        assert preferences.get(session, user.id).sources == after
