"""What was learned from plays. Every play is learned in the transaction that notes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import numpy as np
from sqlalchemy import bindparam, case, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from today_feeling.domain.emotion import Emotion
from today_feeling.domain.music import Genre
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.explain import Rated
from today_feeling.domain.recommend.hybrid import (
    Floats,
    Own,
    Posterior,
    Shared,
    evidence,
    explained,
)
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.domain.recommend.songs import SPACE, VERSION
from today_feeling.store.schema import (
    Base,
    ChangesRow,
    ChoiceRow,
    PersonTasteRow,
    PlayRow,
    RecommendationRow,
    SharedTasteRow,
    SongTasteRow,
    TrackRow,
    UserRow,
)

_LAYOUT = SPACE.layout()

# Statements of every request are made once: that takes longer than to carry them out.
_SHARED = select(SharedTasteRow.a, SharedTasteRow.b).where(SharedTasteRow.version == VERSION)
_OWN = select(PersonTasteRow.a, PersonTasteRow.b).where(
    PersonTasteRow.user_id == bindparam("user_id"), PersonTasteRow.version == VERSION
)

_CHOICE = select(ChoiceRow).where(
    ChoiceRow.user_id == bindparam("user_id"),
    ChoiceRow.recommendation_id == bindparam("recommendation_id"),
    ChoiceRow.version == VERSION,
)
_TRACK = select(RecommendationRow.track_id).where(
    RecommendationRow.user_id == bindparam("user_id"),
    RecommendationRow.id == bindparam("recommendation_id"),
)
_KEEP = insert(Base.metadata.tables["taste_choices"])
_RATED = (
    select(TrackRow.genre, func.sum(case((PlayRow.liked.is_(True), 1), else_=0)), func.count())
    .join(RecommendationRow, RecommendationRow.track_id == TrackRow.id)
    .join(PlayRow, PlayRow.recommendation_id == RecommendationRow.id)
    .where(
        PlayRow.user_id == bindparam("user_id"),
        PlayRow.liked.is_not(None),
        PlayRow.deletion_id.is_(None),
    )
    .group_by(TrackRow.genre)
)
_RATED_FOR = _RATED.where(RecommendationRow.emotion == bindparam("emotion"))


def posterior(session: Session, user_id: int) -> Posterior:
    """What is known of the weights that hold for the user."""
    return Posterior.of(_LAYOUT, _shared(session), _own(session, user_id))


def hold(session: Session, *user_ids: int) -> None:
    """Let nobody else learn of these users, or bring one's diary to the other, until the end of the
    transaction. Before anything is written in it: who locks in one order never waits in a circle.

    SQLite lets only one write anyway.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(
            select(UserRow.id)
            .where(UserRow.id.in_(user_ids))
            .order_by(UserRow.id)
            .with_for_update(key_share=True)
        ).all()


def keep(session: Session, user_id: int, picked: Mapping[int, Pick]) -> None:
    """Remember what learning from the recommendations with these ids will need."""
    rows = [
        {
            "recommendation_id": number,
            "user_id": user_id,
            "version": VERSION,
            "x": _bytes(pick.x),
            "prior": pick.prior,
            "expected": pick.expected,
        }
        for number, pick in picked.items()
    ]
    if rows:
        session.execute(_KEEP, rows)


def learn(session: Session, user_id: int, recommendation_id: int, said: Opinion | None) -> None:
    """Learn what the user's play of the recommendation says, instead of what it said before."""
    one = {"user_id": user_id, "recommendation_id": recommendation_id}
    choice = session.scalars(_CHOICE, one).one_or_none()
    before = (
        Opinion(choice.reward, choice.weight)
        if choice and choice.reward is not None and choice.weight is not None
        else None
    )
    if choice is None or said == before:
        return
    shared = _shared(session, lock=True)  # others who learn wait here
    own = _own(session, user_id)
    changed, after = shared + explained(_LAYOUT, own), own
    surprise = opinions = 0.0
    for opinion, sign in ((before, -1.0), (said, 1.0)):
        if opinion is not None:
            weight = sign * opinion.weight
            more = evidence(_LAYOUT, _floats(choice.x), opinion.reward - choice.prior, weight)
            changed, after = changed + more[0], after + more[1]
            surprise += weight * (opinion.reward - choice.expected)
            opinions += weight
    _put(session, SharedTasteRow, {"version": VERSION}, changed - explained(_LAYOUT, after))
    _put(session, PersonTasteRow, {"user_id": user_id, "version": VERSION}, after)
    track_id = session.scalars(_TRACK, one).one()
    _add_to_song(session, track_id, surprise, opinions)
    choice.reward, choice.weight = said or (None, None)
    session.flush()


