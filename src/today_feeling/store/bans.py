"""What users do not want to hear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, or_, select
from sqlalchemy.orm import Session, aliased

from today_feeling.domain.bans import Ban, BanKind
from today_feeling.domain.recommend.songs import artist_key
from today_feeling.store.rollups import lock
from today_feeling.store.schema import BanRow, Base, TrackRow
from today_feeling.store.tracks import to_track


class Blocked(NamedTuple):
    """What may not be chosen."""

    tracks: set[int]
    artists: set[str]
    """As `artist_key` writes them."""


def add(
    session: Session,
    user_id: int,
    *,
    track_id: int | None,
    artist: str | None,
    recommendation_id: int | None,
    now: datetime,
    until: datetime | None,
) -> int:
    """Ban the track or the artist, instead of what was said of it before; returns the id."""
    lock(session, user_id)  # of the same said twice at once, the second finds the first
    row = _of(session, user_id, track_id, artist)
    if row is None:
        key = artist_key(artist) if artist is not None else None
        row = BanRow(user_id=user_id, track_id=track_id, artist=artist, artist_key=key)
        session.add(row)
    row.banned_at, row.until, row.recommendation_id = now, until, recommendation_id
    session.flush()
    return row.id


def has(session: Session, user_id: int, track_id: int | None, artist: str | None) -> bool:
    """Whether the user has banned the track, or the artist."""
    return _of(session, user_id, track_id, artist) is not None


def remove(session: Session, user_id: int, ban_id: int) -> None:
    """Take it back; nothing happens where there is no such ban of the user."""
    session.execute(delete(BanRow).where(BanRow.user_id == user_id, BanRow.id == ban_id))


def get(session: Session, user_id: int, ban_id: int) -> Ban | None:
    """The user's ban."""
    return next(iter(_listed(session, user_id, BanRow.id == ban_id)), None)


def of_user(session: Session, user_id: int, now: datetime) -> Sequence[Ban]:
    """All that hold now, the newest first."""
    return _listed(session, user_id, _holds(now))


def recommendation_of(session: Session, user_id: int, ban_id: int) -> int | None:
    """The recommendation at which it was said."""
    return session.scalar(
        select(BanRow.recommendation_id).where(BanRow.user_id == user_id, BanRow.id == ban_id)
    )


def recommendation_of_last(
    session: Session, user_id: int, track_id: int | None, artist: str | None
) -> int | None:
    """The recommendation at which the track, or the artist, was banned before."""
    row = _of(session, user_id, track_id, artist)
    return row.recommendation_id if row else None


def said_at(session: Session, user_id: int, recommendation_id: int) -> bool:
    """Whether the user banned a song or an artist for ever at this recommendation."""
    one = {"user_id": user_id, "recommendation_id": recommendation_id}
    return session.connection().scalar(_SAID, one) is not None


def blocked(session: Session, user_id: int, now: datetime) -> Blocked:
    """What the user does not want to hear now."""
    rows = session.execute(_BLOCKED, {"user_id": user_id, "now": now}).all()
    return Blocked(
        {track_id for track_id, _ in rows if track_id is not None},
        {artist for _, artist in rows if artist is not None},
    )


def make_room(session: Session, guest_id: int, account_id: int) -> None:
    """Of what both have banned, keep what holds longer: before the guest's bans become the
    account's."""
    mine, other = BanRow, aliased(BanRow)
    for loser, keeper in ((guest_id, account_id), (account_id, guest_id)):
        longer = or_(
            other.until.is_(None),
            and_(mine.until.is_not(None), other.until >= mine.until),
        )
        same = or_(mine.track_id == other.track_id, mine.artist_key == other.artist_key)
        beaten = select(mine.id).where(
            mine.user_id == loser,
            select(other.id).where(other.user_id == keeper, same, longer).exists(),
        )
        ids = list(session.scalars(beaten))
        session.execute(delete(BanRow).where(BanRow.id.in_(ids)))


def _of(session: Session, user_id: int, track_id: int | None, artist: str | None) -> BanRow | None:
    same = (
        BanRow.track_id == track_id if artist is None else BanRow.artist_key == artist_key(artist)
    )
    return session.scalars(select(BanRow).where(BanRow.user_id == user_id, same)).one_or_none()


def _holds(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return or_(BanRow.until.is_(None), BanRow.until > now)


_OF_USER = BanRow.user_id == bindparam("user_id")
# Statements of every request are made once: that takes longer than to carry them out.
_BLOCKED = select(BanRow.track_id, BanRow.artist_key).where(_OF_USER, _holds(bindparam("now")))
_BANS: Final = Base.metadata.tables["bans"]
_SAID = select(_BANS.c.id).where(
    _BANS.c.user_id == bindparam("user_id"),
    _BANS.c.recommendation_id == bindparam("recommendation_id"),
    _BANS.c.until.is_(None),
)


def _listed(session: Session, user_id: int, which: ColumnElement[bool]) -> Sequence[Ban]:
    rows = session.execute(
        select(BanRow, TrackRow)
        .outerjoin(TrackRow, TrackRow.id == BanRow.track_id)
        .where(BanRow.user_id == user_id, which)
        .order_by(BanRow.banned_at.desc(), BanRow.id.desc())
    )
    return [
        Ban(
            id=row.id,
            kind=_kind(row),
            track=to_track(track) if track is not None else None,
            artist=row.artist,
            banned_at=row.banned_at,
            until=row.until,
        )
        for row, track in rows
    ]


def _kind(row: BanRow) -> BanKind:
    if row.track_id is None:
        return "artist"
    return "song" if row.until is None else "rest"
