"""From a mood to the next songs: one now, or a queue of them."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from today_feeling.domain.music import SourceId
from today_feeling.domain.recommend import Mood, Recommendation
from today_feeling.domain.recommend.features import in_a_row
from today_feeling.domain.recommend.pools import NO_REPEAT_WINDOW
from today_feeling.services.learning import learn
from today_feeling.services.planner import Planner
from today_feeling.store import plays, taste, tracks
from today_feeling.store.database import Database
from today_feeling.store.shelf import Shelf, shelf

PLANS_KEPT: Final = timedelta(days=1)
"""So long a song that was planned may still begin, in a page that was left open."""


class Waiting(NamedTuple):
    """A song of the queue."""

    recommendation_id: int
    placed: bool
    """The user has put it where it is: it stays there whatever the mood."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue as the user's page has it, and what is asked for."""

    waiting: Sequence[Waiting] = ()
    """In order."""
    without: Sequence[int] = ()
    """Recommendations that the user took out: their songs are not to come now."""
    length: int = 1
    """So many songs are wanted, 1..`LONGEST`."""
    playing: int | None = None
    """The recommendation that sounds meanwhile: what is chosen comes after it."""
    fresh: bool = False
    """The first song is chosen anew, before what waits."""
    step: int = 0
    """So many songs were heard since the mood was told; one that the camera sees is always new."""
    clock: ZoneInfo | None = None
    """The user's; None is that of the user's settings, if they name one."""


def recommend(
    database: Database,
    user_id: int,
    mood: Mood,
    *,
    unavailable: Collection[SourceId],
    now: datetime,
    rng: random.Random,
    clock: ZoneInfo | None = None,
) -> Recommendation:
    """The next song for the user, kept with its reason. `clock`: see `Queue`. Raises
    `NothingToPlay`."""
    queue = Queue(clock=clock)
    (made,) = plan(database, user_id, mood, queue, unavailable=unavailable, now=now, rng=rng)
    return made


def plan(
    database: Database,
    user_id: int,
    mood: Mood,
    queue: Queue,
    *,
    unavailable: Collection[SourceId],
    now: datetime,
    rng: random.Random,
) -> list[Recommendation]:
    """The next songs, each kept with its reason and its probability.

    What waits and still fits stays where it is; what cannot be played any more, or was planned
    for another mood or goal, is replaced. What is chosen follows the goal's path, one step a song.
    `unavailable`: sources that the user's browser cannot reach now. Raises `NothingToPlay` where
    there is nothing at all; where songs run out, there are fewer.
    """
    held = shelf(database)  # before: nobody who writes is to wait for it
    with database.writing() as session:
        return plan_in(
            session, held, user_id, mood, queue, unavailable=unavailable, now=now, rng=rng
        )


def plan_in(
    session: Session,
    held: Shelf,
    user_id: int,
    mood: Mood,
    queue: Queue,
    *,
    unavailable: Collection[SourceId],
    now: datetime,
    rng: random.Random,
) -> list[Recommendation]:
    """The same as `plan`, in a transaction that is open already."""
    heard = plays.last_recommended(session, user_id, NO_REPEAT_WINDOW)
    if heard:
        # What was seen after a song comes in when it has ended: learn it with the next one.
        taste.hold(session, user_id)
        learn(session, user_id, plays.of_recommendation(session, user_id, heard[0].id))
    plays.forget_plans(session, user_id, now - PLANS_KEPT)
    named = [*(each.recommendation_id for each in queue.waiting), *queue.without]
    playing = queue.playing or 0  # no recommendation has that number
    made = plays.recommended(session, user_id, [*named, playing] if playing else named)
    avoid = {made[each].track.id for each in queue.without if each in made}
    if heard:
        avoid |= tracks.failed_since(session, user_id, heard[0].at)
    planner = Planner.of(
        session,
        held,
        user_id,
        mood,
        unavailable=unavailable,
        avoid=avoid,
        heard=in_a_row((each.at for each in heard), now),
        clock=queue.clock,
        now=now,
        rng=rng,
    )
    ahead = 1 if playing else 0
    recent = [each.track_id for each in heard]
    first = queue.step + ahead
    if playing in made:
        recent = [made[playing].track.id, *recent]
        if made[playing].mood.goal != mood.goal:
            first = queue.step  # what plays is no step of this way: it begins with the next
    waiting: list[tuple[Recommendation, bool] | None] = [None] * queue.length
    for index, each in enumerate(queue.waiting[: queue.length - queue.fresh], int(queue.fresh)):
        if each.recommendation_id in made:
            waiting[index] = made[each.recommendation_id], each.placed
    return planner.fill(planner.keep(waiting, ahead), recent, first=first, ahead=ahead)
