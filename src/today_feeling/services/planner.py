"""Chooses the songs of one plan, one after the other, and judges those that wait."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.orm import Session

from today_feeling.domain.affect import Affect
from today_feeling.domain.diary import zone
from today_feeling.domain.goals import step as step_of
from today_feeling.domain.music import Genre, SourceId
from today_feeling.domain.recommend import Choice, Mood, Recommendation
from today_feeling.domain.recommend.choice import Knowledge, Pick, pick
from today_feeling.domain.recommend.explain import Rated, explain
from today_feeling.domain.recommend.pools import Wish, playable
from today_feeling.domain.recommend.queue import still_fits
from today_feeling.domain.recommend.songs import moment
from today_feeling.errors import NotFound, NothingToPlay
from today_feeling.music import library
from today_feeling.store import bans, plays, preferences, taste, tracks
from today_feeling.store.shelf import Shelf


@dataclass(slots=True)
class Planner:
    """What stays the same for all songs of one plan."""

    session: Session
    user_id: int
    mood: Mood
    held: Shelf
    wish: Wish
    known: Knowledge
    rated: Mapping[Genre, Rated]
    """By the user, for the emotion."""
    now: datetime
    rng: random.Random
    taken: set[int] = field(default_factory=set)
    """Tracks of this plan."""

    @staticmethod
    def of(
        session: Session,
        held: Shelf,
        user_id: int,
        mood: Mood,
        *,
        unavailable: Collection[SourceId],
        avoid: Collection[int],
        clock: ZoneInfo | None,
        now: datetime,
        rng: random.Random,
    ) -> Planner:
        """`unavailable`: sources. `avoid`: tracks that only come where there is nothing else.
        `clock`: see `choosing.Queue`.
        """
        liked = preferences.get(session, user_id)
        emotion = None if mood.origin == "random" else mood.emotion
        not_wanted = bans.blocked(session, user_id, now)
        wish = Wish(
            ticked=frozenset(liked.ticked(emotion)),
            sources=liked.sources,
            unavailable=unavailable,
            avoid=avoid,
            blocked=tracks.failed_for_good(session, user_id) | not_wanted.tracks,
            blocked_artists=not_wanted.artists,
            goal=mood.goal,
            allowed=held.allowed(liked),
            by_rule=emotion is None,
        )
        hour = _hour(now, clock, preferences.get_options(session, user_id).timezone)
        here = moment(mood.felt, mood.confidence, mood.goal, hour)
        known = Knowledge(taste.posterior(session, user_id), *held.heard, here)
        rated = taste.rated(session, user_id, emotion)
        return Planner(session, user_id, mood, held, wish, known, rated, now, rng)

    def keeps(self, waiting: Recommendation, ahead: int, placed: bool) -> bool:
        """Whether a song that waits, with `ahead` songs before it, is still right and sounds."""
        track_id = waiting.track.id
        at = self.held.songs.positions([track_id])
        right = (
            track_id not in self.taken
            and (placed or still_fits(waiting, ahead, self.mood))
            and at.size > 0
            and bool(playable(self.held.songs, self.wish)[at[0]])
            and self._sounds(track_id)
        )
        if right:
            self.taken.add(track_id)
        return right

    def choose(
        self,
        *,
        recent: Sequence[int],
        following: Sequence[int],
        step: int,
        planned: bool,
    ) -> Recommendation | None:
        """One more song, `step` songs after the mood; None where only songs are left that are
        planned already, or play, and this one is for later, or another follows that may come up.

        `recent`: tracks that come before, the last one first. `following`: those that come after.
        Raises `NothingToPlay`.
        """
        session, user_id = self.session, self.user_id
        wish = replace(self.wish, recent=recent, following=following, target=self._target(step))
        while True:
            picked = self._pick(wish)
            track_id = int(self.held.songs.ids[picked.position])
            if self._sounds(track_id):
                break
            wish = replace(wish, blocked={*wish.blocked, track_id})
            self.wish = replace(self.wish, blocked=wish.blocked)
        if (planned or following) and track_id in {*recent[:1], *self.taken}:
            return None
        self.taken.add(track_id)
        emotion = None if wish.by_rule else self.mood.emotion
        choice = Choice(
            track_id=track_id,
            reason=explain(self.held.songs, wish, picked, emotion=emotion, rated=self.rated),
            probability=picked.probability,
            at_random=picked.at_random,
        )
        made = plays.add_recommendation(
            session, user_id, self.mood, choice, self.now, planned=planned, step=step
        )
        taste.keep(session, user_id, made.id, picked)
        return made

    def _target(self, index: int) -> Affect | None:
        felt = self.mood.felt
        if felt is None or self.mood.goal == "match":
            return None
        return step_of(felt, self.mood.goal, index).to

    def _pick(self, wish: Wish) -> Pick:
        rng = np.random.default_rng(self.rng.getrandbits(64))
        try:
            return pick(self.held.songs, wish, self.known, rng)
        except NothingToPlay as nothing:
            liked = preferences.get(self.session, self.user_id)
            if nothing.cause == "no_tracks" and tracks.any_available(
                self.session, self.user_id, liked
            ):
                raise _nothing_left(self.session, self.user_id, self.now) from nothing
            raise

    def _sounds(self, track_id: int) -> bool:
        """Whether the song's file is there, where it is a file of ours; a missing one is noted.

        The shelf may be minutes old, and SQLite gives the ids of what was deleted to others: so
        it is asked here whose the song is now.
        """
        place = tracks.place_for(self.session, self.user_id, track_id)
        if place is None:
            return False
        if place == "elsewhere":
            return True
        try:
            library.servable(*place)
        except NotFound:
            tracks.mark_missing(self.session, track_id)
            return False
        return True


def _hour(now: datetime, clock: ZoneInfo | None, settled: str | None) -> float | None:
    """What the user's clock shows, 0..24; None where nobody knows."""
    there = clock or (zone(settled) if settled else None)
    if there is None:
        return None
    shown = now.astimezone(there)
    return shown.hour + shown.minute / 60


def _nothing_left(session: Session, user_id: int, now: datetime) -> NothingToPlay:
    if any(bans.blocked(session, user_id, now)):
        return NothingToPlay(
            "Every song in the sources that are switched on is banned, rests or could not be"
            " played here.",
            "all_banned",
        )
    return NothingToPlay(
        "None of the songs in the sources that are switched on could be played here.",
        "all_failed",
    )
