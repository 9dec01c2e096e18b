"""Why this song, in one line that is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from today_feeling.domain.emotion import Emotion
from today_feeling.domain.helps import Helped
from today_feeling.domain.music import GENRES, SOURCES, Genre
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.leanings import Leaning
from today_feeling.domain.recommend.pools import Wish
from today_feeling.domain.recommend.recommendation import Reason, ReasonCode
from today_feeling.domain.recommend.songs import Songs

ENOUGH: Final = 3
"""So many ratings of a genre say something."""


class Rated(NamedTuple):
    """What a user said of the songs of a genre that they heard in some mood."""

    liked: int
    heard: int
    """Only songs that the user rated."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What a user can be told of what was learned of them."""

    rated: Mapping[Genre, Rated]
    """Whatever the emotion."""
    learned_from: int
    """So many plays said something."""
    leanings: Sequence[Leaning]
    """None before there are enough of them."""
    genres: Mapping[Genre, Helped]
    """What each did to the mood, whatever was said."""
    artists: Mapping[str, Helped]
    """The same of the artists that were heard most."""


def explain(
    songs: Songs,
    wish: Wish,
    chosen: Pick,
    *,
    emotion: Emotion | None,
    rated: Mapping[Genre, Rated],
) -> Reason:
    """The first of these that holds: another source took over; nothing was asked for; the user
    liked at least half of the genre's songs in this mood; the genre is ticked; nothing of the
    ticked genres can be played; learning chose it although nothing of that is so, which skips,
    other moods and other people teach as well; any would have done.

    `rated`: by the user, for the emotion.
    """
    kind = songs.kinds[songs.kind[chosen.position]]
    genre, source = GENRES[kind.genre], SOURCES[kind.source]
    ticked = genre if genre in wish.ticked else None
    for preferred in wish.sources[: wish.sources.index(source)]:
        wanted = songs.of_user(wish.user_id) & (songs.sources == SOURCES.index(preferred))
        if ticked:
            wanted &= songs.genres == kind.genre
        if preferred in wish.unavailable and songs.count[wanted].any():
            return Reason("source_fallback", ticked, emotion, preferred)
    if emotion is None:
        return Reason("random", None, None)
    known = rated.get(genre, Rated(0, 0))
    if not chosen.at_random and known.heard >= ENOUGH and 2 * known.liked >= known.heard:
        return Reason("liked_genre", genre, emotion, liked=known.liked, heard=known.heard)
    code: ReasonCode = "any_genre"
    if ticked:
        code = "genre_for_emotion"
    elif wish.ticked and not chosen.ticked_there:
        code = "ticked_missing"
    elif not chosen.at_random and (wish.ticked or any(each.heard for each in rated.values())):
        return Reason("learned", genre, emotion)
    return Reason(code, ticked, emotion)
