"""What an operator sees of the songs that are everybody's, and changes in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from today_feeling.domain.music import Genre, SourceId, Track, Verdict
from today_feeling.store.schema import TrackFailureRow, TrackRow
from today_feeling.store.tracks import AVAILABLE, DEAD, REMOVED, to_track

IMPORT: Final = "import"
"""Of what an operator brought or changed: no new list of the release undoes that."""

_DEADLY: Final = ("gone", "refused")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which songs are asked for; None is any."""

    genre: Genre | None = None
    source: SourceId | None = None
    text: str | None = None
    """Somewhere in title or artist."""
    check: Verdict | None = None
    state: str | None = AVAILABLE


@dataclass(frozen=True, slots=True)
class Item:
    """A song with what only operators care for."""

    track: Track
    state: str
    explicit: bool | None
    check: Verdict | None
    checked_at: datetime | None


def find(session: Session, wanted: Wanted) -> list[Item]:
    """The songs, by source, genre, artist and title."""
    found = _everybodys().order_by(
        TrackRow.source, TrackRow.genre, TrackRow.artist, TrackRow.title, TrackRow.id
    )
    for column, value in (
        (TrackRow.genre, wanted.genre),
        (TrackRow.source, wanted.source),
        (TrackRow.check_result, wanted.check),
        (TrackRow.availability, wanted.state),
    ):
        if value is not None:
            found = found.where(column == value)
    if wanted.text:
        found = found.where(
            or_(
                TrackRow.title.icontains(wanted.text, autoescape=True),
                TrackRow.artist.icontains(wanted.text, autoescape=True),
            )
        )
    return [_item(row) for row in session.scalars(found)]


def named(session: Session, names: Collection[str]) -> dict[str, Item]:
    """The songs by their ids here, or those of their videos; what is not there is left out."""
    numbers = {int(name) for name in names if name.isdecimal() and len(name) < 11}
    rows = session.scalars(
        _everybodys().where(or_(TrackRow.youtube_video_id.in_(names), TrackRow.id.in_(numbers)))
    ).all()
    found = {row.youtube_video_id: _item(row) for row in rows if row.youtube_video_id in names}
    by_number = {str(row.id): _item(row) for row in rows if row.id in numbers}
    return {**by_number, **cast("dict[str, Item]", found)}


def edit(session: Session, track_id: int, changes: dict[str, Any]) -> Item:
    """Change columns of a song; the release's own list then leaves it alone."""
    row = session.get_one(TrackRow, track_id)
    for name, value in changes.items():
        setattr(row, name, value)
    if {"valence", "energy"} & changes.keys():
        row.affect_source = "list"
    if row.catalogue is not None:
        row.catalogue = IMPORT
    session.flush()
    return _item(row)


def remove(session: Session, track_ids: Sequence[int]) -> int:
    """Take songs out; the diary keeps their names. Returns how many were in."""
    gone = session.scalars(
        update(TrackRow)
        .where(TrackRow.id.in_(track_ids), TrackRow.availability != REMOVED)
        .values(availability=REMOVED)
        .returning(TrackRow.id)
    ).all()
    session.execute(
        update(TrackRow)
        .where(TrackRow.id.in_(track_ids), TrackRow.catalogue.is_not(None))
        .values(catalogue=IMPORT)
    )
    return len(gone)


def video_ids(session: Session) -> set[str]:
    """Of all videos that are everybody's and can be played, or were found dead."""
    return {
        video_id
        for video_id in session.scalars(
            select(TrackRow.youtube_video_id).where(
                TrackRow.user_id.is_(None), TrackRow.availability.in_((AVAILABLE, DEAD))
            )
        )
        if video_id is not None
    }


def artists(session: Session) -> list[tuple[str | None, Genre]]:
    """Artist and genre of every song of everybody's that can be played."""
    rows = session.execute(
        select(TrackRow.artist, TrackRow.genre).where(
            TrackRow.user_id.is_(None), TrackRow.availability == AVAILABLE
        )
    )
    return [(artist, cast("Genre", genre)) for artist, genre in rows]


def to_check(session: Session, before: datetime, limit: int | None = None) -> list[Track]:
    """Videos that nobody has looked at since `before`: first those that did not play for somebody,
    then those that were never looked at, then the longest ago. Those that were dead, too."""
    failures = (
        select(func.count())
        .where(TrackFailureRow.track_id == TrackRow.id)
        .correlate(TrackRow)
        .scalar_subquery()
    )
    rows = session.scalars(
        select(TrackRow)
        .where(
            TrackRow.source == "youtube",
            TrackRow.availability.in_((AVAILABLE, DEAD)),
            or_(TrackRow.checked_at.is_(None), TrackRow.checked_at < before),
        )
        .order_by(
            failures.desc(), TrackRow.checked_at.is_not(None), TrackRow.checked_at, TrackRow.id
        )
        .limit(limit)
    )
    return [to_track(row) for row in rows]


def note_check(session: Session, track_id: int, verdict: Verdict, now: datetime) -> None:
    """What YouTube said of the video now. A dead one is offered to nobody until it is alive again;
    one with another title stays, until somebody has looked. What went meanwhile stays away."""
    row = session.get(TrackRow, track_id)
    if row is None or row.availability not in {AVAILABLE, DEAD}:
        return
    row.checked_at, row.check_result = now, verdict
    if verdict in _DEADLY:
        row.availability = DEAD
    elif row.availability == DEAD:
        row.availability = AVAILABLE


def _everybodys() -> Select[TrackRow]:
    return select(TrackRow).where(
        TrackRow.user_id.is_(None), ~func.coalesce(TrackRow.file_path, "").startswith("imported:")
    )


def _item(row: TrackRow) -> Item:
    return Item(
        track=to_track(row),
        state=row.availability,
        explicit=row.explicit,
        check=cast("Verdict | None", row.check_result),
        checked_at=row.checked_at,
    )
