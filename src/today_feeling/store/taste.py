"""What was learned from plays. Every play is learned in the transaction that notes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import Connection, and_, bindparam, case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from today_feeling.domain.emotion import Emotion
from today_feeling.domain.music import Genre
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.explain import Rated
from today_feeling.domain.recommend.features import VERSION
from today_feeling.domain.recommend.hybrid import Posterior, explained, lesson
from today_feeling.domain.recommend.reward import Opinion
from today_feeling.store import sums
from today_feeling.store.schema import (
    Base,
    ChangesRow,
    ChoiceRow,
    PersonTasteRow,
    PlayRow,
    RecommendationRow,
    SongTasteRow,
    TrackRow,
    UserRow,
)
from today_feeling.store.statements import inserting

_CHOICES: Final = Base.metadata.tables[ChoiceRow.__tablename__]
_MADE: Final = Base.metadata.tables[RecommendationRow.__tablename__]
_OWN: Final = Base.metadata.tables[PersonTasteRow.__tablename__]
_PLAYS: Final = Base.metadata.tables[PlayRow.__tablename__]
_NUMBERS: Final = Base.metadata.tables[ChangesRow.__tablename__]
_SONGS: Final = Base.metadata.tables[SongTasteRow.__tablename__]
_TRACKS: Final = Base.metadata.tables[TrackRow.__tablename__]

# Statements of every play are made once, and of tables: to make them, and to have objects made of
# rows, takes longer than to carry them out.
_ONE: Final = and_(
    _CHOICES.c.user_id == bindparam("whose"),
    _CHOICES.c.recommendation_id == bindparam("which"),
)
_CHOICE: Final = (
    select(
        *(_CHOICES.c.x, _CHOICES.c.prior, _CHOICES.c.expected, _CHOICES.c.reward),
        *(_CHOICES.c.weight, _MADE.c.track_id, _OWN.c.a, _OWN.c.b),
    )
    .join(_MADE, _MADE.c.id == _CHOICES.c.recommendation_id)
    .outerjoin(_OWN, and_(_OWN.c.user_id == _CHOICES.c.user_id, _OWN.c.version == VERSION))
    .where(_ONE, _CHOICES.c.version == VERSION)
)
"""All that is learned from, in one look."""
_LEARNED: Final = update(_CHOICES).where(_ONE)
_KEEP: Final = insert(_CHOICES)
_NOTHING: Final = Opinion(0.0, 0.0)
_RATED: Final = (
    select(_TRACKS.c.genre, func.sum(case((_PLAYS.c.liked.is_(True), 1), else_=0)), func.count())
    .join(_MADE, _MADE.c.track_id == _TRACKS.c.id)
    .join(_PLAYS, _PLAYS.c.recommendation_id == _MADE.c.id)
    .where(
        _PLAYS.c.user_id == bindparam("user_id"),
        _PLAYS.c.liked.is_not(None),
        _PLAYS.c.deletion_id.is_(None),
    )
    .group_by(_TRACKS.c.genre)
)
_RATED_FOR: Final = _RATED.where(_MADE.c.emotion == bindparam("emotion"))


def posterior(session: Session, user_id: int) -> Posterior:
    """What is known of the weights that hold for the user."""
    connection = session.connection()
    return Posterior.of(sums.LAYOUT, sums.shared(connection), sums.own(connection, user_id))


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
            "x": sums.to_bytes(pick.x),
            "prior": pick.prior,
            "expected": pick.expected,
        }
        for number, pick in picked.items()
    ]
    if rows:
        session.execute(_KEEP, rows)


def learn(session: Session, user_id: int, recommendation_id: int, said: Opinion | None) -> None:
    """Learn what the user's play of the recommendation says, instead of what it said before.

    `hold` the user before: nobody else is to learn of them meanwhile.
    """
    connection = session.connection()
    one = {"whose": user_id, "which": recommendation_id}
    found = connection.execute(_CHOICE, one).one_or_none()
    if found is None:
        return
    x, prior, expected, reward, weight, track_id, *kept = found
    before = Opinion(reward, weight) if weight is not None else None
    if said == before:
        return
    old, new = before or _NOTHING, said or _NOTHING
    more = new.weight - old.weight
    rewarded = new.weight * new.reward - old.weight * old.reward
    own = sums.to_own(kept)
    of_all, of_one = lesson(
        sums.LAYOUT, own, sums.to_floats(x), weight=more, reward=rewarded - more * prior
    )
    sums.teach(connection, of_all)
    sums.put_own(connection, user_id, own + of_one)
    _add_to_song(connection, track_id, rewarded - more * expected, more)
    kept_of_it = {"reward": said and said.reward, "weight": said and said.weight}
    connection.execute(_LEARNED, {**one, **kept_of_it})


def reset(session: Session, user_id: int) -> None:
    """Forget the user's own taste, and what could still be learned from songs heard so far.

    What they taught about songs in general stays in sums over everybody.
    """
    for row in (PersonTasteRow, ChoiceRow):
        session.execute(delete(row).where(row.user_id == user_id))


def bring(session: Session, guest_id: int, account_id: int) -> None:
    """Add what a guest has taught to what an account has. `hold` both before."""
    connection = session.connection()
    guest, account = sums.own(connection, guest_id), sums.own(connection, account_id)
    both = guest + account
    apart = explained(sums.LAYOUT, guest) + explained(sums.LAYOUT, account)
    sums.teach(connection, apart - explained(sums.LAYOUT, both))
    sums.put_own(connection, account_id, both)
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


def _add_to_song(connection: Connection, track_id: int, surprise: float, opinions: float) -> None:
    counted, added = _adding(connection.dialect.name)
    number = connection.scalars(counted).one()
    more = {"track_id": track_id, "surprise": surprise, "opinions": opinions, "changed": number}
    connection.execute(added, more)


@cache
def _adding(dialect: str) -> tuple[Any, Any]:
    """Numbers the next change of a song's row, and makes it."""
    counted = inserting(dialect, _NUMBERS).values(id=1, count=1)
    counting = counted.on_conflict_do_update(
        index_elements=["id"], set_={"count": _NUMBERS.c.count + 1}
    ).returning(_NUMBERS.c.count)
    old, add = _SONGS.c, inserting(dialect, _SONGS)
    summed = {name: old[name] + add.excluded[name] for name in ("surprise", "opinions")}
    return counting, add.on_conflict_do_update(
        index_elements=["track_id"], set_={**summed, "changed": add.excluded.changed}
    )
