from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from today_feeling.domain.music import Genre, SourceId
from today_feeling.domain.recommend import Candidate, Choice, recommend
from today_feeling.errors import NothingToPlay


def songs(
    genre: Genre, count: int, *, first: int = 1, source: SourceId = "youtube"
) -> list[Candidate]:
    return [Candidate(first + number, genre, source) for number in range(count)]


def listen(
    candidates: list[Candidate], ticked: set[Genre], times: int, seed: int = 1
) -> list[Choice]:
    """Ask `times` times, each time remembering what came before."""
    rng = random.Random(seed)  # noqa: S311
    choices: list[Choice] = []
    for _ in range(times):
        choices.append(
            recommend(
                candidates,
                emotion="sadness",
                ticked=ticked,
                sources=("library", "youtube"),
                recent=[choice.track_id for choice in reversed(choices)],
                rng=rng,
            )
        )
    return choices


def one(candidates: list[Candidate], **how: object) -> Choice:
    defaults: dict[str, object] = {
        "emotion": "sadness",
        "ticked": (),
        "sources": ("library", "youtube"),
        "rng": random.Random(7),  # noqa: S311
    }
    return recommend(candidates, **{**defaults, **how})  # type: ignore[arg-type]


def test_only_ticked_genres_play() -> None:
    candidates = songs("jazz", 30) + songs("pop", 30, first=100) + songs("rock", 30, first=200)
    choices = listen(candidates, {"jazz", "rock"}, 200)
    assert {choice.reason.genre for choice in choices} == {"jazz", "rock"}
    assert not any(100 <= choice.track_id < 200 for choice in choices)
    assert {choice.reason.code for choice in choices} == {"genre_for_emotion"}


def test_ticked_genres_are_equally_likely_however_many_songs_they_have() -> None:
    candidates = songs("jazz", 5) + songs("pop", 500, first=100)
    drawn = Counter(
        one(candidates, ticked={"jazz", "pop"}, rng=random.Random(seed)).reason.genre  # noqa: S311
        for seed in range(2000)
    )
    assert abs(drawn["jazz"] - 1000) < 120


def test_songs_of_a_genre_are_equally_likely() -> None:
    drawn = Counter(
        one(songs("jazz", 4), ticked={"jazz"}, rng=random.Random(seed)).track_id  # noqa: S311
        for seed in range(2000)
    )
    assert all(abs(drawn[track_id] - 500) < 100 for track_id in (1, 2, 3, 4))


def test_the_probability_is_that_of_the_draw() -> None:
    candidates = songs("jazz", 5) + songs("pop", 50, first=100)
    choice = one(candidates, ticked={"jazz", "pop"})
    of_genre = 5 if choice.reason.genre == "jazz" else 50
    assert choice.probability == pytest.approx(1 / 2 / of_genre)
    assert one(candidates).probability == pytest.approx(1 / 55)


def test_none_of_the_last_twenty_comes_again() -> None:
    choices = listen(songs("jazz", 25), {"jazz"}, 300)
    ids = [choice.track_id for choice in choices]
    for index, track_id in enumerate(ids):
        assert track_id not in ids[max(0, index - 20) : index]


def test_the_same_seed_gives_the_same_songs() -> None:
    candidates = songs("jazz", 40)
    first = listen(candidates, {"jazz"}, 30, seed=5)
    assert first == listen(candidates, {"jazz"}, 30, seed=5)
    assert first != listen(candidates, {"jazz"}, 30, seed=6)


def test_any_song_plays_where_none_is_ticked() -> None:
    candidates = songs("jazz", 20) + songs("pop", 20, first=100)
    choices = listen(candidates, set(), 100)
    assert {choice.track_id >= 100 for choice in choices} == {True, False}
    assert {choice.reason.code for choice in choices} == {"any_genre"}
    assert {choice.reason.genre for choice in choices} == {None}


def test_any_song_plays_where_the_ticked_genre_is_empty() -> None:
    choice = one(songs("pop", 5), ticked={"trot"})
    assert choice.reason.code == "any_genre"
    assert choice.reason.genre is None


