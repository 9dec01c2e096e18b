"""What songs did to the mood: kept beside each play, and measured anew when something changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from today_feeling.domain.diary import After, Observation
from today_feeling.domain.effect import WINDOW, measure, windows
from today_feeling.store import songs
from today_feeling.store.schema import Base, PlayRow
from today_feeling.store.told import to_observation

_LONGEST: Final = timedelta(days=1)
"""No play sounds longer."""

_NEAR: Final = timedelta(minutes=10)
"""Changes that lie no farther apart are looked at together."""

_MOST: Final = (100, 3, 1000)
"""So many plays are measured anew, and so many more for each instant, but never more than the last:
nobody hears more, and a diary that somebody made up may say that thousands sounded at once."""

_LOOKED_AT: Final = 3000
"""So many plays of a day are asked where they end; nobody hears more in one."""

_PLAYS: Final = Base.metadata.tables["plays"].c

_HEARD: Final = (
    select(_PLAYS.id, _PLAYS.started_at, _PLAYS.seconds)
    .where(
        _PLAYS.user_id == bindparam("user"),
        _PLAYS.deletion_id.is_(None),
        _PLAYS.seconds.is_not(None),
        _PLAYS.started_at >= bindparam("first"),
        _PLAYS.started_at <= bindparam("last"),
    )
    .order_by(_PLAYS.started_at.desc(), _PLAYS.id.desc())
    .limit(_LOOKED_AT)
)
"""Plays that may have been over by then; made once, as it is asked with every observation."""

_OBSERVED: Final = Base.metadata.tables["observations"].c

_SEEN: Final = (
    select(
        *(_OBSERVED.id, _OBSERVED.observed_at, _OBSERVED.duration_s, _OBSERVED.emotion),
        *(_OBSERVED.probabilities, _OBSERVED.unsure_share, _OBSERVED.corrected),
    )
    .where(
        _OBSERVED.user_id == bindparam("user"),
        _OBSERVED.observed_at >= bindparam("start"),
        _OBSERVED.observed_at < bindparam("end"),
        _OBSERVED.deletion_id.is_(None),
    )
    .order_by(_OBSERVED.observed_at, _OBSERVED.id)
)
"""Made once, as it is asked twice for every play that ends."""


_ENDED: Final = select(_PLAYS.id, _PLAYS.started_at, _PLAYS.seconds).where(
    _PLAYS.user_id == bindparam("user"), _PLAYS.id.in_(bindparam("ids", expanding=True))
)
_MEASURED: Final = (
    update(PlayRow)
    .where(PlayRow.user_id == bindparam("user"), PlayRow.id == bindparam("play"))
    .values(
        emotion_after=bindparam("emotion_after"),
        valence_before=bindparam("valence_before"),
        valence_after=bindparam("valence_after"),
    )
)


def touched(session: Session, user_id: int, times: Iterable[datetime]) -> None:
    """Measure the plays anew that observations at these instants may tell of."""
    ordered = sorted(times)
    at_first, for_each, most = _MOST
    left = min(at_first + for_each * len(ordered), most)
    measured: list[datetime] = []
    start = 0
    for end in range(1, len(ordered) + 1):
        if end == len(ordered) or ordered[end] - ordered[end - 1] > _NEAR:
            near = _near(session, user_id, ordered[start:end])
            measured += islice(near, left - len(measured))
            start = end
    songs.touched(session, user_id, measured)


def around(
    session: Session, user_id: int, started_at: datetime, seconds: float | None
) -> After | None:
    """What was seen around a play that sounded for so many seconds; None where that is too little,
    or nobody knows how long it sounded."""
    if seconds is None:
        return None
    return measure(*(_seen(session, user_id, *span) for span in windows(started_at, seconds)))


def columns(after: After | None) -> Mapping[str, object]:
    """As the row of a play keeps it."""
    return {
        "emotion_after": after and after.emotion,
        "valence_before": after and after.valence_before,
        "valence_after": after and after.valence_after,
    }


def played(session: Session, user_id: int, play_ids: Collection[int]) -> None:
    """Measure the user's plays, after they came."""
    rows = session.execute(_ENDED, {"user": user_id, "ids": list(play_ids)}).all()
    for row in rows:
        _measure(session, user_id, *row)
    songs.touched(session, user_id, [started_at for _, started_at, _ in rows])


def _near(session: Session, user_id: int, times: Sequence[datetime]) -> Iterator[datetime]:
    """Measure the plays that observations at these instants, in order, may tell of, the last one
    first; yields when they began."""
    span = {"user": user_id, "first": times[0] - WINDOW - _LONGEST, "last": times[-1] + WINDOW}
    rows = session.execute(_HEARD, span).all()
    for play_id, started_at, seconds in rows:
        if any(
            bisect_left(times, start) < bisect_left(times, end)
            for start, end in windows(started_at, seconds or 0.0)
        ):
            _measure(session, user_id, play_id, started_at, seconds)
            yield started_at


def _measure(
    session: Session, user_id: int, play_id: int, started_at: datetime, seconds: float | None
) -> None:
    told = columns(around(session, user_id, started_at, seconds))
    # By its id: else every row that the session holds is looked at, for each that is measured.
    how = {"synchronize_session": "fetch"}
    one = {"user": user_id, "play": play_id, **told}
    session.execute(_MEASURED, one, execution_options=how)


def _seen(session: Session, user_id: int, start: datetime, end: datetime) -> list[Observation]:
    rows = session.execute(_SEEN, {"user": user_id, "start": start, "end": end})
    return [to_observation(row) for row in rows]
