"""What was learned from plays. Every play is learned in the transaction that notes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
from sqlalchemy import bindparam, case, delete, func, select, update
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


def keep(session: Session, user_id: int, recommendation_id: int, picked: Pick) -> None:
    """Remember what learning from the recommendation will need."""
    session.add(
        ChoiceRow(
            recommendation_id=recommendation_id,
            user_id=user_id,
            version=VERSION,
            x=_bytes(picked.x),
            prior=picked.prior,
            expected=picked.expected,
        )
    )
    session.flush()


def learn(session: Session, user_id: int, recommendation_id: int, said: Opinion | None) -> None:
    """Learn what the user's play of the recommendation says, instead of what it said before."""
    choice = session.scalars(
        select(ChoiceRow).where(
            ChoiceRow.user_id == user_id,
            ChoiceRow.recommendation_id == recommendation_id,
            ChoiceRow.version == VERSION,
        )
    ).one_or_none()
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
    track_id = session.scalars(
        select(RecommendationRow.track_id).where(
            RecommendationRow.user_id == user_id, RecommendationRow.id == recommendation_id
        )
    ).one()
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
    liked = func.sum(case((PlayRow.liked.is_(True), 1), else_=0))
    query = (
        select(TrackRow.genre, liked, func.count())
        .join(RecommendationRow, RecommendationRow.track_id == TrackRow.id)
        .join(PlayRow, PlayRow.recommendation_id == RecommendationRow.id)
        .where(
            PlayRow.user_id == user_id, PlayRow.liked.is_not(None), PlayRow.deletion_id.is_(None)
        )
        .group_by(TrackRow.genre)
    )
    if emotion is not None:
        query = query.where(RecommendationRow.emotion == emotion)
    return {
        cast("Genre", genre): Rated(int(good), heard)
        for genre, good, heard in session.execute(query)
    }


def learned_from(session: Session, user_id: int) -> int:
    """How many of the user's plays said something that is known still."""
    known = select(func.count()).where(ChoiceRow.user_id == user_id, ChoiceRow.reward.is_not(None))
    return session.scalar(known) or 0


def _shared(session: Session, *, lock: bool = False) -> Shared:
    if lock:
        nothing = _LAYOUT.no_shared()
        values = {"version": VERSION, "a": _bytes(nothing.a), "b": _bytes(nothing.b)}
        session.execute(_insert(session, SharedTasteRow).values(**values).on_conflict_do_nothing())
    found = session.execute(_SHARED.with_for_update() if lock else _SHARED).one_or_none()
    none = _LAYOUT.no_shared()
    if found is None or not _fit(found, none):
        return none
    return Shared(_floats(found[0]).reshape(none.a.shape), _floats(found[1]))


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
    session.execute(
        _insert(session, row)
        .values(**values)
        .on_conflict_do_update(index_elements=[next(iter(key))], set_=values)
    )


def _add_to_song(session: Session, track_id: int, surprise: float, opinions: float) -> None:
    none = {"track_id": track_id, "surprise": 0.0, "opinions": 0.0}
    session.execute(_insert(session, SongTasteRow).values(**none).on_conflict_do_nothing())
    number = session.scalars(
        _insert(session, ChangesRow)
        .values(id=1, count=1)
        .on_conflict_do_update(index_elements=["id"], set_={"count": ChangesRow.count + 1})
        .returning(ChangesRow.count)
    ).one()
    session.execute(
        update(SongTasteRow)
        .where(SongTasteRow.track_id == track_id)
        .values(
            surprise=SongTasteRow.surprise + surprise,
            opinions=SongTasteRow.opinions + opinions,
            changed=number,
        )
    )


def _insert(session: Session, row: type[Base]) -> Any:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(row)


def _bytes(values: Floats) -> bytes:
    return values.astype("<f8").tobytes()


def _floats(data: bytes) -> Floats:
    return np.frombuffer(data, "<f8").astype(np.float64)
