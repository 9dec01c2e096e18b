"""Songs for somebody of whom nothing is kept: what the choice needs comes with the question.

The question is answered by the same rules as everybody's. For that its sender is a guest with
preferences and a past, in a transaction that is never committed.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from today_feeling.domain.music import Preferences, SourceId
from today_feeling.domain.recommend import Choice, Mood, Reason, Recommendation
from today_feeling.errors import NotFound
from today_feeling.services.choosing import Queue, Waiting, plan_in
from today_feeling.store import accounts, plays, preferences, tracks
from today_feeling.store.database import Database
from today_feeling.store.shelf import shelf

_NOBODY: Final = 0
"""The number of no user."""

_WHY = Reason("any_genre", None, None)
"""Of songs that the sender knows already; nobody is told."""


@dataclass(frozen=True, slots=True)
class Known:
    """A song that the sender got in an earlier answer, and the mood that it was chosen for."""

    track_id: int
    mood: Mood
    step: int = 0
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and all that is to be known of who asks."""

    mood: Mood
    preferences: Preferences
    heard: Sequence[int] = ()
    """Tracks, the last one first."""
    failed: Collection[int] = ()
    """Tracks that do not play there."""
    waiting: Sequence[Known] = ()
    playing: Known | None = None
    without: Collection[int] = ()
    """Tracks that are not to come now."""
    queue: Queue = field(default_factory=Queue)
    """Length, `fresh`, `step` and `clock`; the rest of it comes from the above."""


def plan(
    database: Database,
    question: Question,
    *,
    unavailable: Collection[SourceId],
    now: datetime,
    rng: random.Random,
) -> list[Recommendation]:
    """The next songs, as `choosing.plan` has them; their ids mean nothing. Nothing is kept.

    Raises `NothingToPlay`.
    """
    held = shelf(database)
    with database.trying() as session:
        user_id = accounts.add_guest(session, now).id
        preferences.put(session, user_id, question.preferences)
        there = _Past(session, user_id, now)
        for track_id in reversed(question.heard):
            there.heard(track_id)
        for track_id in there.known(question.failed):
            tracks.add_failure(session, user_id, track_id, "100", now)
        session.flush()
        queue = replace(
            question.queue,
            waiting=there.waiting(question.waiting),
            without=[there.planned(Known(each, question.mood)) for each in question.without],
            playing=there.planned(question.playing) if question.playing else None,
        )
        return plan_in(
            session,
            held,
            user_id,
            question.mood,
            queue,
            unavailable=unavailable,
            now=now,
            rng=rng,
        )


def for_anybody(database: Database, track_id: int) -> None:
    """Raises `NotFound` where the track is a user's own, or there is none."""
    with database.reading() as session:
        if not tracks.is_for(session, _NOBODY, track_id):
            raise NotFound("There is no such track.")


class _Past:
    """Puts into the transaction what the sender says of the time before."""

    def __init__(self, session: Session, user_id: int, now: datetime) -> None:
        self._session, self._user_id, self._now = session, user_id, now
        # Only a page that is open knows what it played: that is one session.
        self._at = now - timedelta(minutes=5)

    def known(self, track_ids: Iterable[int]) -> list[int]:
        """Those that there are."""
        return [each for each in track_ids if tracks.is_for(self._session, self._user_id, each)]

    def heard(self, track_id: int) -> None:
        self._at += timedelta(seconds=1)
        self._add(Known(track_id, Mood(None, "random")), planned=False)

    def waiting(self, songs: Iterable[Known]) -> list[Waiting]:
        return [Waiting(self.planned(each), each.placed) for each in songs]

    def planned(self, song: Known) -> int:
        """The number of its recommendation; 0, which none has, for a song that is gone."""
        return self._add(song, planned=True)

    def _add(self, song: Known, *, planned: bool) -> int:
        if not self.known([song.track_id]):
            return 0
        choice = Choice(song.track_id, _WHY, 1.0, planned=planned, step=song.step)
        at = self._now if planned else self._at
        return plays.add_recommendation(self._session, self._user_id, song.mood, choice, at).id
