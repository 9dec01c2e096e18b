"""Never again, nothing by this artist, not now: said by the user, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from today_feeling.domain.bans import REST, Ban, BanKind
from today_feeling.errors import InvalidInput, NotFound
from today_feeling.services.learning import learn
from today_feeling.store import bans, plays, taste
from today_feeling.store.database import Database


def of_user(database: Database, user_id: int, now: datetime) -> Sequence[Ban]:
    """All that hold now, the newest first."""
    with database.reading() as session:
        return bans.of_user(session, user_id, now)


def add(
    database: Database, user_id: int, kind: BanKind, recommendation_id: int, now: datetime
) -> Ban:
    """Ban what was recommended; said again, the last word counts.

    A song or an artist that is banned for ever teaches what a dislike does; one that only rests
    teaches nothing beyond its skip. Raises `NotFound`, and `InvalidInput` where nobody knows the
    artist.
    """
    with database.writing() as session:
        taste.hold(session, user_id)
        made = plays.recommended(session, user_id, [recommendation_id]).get(recommendation_id)
        if made is None:
            raise NotFound("There is no such recommendation.")
        artist = made.track.artist if kind == "artist" else None
        if kind == "artist" and artist is None:
            raise InvalidInput("Nobody knows who made this song.")
        track_id = None if kind == "artist" else made.track.id
        said_before = bans.recommendation_of_last(session, user_id, track_id, artist)
        ban_id = bans.add(
            session,
            user_id,
            track_id=track_id,
            artist=artist,
            recommendation_id=recommendation_id,
            now=now,
            until=now + REST if kind == "rest" else None,
        )
        for each in {said_before or recommendation_id, recommendation_id}:
            _learn(session, user_id, each)
        ban = bans.get(session, user_id, ban_id)
        assert ban is not None  # noqa: S101 - it was added a line ago, in this transaction
        return ban


def remove(database: Database, user_id: int, ban_id: int) -> None:
    """Take a ban back, and what it taught. Raises `NotFound`."""
    with database.writing() as session:
        taste.hold(session, user_id)
        if bans.get(session, user_id, ban_id) is None:
            raise NotFound("There is no such ban.")
        said_at = bans.recommendation_of(session, user_id, ban_id)
        bans.remove(session, user_id, ban_id)
        if said_at is not None:
            _learn(session, user_id, said_at)


def _learn(session: Session, user_id: int, recommendation_id: int) -> None:
    learn(session, user_id, plays.of_recommendation(session, user_id, recommendation_id))
