"""From a mood to a song that plays, and what came of it."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from today_feeling.domain.affect import AFFECT, Affect, expected_affect
from today_feeling.domain.diary import Outcome, Play
from today_feeling.domain.goals import path, progress
from today_feeling.domain.music import FailureCode, SourceId
from today_feeling.domain.recommend import Choice, Mood, Recommendation
from today_feeling.domain.recommend.choice import pick
from today_feeling.domain.recommend.explain import Taste, explain
from today_feeling.domain.recommend.pools import NO_REPEAT_WINDOW, Wish
from today_feeling.domain.recommend.reward import Opinion, opinion
from today_feeling.domain.recommend.songs import moment
from today_feeling.errors import NotFound, NothingToPlay
from today_feeling.music import library
from today_feeling.store import plays, preferences, taste, tracks
from today_feeling.store.database import Database
from today_feeling.store.shelf import shelf


class _Unset(Enum):
    UNSET = 0


UNSET: Final = _Unset.UNSET
"""Said instead of a value that stays as it is; None means "nothing"."""


def recommend(
    database: Database,
    user_id: int,
    mood: Mood,
    *,
    unavailable: Collection[SourceId],
    now: datetime,
    rng: random.Random,
) -> Recommendation:
    """The next song for the user, kept with its reason. Raises `NothingToPlay`.

    `unavailable`: sources that the user's browser cannot reach now.
    """
    with database.writing() as session:
        liked = preferences.get(session, user_id)
        last = plays.last_recommended(session, user_id, NO_REPEAT_WINDOW)
        if last:
            # What was seen after a song comes in when it has ended: learn it with the next one.
            _learn(session, user_id, plays.of_recommendation(session, user_id, last[0].id))
        held = shelf(database, session, now)
        emotion = None if mood.origin == "random" else mood.emotion
        felt = _felt(mood)
        wish = Wish(
            ticked=frozenset(liked.ticked(emotion)),
            sources=liked.sources,
            unavailable=unavailable,
            recent=[recommended.track_id for recommended in last],
            avoid=tracks.failed_since(session, user_id, last[0].created_at) if last else (),
            blocked=tracks.failed_for_good(session, user_id),
            goal=mood.goal,
            target=path(felt, mood.goal)[0] if felt and mood.goal != "match" else None,
            allowed=held.allowed(liked, user_id),
            by_rule=emotion is None,
        )
        hour = now.hour + now.minute / 60
        known = taste.knowledge(
            session, user_id, held.songs, moment(felt, mood.confidence, mood.goal, hour)
        )
        try:
            picked = pick(held.songs, wish, known, np.random.default_rng(rng.getrandbits(64)))
        except NothingToPlay as nothing:
            if nothing.cause == "no_tracks" and tracks.any_available(session, user_id, liked):
                raise NothingToPlay(
                    "None of the songs in the sources that are switched on could be played here.",
                    "all_failed",
                ) from nothing
            raise
        rated = taste.rated(session, user_id, emotion)
        choice = Choice(
            track_id=int(held.songs.ids[picked.position]),
            reason=explain(held.songs, wish, picked, emotion=emotion, rated=rated),
            probability=picked.probability,
        )
        made = plays.add_recommendation(session, user_id, mood, choice, now)
        taste.keep(session, user_id, made.id, picked)
        return made


def _felt(mood: Mood) -> Affect | None:
    if mood.origin == "random":
        return None
    if mood.probabilities is not None and sum(mood.probabilities) > 0:
        total = sum(mood.probabilities)
        return expected_affect([each / total for each in mood.probabilities])
    return AFFECT[mood.emotion] if mood.emotion is not None else None


def _learn(session: Session, user_id: int, play: Play | None) -> None:
    """Learn what is known of the play now; what was learned of it before is replaced."""
    if play is not None:
        taste.learn(session, user_id, play.recommendation.id, _opinion(play))


def _opinion(play: Play) -> Opinion | None:
    after, goal = play.after, play.recommendation.mood.goal
    return opinion(
        liked=play.liked,
        outcome=play.outcome,
        seconds=play.seconds,
        progress=progress(goal, after.valence_before, after.valence_after) if after else None,
    )


def taste_of(database: Database, user_id: int) -> Taste:
    """What was learned of the user, as far as it can be said in words."""
    with database.reading() as session:
        rated = taste.rated(session, user_id, None)
        return Taste(rated, taste.learned_from(session, user_id))


def forget_taste(database: Database, user_id: int) -> None:
    """Forget what was learned of the user's own taste; the diary stays."""
    with database.writing() as session:
        taste.reset(session, user_id)


def start_play(database: Database, user_id: int, recommendation_id: int, now: datetime) -> Play:
    """The recommended song sounds now; said twice it is still one play. Raises `NotFound`."""
    with database.writing() as session:
        if not plays.has_recommendation(session, user_id, recommendation_id):
            raise NotFound("There is no such recommendation.")
        play = plays.start(session, user_id, recommendation_id, now)
    if play is None:
        raise NotFound("This play was deleted.")
    return play


def change_play(
    database: Database,
    user_id: int,
    play_id: int,
    *,
    outcome: Outcome | _Unset = UNSET,
    seconds: float | _Unset = UNSET,
    liked: bool | _Unset | None = UNSET,
) -> Play:
    """Note what came of a play; what is not given stays. Raises `NotFound`."""
    with database.writing() as session:
        play = plays.get(session, user_id, play_id)
        if play is None:
            raise NotFound("There is no such play.")
        plays.change(
            session,
            user_id,
            play_id,
            outcome=play.outcome if outcome is UNSET else outcome,
            seconds=play.seconds if seconds is UNSET else seconds,
            liked=play.liked if liked is UNSET else liked,
        )
        changed = plays.get(session, user_id, play_id)
        assert changed is not None  # noqa: S101 - it was there a line ago, in this transaction
        _learn(session, user_id, changed)
        return changed


def report_failure(
    database: Database, user_id: int, track_id: int, code: FailureCode, now: datetime
) -> None:
    """The track did not play for this user. Raises `NotFound`."""
    with database.writing() as session:
        if not tracks.is_for(session, user_id, track_id):
            raise NotFound("There is no such track.")
        tracks.add_failure(session, user_id, track_id, code, now)


def audio_file(database: Database, track_id: int) -> tuple[Path, str]:
    """The file of a library track and its media type.

    Raises `NotFound` where the track has no file, or the file is gone: then nobody is offered
    the track until a rescan finds it again.
    """
    with database.reading() as session:
        found = tracks.file_of(session, track_id)
    if found is None:
        raise NotFound("This track has no file.")
    try:
        return library.servable(*found)
    except NotFound:
        with database.writing() as session:
            tracks.mark_missing(session, track_id)
        raise
