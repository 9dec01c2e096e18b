from __future__ import annotations

import math

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


def test_a_song_that_the_table_lacks_is_a_song_of_which_nothing_is_known() -> None:
    study = read_study([event(song="unknown")], songs())
    assert study.events[0].song == 4
    assert not study.numbers[4].any()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("7", "7.0", True),
        (" 7", "7 ", True),
        ("10", "1_0", False),
        ("100000", "1e5", False),
        ("9007199254740993", "9007199254740992", False),
        ("s7", "s7.0", False),
    ],
)
def test_ids_are_text_but_for_a_whole_number_that_a_program_wrote_with_a_point(
    one: str, other: str, same: bool
) -> None:
    rows = [event(song=one, user=one), event(song=other, user=other)]
    first, second = read_study(rows, [{"song": one, "tempo": "1"}]).events
    assert (first.song == second.song) is same
    assert (first.user == second.user) is same


def test_events_without_rating_are_left_out() -> None:
    for nothing in ("", "NA", "null", "-"):
        assert len(read_study([event(), event(rating=nothing)], songs()).events) == 1


def test_what_came_of_an_event_is_no_context() -> None:
    after = {"arousal_after": "1", "valence_change": "1", "liked": "1", "after_hours": "1"}
    study = read_study([event(**after, heart_rate="70")], songs())
    assert study.context == ("valence_before", "arousal_before", "heart_rate")
    assert study.unread == tuple(after)


@pytest.mark.parametrize(
    ("written", "random"),
    [
        *(("1", True), ("1.0", True), ("True", True), ("yes", True)),
        *(("0", False), ("FALSE", False), ("", False), ("NaN", False)),
    ],
)
def test_random_is_said_in_many_ways(written: str, random: bool) -> None:
    assert read_study([event(random=written)], songs()).events[0].random is random


@pytest.mark.parametrize(
    "written", ["2026/3/1 9:05", "2026-03-01T18:05:00.5+09:00", "2026-3-1 9:05:1"]
)
def test_dates_come_in_many_ways(written: str) -> None:
    plain = read_study([event(time="2026-03-01T09:05:00Z")], songs()).events[0].at
    assert read_study([event(time=written)], songs()).events[0].at == pytest.approx(plain, abs=1)


@pytest.mark.parametrize("written", ["1700000000", "1700000000000", "1700000000000000000"])
def test_epochs_of_finer_units_are_the_same_instant(written: str) -> None:
    assert read_study([event(time=written)], songs()).events[0].at == 1_700_000_000


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rating": "7"}, "row 2: a rating"),
        ({"rating": "good"}, "row 2: a rating"),
        ({"time": "later"}, "row 2 cannot be read: time 'later'"),
        ({"time": ""}, "row 2 cannot be read: time ''"),
        ({"random": "perhaps"}, "row 2 cannot be read.*random 'perhaps'"),
        ({"user": " "}, "row 2: no user"),
        ({"song": ""}, "row 2: no song"),
    ],
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
