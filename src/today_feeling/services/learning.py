"""What a play says about the choice, and what was learned of a user."""

from __future__ import annotations

from sqlalchemy.orm import Session

from today_feeling.domain.diary import Play
from today_feeling.domain.goals import progress
from today_feeling.domain.recommend.explain import Taste
from today_feeling.domain.recommend.reward import Opinion, opinion
from today_feeling.store import bans, taste
from today_feeling.store.database import Database


def learn(session: Session, user_id: int, play: Play | None) -> None:
    """Learn what is known of the play now; what was learned of it before is replaced."""
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
        rated = taste.rated(session, user_id, None)
        return Taste(rated, taste.learned_from(session, user_id))


def forget_taste(database: Database, user_id: int) -> None:
    """Forget what was learned of the user's own taste; the diary and the bans stay."""
    with database.writing() as session:
        taste.reset(session, user_id)
