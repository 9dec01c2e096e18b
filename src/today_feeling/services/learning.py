"""What a play says about the choice, and what was learned of a user."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from today_feeling.domain.diary import Play
from today_feeling.domain.goals import progress
from today_feeling.domain.helps import helped
from today_feeling.domain.recommend.explain import Taste
from today_feeling.domain.recommend.leanings import LEARNED_ENOUGH, leanings
from today_feeling.domain.recommend.reward import Opinion, opinion
from today_feeling.store import bans, helps, taste
from today_feeling.store.database import Database

ARTISTS: Final = 20
"""Of so many it is told what they did."""


def learn(session: Session, user_id: int, play: Play | None) -> None:
    """Learn what is known of the play now; what was learned of it before is replaced.

    `taste.hold` the user before.
    """
    if play is not None:
        banned = bans.said_at(session, user_id, play.recommendation.id)
        taste.learn(session, user_id, play.recommendation.id, _opinion(play, banned))


def _opinion(play: Play, banned: bool) -> Opinion | None:
    after, goal = play.after, play.recommendation.mood.goal
    return opinion(
        liked=play.liked,
        outcome=play.outcome,
        seconds=play.seconds,
        progress=progress(goal, after.valence_before, after.valence_after) if after else None,
        banned=banned,
    )


def taste_of(database: Database, user_id: int) -> Taste:
    """What was learned of the user, as far as it can be said in words."""
    with database.reading() as session:
        learned_from = taste.learned_from(session, user_id)
        told = learned_from >= LEARNED_ENOUGH
        return Taste(
            rated=taste.rated(session, user_id, None),
            learned_from=learned_from,
            leanings=leanings(taste.posterior(session, user_id)) if told else [],
            genres=helped(helps.by_genre(session, user_id)),
            artists=helped(helps.by_artist(session, user_id, ARTISTS)),
        )


def forget_taste(database: Database, user_id: int) -> None:
    """Forget what was learned of the user's own taste; the diary and the bans stay."""
    with database.writing() as session:
        taste.hold(session, user_id)  # else what is being learned just now would stay
        taste.reset(session, user_id)
