"""Never this song, nothing by this artist, not now; and each of them taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import numpy as np
import pytest
from sqlalchemy import update

from tests.conftest import FakeClock
from tests.services.test_taste import Person
from tests.store.world import START, video
from today_feeling.domain.bans import REST, BanKind
from today_feeling.domain.recommend import Recommendation
from today_feeling.errors import InvalidInput, NotFound, NothingToPlay
from today_feeling.services import bans, learning, listening, own
from today_feeling.store import bans as store
from today_feeling.store import merge, tracks, videos
from today_feeling.store.database import Database
from today_feeling.store.schema import TrackRow


@pytest.fixture
def person(database: Database, clock: FakeClock) -> Person:
    songs = [replace(video(number), artist=f"Artist {number % 3}") for number in range(6)]
    with database.writing() as session:
        videos.put_songs(session, "import", [*songs, replace(video(6), artist=None)], START)
    return Person(database, clock)


def ban(person: Person, made: Recommendation, kind: BanKind) -> int:
    return bans.add(person.database, person.id, kind, made.id, person.clock()).id


def heard(person: Person, times: int = 20) -> set[int]:
    return {person.asks().track.id for _ in range(times)}


def by_artist(person: Person, artist: str | None) -> Recommendation:
    return next(made for made in iter(person.asks, None) if made.track.artist == artist)


def test_a_banned_song_never_comes_and_all_others_do(person: Person) -> None:
    made = person.asks()
    ban_id = ban(person, made, "song")
    assert heard(person) == set(range(1, 8)) - {made.track.id}
    bans.remove(person.database, person.id, ban_id)
    assert made.track.id in heard(person)


def test_nothing_by_a_banned_artist_comes(person: Person) -> None:
    made = by_artist(person, "Artist 1")
    ban_id = ban(person, made, "artist")
    assert {person.asks().track.artist for _ in range(20)} == {"Artist 0", "Artist 2", None}
    bans.remove(person.database, person.id, ban_id)
    assert "Artist 1" in {person.asks().track.artist for _ in range(20)}


def test_a_song_that_rests_comes_again_after_a_week(person: Person) -> None:
    made = person.asks()
    ban(person, made, "rest")
    assert made.track.id not in heard(person)
    (told,) = bans.of_user(person.database, person.id, person.clock())
    assert (told.kind, told.until) == ("rest", told.banned_at + REST)
    person.clock.now += timedelta(days=7)
    assert bans.of_user(person.database, person.id, person.clock()) == []
    assert made.track.id in heard(person)


def test_the_last_word_counts(person: Person) -> None:
    made = person.asks()
    assert ban(person, made, "rest") == ban(person, made, "song")
    (told,) = bans.of_user(person.database, person.id, person.clock())
    assert (told.kind, told.until) == ("song", None)


def test_a_ban_is_learned_like_a_dislike_and_taken_back_exactly(person: Person) -> None:
    person.hears(True)
    made = person.asks()
    play_id = person.hears(None, made)
    listening.change_play(person.database, person.id, play_id, outcome="skipped", seconds=5)
    skipped = person.weights()
    ban_id = ban(person, made, "song")
    banned = person.weights()
    assert not np.allclose(banned, skipped)
    bans.remove(person.database, person.id, ban_id)
    np.testing.assert_allclose(person.weights(), skipped, atol=1e-9)
    person.says(play_id, False)
    np.testing.assert_allclose(person.weights(), banned, atol=1e-9)


def test_what_a_ban_taught_goes_with_its_last_word(person: Person) -> None:
    first = person.asks()
    person.hears(None, first)
    again = next(made for made in iter(person.asks, None) if made.track.id == first.track.id)
    person.hears(None, again)
    before = person.weights()
    ban(person, first, "song")
    ban_id = ban(person, again, "song")
    bans.remove(person.database, person.id, ban_id)
    np.testing.assert_allclose(person.weights(), before, atol=1e-9)


def test_a_rest_says_nothing_about_the_song(person: Person) -> None:
    made = person.asks()
    person.hears(None, made)
    before = person.weights()
    ban(person, made, "rest")
    np.testing.assert_array_equal(person.weights(), before)


def test_a_ban_may_come_before_anything_sounded(person: Person) -> None:
    ban(person, person.asks(), "song")
    assert learning.taste_of(person.database, person.id).learned_from == 0


def test_when_everything_is_banned_it_says_so(person: Person) -> None:
    for _ in range(7):
        ban(person, person.asks(), "song")
    with pytest.raises(NothingToPlay) as caught:
        person.asks()
    assert caught.value.cause == "all_banned"


def test_a_song_that_became_anothers_is_not_chosen(person: Person, clock: FakeClock) -> None:
    other = Person(person.database, clock, 2)
    heard(person, 1)
    with person.database.writing() as session:  # as where ids are given out anew
        session.execute(update(TrackRow).where(TrackRow.id > 1).values(user_id=other.id))
    assert heard(person) == {1}


def test_only_ones_own_can_be_banned_and_taken_back(person: Person, clock: FakeClock) -> None:
    other, made = Person(person.database, clock, 2), person.asks()
    with pytest.raises(NotFound):
        ban(other, made, "song")
    ban_id = ban(person, made, "song")
    with pytest.raises(NotFound):
        bans.remove(person.database, other.id, ban_id)
    assert made.track.id in heard(other)


def test_an_unknown_artist_cannot_be_banned(person: Person) -> None:
    with pytest.raises(InvalidInput):
        ban(person, by_artist(person, None), "artist")


def test_of_a_guests_and_an_accounts_ban_the_longer_one_stays(
    person: Person, clock: FakeClock
) -> None:
    guest = Person(person.database, clock, 2)
    first, second = person.asks(), person.asks()
    own = {made.track.id: made for made in iter_asks(guest, {first.track.id, second.track.id})}
    ban(person, first, "rest")
    ban(person, second, "song")
    ban(guest, own[first.track.id], "song")
    ban(guest, own[second.track.id], "rest")
    ban(guest, by_artist(guest, "Artist 2"), "artist")
    with person.database.writing() as session:
        merge.bring(session, guest.id, person.id)
        blocked = store.blocked(session, person.id, clock() + timedelta(days=30))
    assert blocked == ({first.track.id, second.track.id}, {"artist 2"})


def test_what_a_guest_said_of_a_song_of_their_own_is_kept_with_the_accounts(
    person: Person, clock: FakeClock
) -> None:
    guest = Person(person.database, clock, 2)
    mine, brought = replace(video(9), title="Of the account"), replace(video(9), title="Brought")
    own.add(person.database, person.id, [mine], clock())
    own.add(person.database, guest.id, [brought], clock())
    (kept,) = own.listed(person.database, person.id)
    # A song that was never on its way to be heard would be gone for good.
    next(each for each in iter(person.asks, None) if each.track.id == kept.id)
    own.remove(person.database, person.id, kept.id)
    made = next(each for each in iter(guest.asks, None) if each.track.title == "Brought")
    listening.report_failure(person.database, guest.id, made.track.id, "5", clock())
    ban(guest, made, "song")
    with person.database.writing() as session:
        merge.bring(session, guest.id, person.id)
        assert store.blocked(session, person.id, clock()).tracks == {kept.id}
        assert tracks.failed_since(session, person.id, clock()) == {kept.id}
    assert [each.title for each in own.listed(person.database, person.id)] == ["Brought"]


def iter_asks(person: Person, wanted: set[int]) -> list[Recommendation]:
    found: dict[int, Recommendation] = {}
    while not wanted <= found.keys():
        made = person.asks()
        found[made.track.id] = made
    return list(found.values())


def test_what_is_said_twice_at_once_is_said_once(person: Person, clock: FakeClock) -> None:
    made, now, several = person.asks(), clock(), 6
    together = Barrier(several)

    def say(_: int) -> None:
        together.wait()
        bans.add(person.database, person.id, "song", made.id, now)
        own.add(person.database, person.id, [video(9)], now)

    with ThreadPoolExecutor(several) as pool:
        list(pool.map(say, range(several)))
    assert len(bans.of_user(person.database, person.id, now)) == 1
    assert len(own.listed(person.database, person.id)) == 1