def test_no_emotion_is_a_random_song() -> None:
    assert one(songs("pop", 5), emotion=None).reason.code == "random"


@pytest.mark.parametrize("count", [2, 3, 10, 20])
def test_few_ticked_songs_go_round_and_never_twice_in_a_row(count: int) -> None:
    candidates = songs("jazz", count) + songs("pop", 100, first=100)
    ids = [choice.track_id for choice in listen(candidates, {"jazz"}, 60)]
    assert max(ids) <= count
    for index in range(count, len(ids)):
        assert len(set(ids[index - count + 1 : index + 1])) == count


def test_a_single_ticked_song_makes_room_for_another() -> None:
    candidates = songs("jazz", 1) + songs("pop", 30, first=100)
    ids = [choice.track_id for choice in listen(candidates, {"jazz"}, 20)]
    assert all(a != b for a, b in pairwise(ids))
    assert 1 in ids[2:]


def test_the_only_song_there_is_plays_again() -> None:
    assert [choice.track_id for choice in listen(songs("jazz", 1), {"jazz"}, 3)] == [1, 1, 1]


def test_what_is_to_be_avoided_does_not_come_next_unless_it_is_alone() -> None:
    for seed in range(30):
        rng = random.Random(seed)  # noqa: S311
        choice = one(songs("jazz", 3), ticked={"jazz"}, recent=[1], avoid={2}, rng=rng)
        assert choice.track_id == 3
    assert one(songs("jazz", 1), avoid={1}).track_id == 1


def test_the_preferred_source_plays_as_long_as_it_has_something_new() -> None:
    candidates = songs("jazz", 3, source="library") + songs("jazz", 30, first=100)
    ids = [choice.track_id for choice in listen(candidates, {"jazz"}, 10)]
    assert set(ids[:3]) == {1, 2, 3}
    assert all(track_id >= 100 for track_id in ids[3:])
    other = one(candidates, ticked={"jazz"}, sources=("youtube", "library"))
    assert other.track_id >= 100


def test_a_source_that_is_switched_off_never_plays() -> None:
    candidates = songs("jazz", 3, source="library") + songs("jazz", 3, first=100)
    for seed in range(30):
        rng = random.Random(seed)  # noqa: S311
        assert one(candidates, sources=("youtube",), rng=rng).track_id >= 100


def test_the_next_source_takes_over_and_says_so() -> None:
    candidates = songs("jazz", 3, source="library") + songs("jazz", 3, first=100)
    sources = ("youtube", "library")
    choice = one(candidates, ticked={"jazz"}, sources=sources, unavailable={"youtube"})
    assert choice.track_id <= 3
    assert choice.reason.code == "source_fallback"
    assert choice.reason.instead_of == "youtube"
    assert choice.reason.genre == "jazz"


def test_an_unreachable_source_that_was_not_preferred_is_not_blamed() -> None:
    candidates = songs("jazz", 3, source="library") + songs("jazz", 3, first=100)
    choice = one(candidates, ticked={"jazz"}, unavailable={"youtube"})
    assert choice.reason.code == "genre_for_emotion"
    assert choice.reason.instead_of is None


def test_an_unreachable_source_without_such_songs_is_not_blamed() -> None:
    candidates = songs("jazz", 3, source="library") + songs("pop", 3, first=100)
    sources = ("youtube", "library")
    choice = one(candidates, ticked={"jazz"}, sources=sources, unavailable={"youtube"})
    assert choice.reason.code == "genre_for_emotion"


@pytest.mark.parametrize(
    ("candidates", "unavailable", "cause"),
    [
        ([], (), "no_tracks"),
        (songs("jazz", 3), ("youtube",), "sources_unavailable"),
    ],
)
def test_nothing_to_play_says_why(
    candidates: list[Candidate], unavailable: tuple[str, ...], cause: str
) -> None:
    with pytest.raises(NothingToPlay) as caught:
        one(candidates, unavailable=unavailable)
    assert caught.value.cause == cause
