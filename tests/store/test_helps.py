"""Sums of what songs of a kind did to the mood."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.conftest import FakeClock
from tests.store.test_plays import begun, recommended
from today_feeling.store import accounts, helps
from today_feeling.store.database import Database
from today_feeling.store.schema import PlayRow, TrackRow


def hear(session: Session, user_id: int, clock: FakeClock, number: int, artist: str | None) -> None:
    """A song of the artist, after which a neutral mood is half a step better."""
    made = recommended(session, user_id, clock, number)
    play = begun(session, user_id, made.id, clock())
    session.execute(update(TrackRow).where(TrackRow.id == made.track.id).values(artist=artist))
    measured = {"valence_before": 0.0, "valence_after": 0.5, "emotion_after": "happiness"}
    session.execute(update(PlayRow).where(PlayRow.id == play.id).values(**measured))


def test_artists_are_told_apart_as_bans_do(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        user, other = accounts.add_guest(session, clock()), accounts.add_guest(session, clock())
        heard = ["Nina", "Billie", "nina", "Nina", " NINA ", "Billie", "billie", "Ella", None]
        for number, artist in enumerate(heard):
            hear(session, user.id, clock, number, artist)
        hear(session, other.id, clock, 99, "Nina")
        found = helps.by_artist(session, user.id, 2)
    assert {name: sums.plays for name, sums in found.items()} == {"Nina": 4, "Billie": 3}
    assert found["Nina"].total == pytest.approx(2.0)
    assert found["Nina"].squares == pytest.approx(1.0)
