"""Which songs a user heard in a span, and how often.

A year may hold tens of thousands of plays, so they are summed up per song in spans of thirty days.
As in `rollups`, a span that a change touched is summed up anew, and cannot drift from its plays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    Double,
    Insert,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from today_feeling.domain.music import Track
from today_feeling.store.rollups import Times, lock
from today_feeling.store.schema import Base, PlayRow, RecommendationRow, SongSpanRow, TrackRow
from today_feeling.store.statements import inserting
from today_feeling.store.tracks import to_track
from today_feeling.store.types import Id, UtcDateTime, epoch_seconds, whole_sum

_SPAN_S: Final = 30 * 86400

_SPANS: Final = Base.metadata.tables[SongSpanRow.__tablename__]


class Heard(NamedTuple):
    """A song in a span."""

    track_id: int
    plays: int
    kept: int
    """Plays that were neither skipped nor failed."""
    likes: int
    """Plays with a thumb up, less those with a thumb down."""
    seconds: float
    last_at: datetime
    measured: int
    """Plays that tell what the song did to the mood; the next two are sums over them."""
    valence_before: float
    valence_after: float


_SUMS: Final = Heard._fields[1:]
_COLUMNS: Final = ("track_id", *_SUMS, "user_id", "span")
_USER: Final = bindparam("user", type_=Id)

_Times = tuple[datetime | BindParameter[datetime] | None, datetime | BindParameter[datetime] | None]


def heard(session: Session, user_id: int, start: datetime, end: datetime) -> list[Heard]:
    """Every song that the user began to hear in [start, end)."""
    first = int(-(-start.timestamp() // _SPAN_S))
    last = max(first, int(end.timestamp() // _SPAN_S))
    row = SongSpanRow
    whole = select(row.track_id, *(getattr(row, name) for name in _SUMS)).where(
        row.user_id == user_id, row.span >= first, row.span < last
    )
    before = _plays(user_id, (start, min(end, _start(first))))
    after = _plays(user_id, (_start(last), end))
    parts = union_all(whole, before, after).subquery()
    return [Heard(*each) for each in session.execute(_by_song(parts.c))]


def touched(session: Session, user_id: int, times: Iterable[datetime]) -> None:
    """Sum up anew the spans in which plays of these instants came, changed or went."""
    for span in sorted({int(time.timestamp() // _SPAN_S) for time in times}):
        rebuild(session, user_id, (_start(span), _start(span + 1)))


def played(session: Session, user_id: int, track_id: int, at: datetime) -> None:
    """Sum up anew what the user heard of one song in the span of this instant, after a play of it
    came or changed there; of one that went, see `touched`. Who calls it holds the user already.
    """
    span = int(at.timestamp() // _SPAN_S)
    asked = {"user": user_id, "track": track_id, "start": _start(span), "end": _start(span + 1)}
    session.connection().execute(_adding_up(session.get_bind().dialect.name), asked)


def rebuild(session: Session, user_id: int, times: Times = (None, None)) -> None:
    """Sum up anew every span that these times touch, after plays there have changed."""
    lock(session, user_id)
    start, end = times
    first = None if start is None else int(start.timestamp() // _SPAN_S)
    last = None if end is None else int(-(-end.timestamp() // _SPAN_S))
    asked = {
        "user": user_id,
        "first": first,
        "last": last,
        "start": None if first is None else _start(first),
        "end": None if last is None else _start(last),
    }
    given = {name: value for name, value in asked.items() if value is not None}
    for statement in _rebuilding(first is not None, last is not None):
        session.execute(statement, given)


@cache
def _rebuilding(starts: bool, ends: bool) -> tuple[Delete, Insert]:
    """Forgets the sums of a span, and makes them anew.

    Parameters of the statements: `user`; of the span, where it has them, `first` and `last` in
    spans, and `start` and `end`. Made once: that takes longer than to carry them out.
    """
    old = _SPANS.c
    forget = delete(_SPANS).where(
        old.user_id == bindparam("user"),
        *([old.span >= bindparam("first")] if starts else []),
        *([old.span < bindparam("last")] if ends else []),
    )
    whole = (
        bindparam("start", type_=UtcDateTime()) if starts else None,
        bindparam("end", type_=UtcDateTime()) if ends else None,
    )
    return forget, insert(_SPANS).from_select(_COLUMNS, _by_span(_plays(_USER, whole)))


@cache
def _adding_up(dialect: str) -> Any:
    """Puts the sums of one song in one span in the place of those before.

    Parameters: `user`, `track`, `start` and `end` of the span.
    """
    times = (bindparam("start", type_=UtcDateTime()), bindparam("end", type_=UtcDateTime()))
    plays = _plays(_USER, times).where(RecommendationRow.track_id == bindparam("track"))
    put = inserting(dialect, _SPANS)
    put = put.from_select(_COLUMNS, _by_span(plays))
    return put.on_conflict_do_update(
        index_elements=["user_id", "span", "track_id"],
        set_={name: put.excluded[name] for name in _SUMS},
    )


def _by_span(plays: Select[Any]) -> Select[Any]:
    """The sums of these plays of the user, as `_COLUMNS` has them."""
    span = epoch_seconds(PlayRow.started_at) // _SPAN_S
    each = plays.add_columns(span.label("span")).subquery().c
    return _by_song(each, each.span).add_columns(_USER, each.span)


def named(session: Session, track_ids: Collection[int]) -> Mapping[int, Track]:
    """The tracks with these ids."""
    rows = session.scalars(select(TrackRow).where(TrackRow.id.in_(track_ids)))
    return {row.id: to_track(row) for row in rows}


def _start(span: int) -> datetime:
    return datetime.fromtimestamp(span * _SPAN_S, UTC)


def _plays(user_id: int | BindParameter[int], times: _Times) -> Select[Any]:
    """Each play of the user in the span as if it were a sum."""
    row = PlayRow
    start, end = times
    return (
        select(
            RecommendationRow.track_id,
            literal(1, Id).label("plays"),
            case((row.outcome.in_(("skipped", "failed")), 0), else_=1).label("kept"),
            case((row.liked.is_(True), 1), (row.liked.is_(False), -1), else_=0).label("likes"),
            func.coalesce(row.seconds, literal(0.0, Double)).label("seconds"),
            row.started_at.label("last_at"),
            case((row.valence_before.is_(None), 0), else_=1).label("measured"),
            func.coalesce(row.valence_before, literal(0.0, Double)).label("valence_before"),
            func.coalesce(row.valence_after, literal(0.0, Double)).label("valence_after"),
        )
        .join(RecommendationRow, RecommendationRow.id == row.recommendation_id)
        .where(
            row.user_id == user_id,
            row.deletion_id.is_(None),
            *([] if start is None else [row.started_at >= start]),
            *([] if end is None else [row.started_at < end]),
        )
    )


def _by_song(parts: Any, *further: ColumnElement[Any]) -> Select[Any]:
    """The sums of these parts for each song, and of what else is to be kept apart."""
    how: dict[str, Any] = dict.fromkeys(("plays", "kept", "likes", "measured"), whole_sum)
    how["last_at"] = func.max
    sums = [how.get(name, func.sum)(parts[name]).label(name) for name in _SUMS]
    return select(parts.track_id, *sums).group_by(parts.track_id, *further)
