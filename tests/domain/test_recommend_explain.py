"""The reason that is told is true of the song that was chosen."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.domain.minds import Mind, picks, track, wish
from today_feeling.domain.emotion import Emotion
from today_feeling.domain.music import Genre, SourceId, Track
from today_feeling.domain.recommend import Reason
from today_feeling.domain.recommend.choice import Pick
from today_feeling.domain.recommend.explain import Rated, explain
from today_feeling.domain.recommend.songs import Songs


def listed(
    genre: Genre, count: int, *, first: int = 1, source: SourceId = "youtube"
) -> list[Track]:
    return [track(first + number, genre, source) for number in range(count)]


BOTH = listed("jazz", 3, source="library") + listed("jazz", 3, first=100)


def reasons(
    tracks: list[Track],
    *ticked: Genre,
    emotion: Emotion | None = "sadness",
    rated: dict[Genre, Rated] | None = None,
    **how: Any,
) -> list[tuple[Pick, Reason]]:
    songs, what = Songs.of(tracks), wish(*ticked, **how)
    return [
        (each, explain(songs, what, each, emotion=emotion, rated=rated or {}))
        for each in picks(songs, what, 30, Mind(songs).known)
    ]


def codes(found: list[tuple[Pick, Reason]]) -> set[tuple[str, str | None]]:
    return {(reason.code, reason.genre) for _, reason in found}


def test_a_ticked_genre_is_named() -> None:
    found = reasons(listed("jazz", 9) + listed("pop", 9, first=50), "jazz", "pop")
    assert codes(found) == {("genre_for_emotion", "jazz"), ("genre_for_emotion", "pop")}


def test_without_ticks_any_genre_would_have_done() -> None:
    assert codes(reasons(listed("jazz", 5))) == {("any_genre", None)}


def test_ticked_genres_that_have_nothing_to_play_are_not_passed_over_in_silence() -> None:
    assert codes(reasons(listed("pop", 5), "trot")) == {("ticked_missing", None)}


def test_a_genre_that_only_learning_speaks_for_is_not_said_to_replace_the_ticked_one() -> None:
    """Whatever taught it: nothing was rated for this emotion."""
    songs, what = Songs.of(listed("jazz", 9) + listed("rock", 9, first=50)), wish("jazz")
    mind = Mind(songs)
    for each in picks(songs, wish("jazz", "rock"), 60):
        mind.learn(each, 1.0 if each.position >= 9 else -1.0)
    found = [
        (each.at_random, explain(songs, what, each, emotion="sadness", rated={}))
        for each in picks(songs, what, 60, mind.known)
    ]
    learned = {(why.code, why.genre) for at_random, why in found if not at_random}
    drawn = {(why.code, why.genre) for at_random, why in found if at_random}
    assert (learned, drawn) == ({("learned", "rock")}, {("genre_for_emotion", "jazz")})


def test_without_ticks_learning_is_named_once_something_was_rated() -> None:
    rated: dict[Genre, Rated] = {"rock": Rated(0, 3)}
    told = [(each.at_random, why.code) for each, why in reasons(listed("jazz", 5), rated=rated)]
    assert set(told) == {(False, "learned"), (True, "any_genre")}


def test_no_emotion_is_a_random_song() -> None:
    assert codes(reasons(listed("pop", 5), emotion=None, by_rule=True)) == {("random", None)}


def test_what_was_liked_is_counted() -> None:
    found = reasons(listed("jazz", 9), "jazz", rated={"jazz": Rated(4, 5)})
    told = [reason for each, reason in found if not each.at_random]
    assert {(one.code, one.liked, one.heard) for one in told} == {("liked_genre", 4, 5)}
    few = reasons(listed("jazz", 9), "jazz", rated={"jazz": Rated(2, 2)})
    assert codes(few) == {("genre_for_emotion", "jazz")}


def test_the_source_that_takes_over_says_so() -> None:
    found = reasons(BOTH, "jazz", sources=("youtube", "library"), unavailable={"youtube"})
    assert codes(found) == {("source_fallback", "jazz")}
    assert {reason.instead_of for _, reason in found} == {"youtube"}


def test_an_unreachable_source_that_was_not_preferred_is_not_blamed() -> None:
    found = reasons(BOTH, "jazz", unavailable={"youtube"})
    assert codes(found) == {("genre_for_emotion", "jazz")}


def test_an_unreachable_source_without_such_songs_is_not_blamed() -> None:
    tracks = listed("jazz", 3, source="library") + listed("pop", 3, first=100)
    found = reasons(tracks, "jazz", sources=("youtube", "library"), unavailable={"youtube"})
    assert codes(found) == {("genre_for_emotion", "jazz")}


def test_songs_of_a_genre_are_equally_likely_to_who_is_new() -> None:
    songs = Songs.of(listed("jazz", 4))
    times = np.bincount([one.position for one in picks(songs, wish("jazz"), 800)], minlength=4)
    assert np.abs(times - 200).max() < 60