def reset(session: Session, user_id: int) -> None:
    """Forget the user's own taste, and what could still be learned from songs heard so far.

    What they taught about songs in general stays in sums over everybody.
    """
    for row in (PersonTasteRow, ChoiceRow):
        session.execute(delete(row).where(row.user_id == user_id))


def bring(session: Session, guest_id: int, account_id: int) -> None:
    """Add what a guest has taught to what an account has."""
    shared = _shared(session, lock=True)
    guest, account = _own(session, guest_id), _own(session, account_id)
    both = guest + account
    taken = explained(_LAYOUT, guest) + explained(_LAYOUT, account)
    _put(session, SharedTasteRow, {"version": VERSION}, shared + taken - explained(_LAYOUT, both))
    _put(session, PersonTasteRow, {"user_id": account_id, "version": VERSION}, both)
    session.execute(delete(PersonTasteRow).where(PersonTasteRow.user_id == guest_id))


def rated(session: Session, user_id: int, emotion: Emotion | None) -> Mapping[Genre, Rated]:
    """How the user rated the songs of each genre that were played for the emotion.

    None counts them for every emotion together.
    """
    asked = {"user_id": user_id, "emotion": emotion}
    rows = session.execute(_RATED if emotion is None else _RATED_FOR, asked)
    return {cast("Genre", genre): Rated(int(good), heard) for genre, good, heard in rows}


def learned_from(session: Session, user_id: int) -> int:
    """How many of the user's plays said something that is known still."""
    known = select(func.count()).where(ChoiceRow.user_id == user_id, ChoiceRow.reward.is_not(None))
    return session.scalar(known) or 0


def _shared(session: Session, *, lock: bool = False) -> Shared:
    if lock:
        session.execute(_beginning(_dialect(session)))
    found = session.execute(_SHARED.with_for_update() if lock else _SHARED).one_or_none()
    none = _LAYOUT.no_shared()
    if found is None or not _fit(found, none):
        return none
    return Shared(_floats(found[0]).reshape(none.a.shape), _floats(found[1]))


@cache
def _beginning(dialect: str) -> Any:
    """Puts a row there to lock, where nothing was learned yet."""
    nothing = _LAYOUT.no_shared()
    values = {"version": VERSION, "a": _bytes(nothing.a), "b": _bytes(nothing.b)}
    return _insert(dialect, SharedTasteRow.__tablename__).values(values).on_conflict_do_nothing()


def _own(session: Session, user_id: int) -> Own:
    found = session.execute(_OWN, {"user_id": user_id}).one_or_none()
    none = _LAYOUT.no_own()
    if found is None or not _fit(found, none):
        return none
    return Own(_floats(found[0]).reshape(none.a.shape), _floats(found[1]))


def _fit(found: Sequence[bytes], sums: Shared | Own) -> bool:
    """Whether the bytes can be such sums; others are as good as none."""
    return (len(found[0]), len(found[1])) == (sums.a.nbytes, sums.b.nbytes)


def _put(session: Session, row: type[Base], key: Mapping[str, int], sums: Shared | Own) -> None:
    values = {**key, "a": _bytes(sums.a), "b": _bytes(sums.b)}
    session.execute(_putting(row.__tablename__, next(iter(key)), _dialect(session)), values)


def _add_to_song(session: Session, track_id: int, surprise: float, opinions: float) -> None:
    counted, added = _adding(_dialect(session))
    number = session.scalars(counted).one()
    more = {"track_id": track_id, "surprise": surprise, "opinions": opinions, "changed": number}
    session.execute(added, more)


@cache
def _putting(table: str, key: str, dialect: str) -> Any:
    put = _insert(dialect, table)
    return put.on_conflict_do_update(
        index_elements=[key], set_={name: put.excluded[name] for name in ("version", "a", "b")}
    )


@cache
def _adding(dialect: str) -> tuple[Any, Any]:
    """Numbers the next change of a song's row, and makes it."""
    counted = _insert(dialect, ChangesRow.__tablename__).values(id=1, count=1)
    counted = counted.on_conflict_do_update(
        index_elements=["id"], set_={"count": ChangesRow.__table__.c.count + 1}
    ).returning(ChangesRow.__table__.c.count)
    old, add = SongTasteRow.__table__.c, _insert(dialect, SongTasteRow.__tablename__)
    summed = {name: old[name] + add.excluded[name] for name in ("surprise", "opinions")}
    return counted, add.on_conflict_do_update(
        index_elements=["track_id"], set_={**summed, "changed": add.excluded.changed}
    )


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _insert(dialect: str, table: str) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(Base.metadata.tables[table])


def _bytes(values: Floats) -> bytes:
    return values.astype("<f8").tobytes()


def _floats(data: bytes) -> Floats:
    return np.frombuffer(data, "<f8").astype(np.float64)
