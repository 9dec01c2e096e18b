from __future__ import annotations

import math

import numpy as np
import pytest

from today_feeling.domain.evaluation.study import read_study
from today_feeling.errors import InvalidInput


def event(**other: str) -> dict[str, str]:
    row = {"event": "1", "user": "a", "time": "5", "song": "s1", "valence_before": "0.5"}
    row |= {"arousal_before": "0", "valence_after": "", "rating": "4", "random": "1"}
    return row | other


def song(number: int, **columns: str) -> dict[str, str]:
    return {"song": f"s{number}", **columns}


def songs(count: int = 4) -> list[dict[str, str]]:
    return [song(number, tempo=str(number)) for number in range(1, count + 1)]


def test_events_come_in_order_of_time_in_seconds_or_dates() -> None:
    study = read_study([event(time="9"), event(time="2", rating="1")], songs())
    assert [each.rating for each in study.events] == [1, 4]
    rows = [event(time="2026-03-02 08:00:00", rating="2"), event(time="2026-03-01T09:00:00Z")]
    assert [each.rating for each in read_study(rows, songs()).events] == [4, 2]


def test_what_is_missing_is_unknown_and_not_zero() -> None:
    study = read_study([event(valence_before="", steps="")], songs())
    assert math.isnan(study.events[0].valence_before)
    assert study.context == ("valence_before", "arousal_before", "steps")
    assert math.isnan(study.events[0].context[2])


def test_columns_of_songs_are_numbers_or_categories() -> None:
    rows = [
        song(n, tempo=str(100 + n), genre=("jazz", "pop")[n % 2], genre_id=str(n % 2), name=f"T{n}")
        for n in range(8)
    ]
    study = read_study([event()], rows)
    assert study.numbers.shape == (8, 1)
    np.testing.assert_allclose((study.numbers.mean(), study.numbers.std()), (0, 1), atol=1e-12)
    assert study.categories.shape == (8, 4)
    assert study.genres.shape == (8, 2)
    assert (study.genres.sum(1) == 1).all()


def test_a_missing_number_is_the_mean_and_a_constant_column_nothing() -> None:
    rows = [song(1, tempo="1", flat="3"), song(2, tempo="", flat="3"), song(3, tempo="3", flat="")]
    numbers = read_study([event()], rows).numbers
    assert numbers.shape == (3, 1)
    assert numbers[1, 0] == 0


def test_a_song_may_be_of_several_genres() -> None:
    rows = [song(n, genre="rock|pop" if n % 2 else "pop") for n in range(8)]
    assert sorted(read_study([event()], rows).genres.sum(0)) == [4, 8]


def test_many_columns_become_few() -> None:
    rng = np.random.default_rng(1)
    rows = [song(n, **{f"f{m}": str(rng.normal()) for m in range(80)}) for n in range(100)]
    numbers = read_study([event()], rows).numbers
    assert numbers.shape == (100, 32)
    assert 0.5 < numbers.std() < 2


def test_a_song_that_the_table_lacks_is_a_song_of_which_nothing_is_known() -> None:
    study = read_study([event(song="unknown")], songs())
    assert study.events[0].song == 4
    assert not study.numbers[4].any()


def test_numbers_name_songs_however_they_are_written() -> None:
    rows = [{"song": "7", "tempo": "1"}, {"song": "8", "tempo": "2"}]
    assert read_study([event(song="8.0")], rows).events[0].song == 1


def test_events_without_rating_are_left_out() -> None:
    assert len(read_study([event(), event(rating="")], songs()).events) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"rating": "7"}, "row 2"), ({"rating": "good"}, "row 2"), ({"time": "later"}, "row 2")],
)
def test_a_value_that_cannot_be_is_named(wrong: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        read_study([event(), event(**wrong)], songs())


def test_a_missing_column_is_named() -> None:
    rows = [{name: value for name, value in event().items() if name != "rating"}]
    with pytest.raises(InvalidInput, match="rating"):
        read_study(rows, songs())
    with pytest.raises(InvalidInput, match="at least one row"):
        read_study([], songs())
