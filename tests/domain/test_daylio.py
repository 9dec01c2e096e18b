from __future__ import annotations

from datetime import UTC, datetime

import pytest

from today_feeling.domain import daylio
from today_feeling.domain.daylio import Read
from today_feeling.domain.diary import MAX_NOTE, zone
from today_feeling.errors import InvalidInput

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEADER = "full_date,date,weekday,time,mood,activities,note_title,note"


def read(*rows: str, header: str = HEADER) -> Read:
    return daylio.read("\r\n".join((header, *rows)), zone("Asia/Seoul"), NOW)


def test_a_row_becomes_an_entry_with_everything_that_it_tells() -> None:
    text = '2023-01-31,January 31,Tuesday,8:30 pm,good,work | long walk,Lake,"Cold, but ""nice""\nand quiet"'  # noqa: E501
    (entry,), problems = read(text)
    assert entry.at == datetime(2023, 1, 31, 11, 30, tzinfo=UTC)
    assert (entry.emotion, entry.valence) == ("happiness", 0.5)
    assert entry.note == 'Lake\nCold, but "nice"\nand quiet\n(good · work, long walk)'
    assert problems == []


@pytest.mark.parametrize(
    ("mood", "valence", "emotion"),
    [
        ("rad", 1.0, "happiness"),
        ("Good", 0.5, "happiness"),
        ("meh", 0.0, "neutral"),
        ("bad", -0.5, "sadness"),
        ("awful", -1.0, "sadness"),
        ("최고", 1.0, "happiness"),
        ("좋음", 0.5, "happiness"),
        ("그저 그럼", 0.0, "neutral"),
        ("나쁨", -0.5, "sadness"),
        ("끔찍해요", -1.0, "sadness"),
    ],
)
def test_moods_are_known_in_korean_and_english(mood: str, valence: float, emotion: str) -> None:
    (entry,), problems = read(f"2023-01-31,,,20:30,{mood},,,")
    assert (entry.valence, entry.emotion, problems) == (valence, emotion, [])


@pytest.mark.parametrize(
    ("time", "hour"),
    [
        ("20:30", 20),
        ("8:30 pm", 20),
        ("8:30\u202fPM", 20),
        ("8:30 p.m.", 20),
        ("오후 8:30", 20),
        ("12:30 am", 0),
        ("오전 12:30", 0),
        ("12:30 pm", 12),
        ("08.30", 8),
    ],
)
def test_clocks_of_many_countries_are_read(time: str, hour: int) -> None:
    (entry,), _ = read(f"2023-07-31,,,{time},meh,,,")
    assert entry.at.astimezone(zone("Asia/Seoul")).hour == hour


def test_a_mood_of_ones_own_is_kept_in_the_note_and_told() -> None:
    (entry,), problems = read("2023-01-31,,,20:30,sleepy,,,zzz")
    assert (entry.emotion, entry.valence) == (None, None)
    assert entry.note == "zzz\n(sleepy)"
    assert [(problem.row, "sleepy" in problem.message) for problem in problems] == [(2, True)]


@pytest.mark.parametrize(
    "bad",
    [
        "2023-02-30,,,20:30,good,,,",
        "yesterday,,,20:30,good,,,",
        "2023-01-31,,,soon,good,,,",
        "2023-01-31,,,25:30,good,,,",
        "1023-01-31,,,20:30,good,,,",
        "0001-01-01,,,00:30,good,,,",
        "2000-01-01,,,08:59,good,,,",  # in UTC it is 1999
        "2023-01-31,,,20:30,,,,",
        "2023-01-31,,,20:30,good,,,note,and more",
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_kept(bad: str) -> None:
    entries, problems = read("2023-01-31,,,20:30,good,,,", bad, "2023-01-31,,,21:30,bad,,,")
    assert len(entries) == 2
    assert [problem.row for problem in problems] == [3]


def test_a_long_note_is_cut_into_several_entries_and_nothing_is_lost() -> None:
    note = "".join(chr(0xAC00 + number % 1000) for number in range(2 * MAX_NOTE + 1))
    entries, problems = read(f"2023-01-31,,,20:30,rad,,,{note}")
    assert "".join(entry.note or "" for entry in entries) == f"{note}\n(rad)"
    assert [entry.emotion for entry in entries] == ["happiness", None, None]
    assert len({entry.id for entry in entries}) == 3
    assert problems == []


def test_the_same_row_always_gets_the_same_id_and_twins_differ() -> None:
    row = "2023-01-31,,,20:30,good,,,same"
    first, again = read(row, row), read(row, row)
    assert [entry.id for entry in first.entries] == [entry.id for entry in again.entries]
    assert len({entry.id for entry in first.entries}) == 2


def test_further_columns_and_a_byte_order_mark_do_no_harm() -> None:
    header = "\ufefffull_date,date,weekday,time,mood,activities,scales,note_title,note"
    (entry,), _ = read("2023-01-31,,,20:30,good,run,7,,hi", header=header)
    assert entry.note == "hi\n(good · run)"


@pytest.mark.parametrize("header", ["", "year,date,weekday,time,mood", '"'])
def test_another_table_is_refused(header: str) -> None:
    with pytest.raises(InvalidInput, match="Daylio"):
        read("1,2,3,4,5", header=header)


def test_what_follows_a_field_that_cannot_be_read_is_told() -> None:
    entries, problems = read(
        "2023-01-31,,,20:30,good,,,", f"2023-01-31,,,20:30,good,,,{'x' * 200_000}"
    )
    assert len(entries) == 1
    assert [problem.row for problem in problems] == [3]
