"""Chooses the songs of one plan, one after the other, and judges those that wait."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.orm import Session

from today_feeling.domain.affect import Affect
from today_feeling.domain.diary import zone
from today_feeling.domain.goals import step as step_of
from today_feeling.domain.music import Genre, SourceId, Track
from today_feeling.domain.recommend import Choice, Mood, Recommendation
from today_feeling.domain.recommend.choice import Knowledge, Pick, pick
from today_feeling.domain.recommend.explain import Rated, explain
from today_feeling.domain.recommend.features import hour_of, moment
from today_feeling.domain.recommend.pools import Wish, playable
from today_feeling.domain.recommend.queue import still_fits
from today_feeling.errors import NotFound, NothingToPlay
from today_feeling.music import library
from today_feeling.store import bans, plays, preferences, taste, tracks
from today_feeling.store.shelf import Shelf


class _Chosen(NamedTuple):
    """A song for a free place, not kept yet."""

    picked: Pick
    choice: Choice


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

    @staticmethod
    def of(
        session: Session,
        held: Shelf,
        user_id: int,
        mood: Mood,
        *,
        unavailable: Collection[SourceId],
        avoid: Collection[int],
        heard: int,
        clock: ZoneInfo | None,
        now: datetime,
        rng: random.Random,
    ) -> Planner:
        """`unavailable`: sources. `avoid`: tracks that only come where there is nothing else.
        `heard`: songs in a row. `clock`: see `choosing.Queue`.
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
            user_id=user_id,
            allow=liked.allow,
            by_rule=emotion is None,
        )
        hour = hour_of(now, clock or _settled(session, user_id))
        here = moment(mood.felt, mood.confidence, mood.goal, hour, heard)
        known = Knowledge(taste.posterior(session, user_id), held.standing, here)
        rated = taste.rated(session, user_id, emotion)
        return Planner(session, user_id, mood, held, wish, known, rated, now, rng)

    def keep(
        self, waiting: Sequence[tuple[Recommendation, bool] | None], ahead: int
    ) -> list[Recommendation | None]:
        """The songs that wait, in their places, without those that are not right any more or do
        not sound.

        `waiting`: each with whether the user put it there; None is a free place. `ahead`: so many
        songs come before the first.
        """
        songs = self.held.songs
        sounding = self._sounding([each[0].track.id for each in waiting if each is not None])
        at = songs.positions(list(sounding))
        right = set(songs.ids[at[playable(songs, self.wish).has(at)]].tolist())
        kept: list[Recommendation | None] = [None] * len(waiting)
        for index, each in enumerate(waiting):
            if each is None or each[0].track.id not in right:
                continue
            song, placed = each
            if placed or still_fits(song, index + ahead, self.mood):
                right.remove(song.track.id)  # a second time it is one too many
                kept[index] = song
        return kept

    def fill(
        self,
        places: Sequence[Recommendation | None],
        recent: Sequence[int],
        *,
        first: int,
        ahead: int,
    ) -> list[Recommendation]:
        """The queue with a song chosen for each free place, as far as there are songs.

        `recent`: tracks that come before, the last one first. `first`: so many steps after the mood
        the first place is. `ahead`: so many songs come before it. Raises `NothingToPlay`.
        """
        while True:
            chosen = self._chosen(places, recent, first, ahead)
            wanted = [each.choice.track_id for each in chosen.values()]
            sounding = self._sounding(wanted)
            silent = {each for each in wanted if each not in sounding}
            if not silent:
                break
            self.wish = replace(self.wish, blocked={*self.wish.blocked, *silent})
        made = self._write(chosen, sounding)
        filled = [made.get(index, place) for index, place in enumerate(places)]
        return [each for each in filled if each is not None]

    def _chosen(
        self,
        places: Sequence[Recommendation | None],
        recent: Sequence[int],
        first: int,
        ahead: int,
    ) -> dict[int, _Chosen]:
        """A song for each free place, by its index; none where only songs are left that are planned
        already, or play, and this one is for later, or another follows that may come up."""
        chosen: dict[int, _Chosen] = {}
        taken = {place.track.id for place in places if place is not None}
        for index, place in enumerate(places):
            track_id = place.track.id if place is not None else None
            if place is None:
                following = [each.track.id for each in places[index + 1 :] if each is not None]
                step, planned = first + index, index + ahead > 0
                one = self._choose(recent, following, step, planned)
                if not (planned or following) or one.choice.track_id not in {*recent[:1], *taken}:
                    chosen[index], track_id = one, one.choice.track_id
                    taken.add(track_id)
            if track_id is not None:
                recent = [track_id, *recent]
        return chosen

    def _choose(
        self, recent: Sequence[int], following: Sequence[int], step: int, planned: bool
    ) -> _Chosen:
        wish = replace(self.wish, recent=recent, following=following, target=self._target(step))
        picked = self._pick(wish)
        emotion = None if wish.by_rule else self.mood.emotion
        choice = Choice(
            track_id=int(self.held.songs.ids[picked.position]),
            reason=explain(self.held.songs, wish, picked, emotion=emotion, rated=self.rated),
            probability=picked.probability,
            at_random=picked.at_random,
            planned=planned,
            step=step,
        )
        return _Chosen(picked, choice)

    def _write(
        self, chosen: Mapping[int, _Chosen], known: Mapping[int, Track]
    ) -> dict[int, Recommendation]:
        """The same as recommendations, which are kept with what learning from them needs."""
        made = plays.add_recommendations(
            self.session,
            self.user_id,
            self.mood,
            [(each.choice, known[each.choice.track_id]) for each in chosen.values()],
            self.now,
        )
        picks = zip(made, chosen.values(), strict=True)
        taste.keep(self.session, self.user_id, {each.id: one.picked for each, one in picks})
        return dict(zip(chosen, made, strict=True))

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

    def _sounding(self, track_ids: Sequence[int]) -> dict[int, Track]:
        """Those of the tracks whose file is there, where it is a file of ours; a missing one is
        noted.

        The shelf was read before this transaction, and SQLite gives the ids of what was deleted to
        others: so it is asked here whose the song is now.
        """
        found = tracks.placed_for(self.session, self.user_id, track_ids) if track_ids else {}
        sounding = {}
        for track_id, (track, file) in found.items():
            try:
                if file is not None:
                    library.servable(*file)
            except NotFound:
                tracks.mark_missing(self.session, track_id)
            else:
                sounding[track_id] = track
        return sounding


def _settled(session: Session, user_id: int) -> ZoneInfo | None:
    """The clock of the user's settings, if they name one."""
    name = preferences.get_options(session, user_id).timezone
    return zone(name) if name else None


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
