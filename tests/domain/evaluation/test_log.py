from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np

from today_feeling.domain.diary import After, Play
from today_feeling.domain.evaluation.log import EVENTS, SONGS, Log
from today_feeling.domain.evaluation.study import read_study
from today_feeling.domain.music import Track
from today_feeling.domain.recommend import Mood, Reason, Recommendation

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SAD = Mood("sadness", "camera", 0.75, goal="lift")


def track(number: int, **other: Any) -> Track:
    values = {"source": "youtube", "title": f"Secret {number}", "artist": "IU", "genre": "jazz"}
    return Track(**{"id": number, **values, **other})


def play(of: Track, mood: Mood = SAD, **other: Any) -> Play:
    made = Recommendation(1, AT, of, mood, Reason("random", None, None))
    return Play(**{"id": 1, "started_at": AT, "recommendation": made, **other})


def log(seed: int = 1) -> Log:
    return Log(random.Random(seed))  # noqa: S311


def test_likes_are_fives_dislikes_ones_and_silence_is_nothing() -> None:
    kept = log()
    said = [
        kept.event(7, play(track(1), liked=liked, outcome=outcome), at_random=None)["rating"]
        for liked, outcome in ((True, "skipped"), (False, "finished"), (None, "finished"))
    ]
    assert said == ["5", "1", ""]


def test_only_what_is_known_to_be_drawn_by_the_rule_is_random() -> None:
    kept = log()
    flags = [kept.event(7, play(track(1)), flag)["random"] for flag in (True, False, None)]
    assert flags == ["1", "0", "0"]


def test_valence_is_what_was_seen_around_the_song_or_else_that_of_the_told_mood() -> None:
    kept, seen = log(), After("happiness", valence_before=-0.5, valence_after=0.25)
    measured = kept.event(7, play(track(1), after=seen), None)
    assert [measured[name] for name in EVENTS[4:7]] == ["-0.5", "-0.48", "0.25"]
    told = kept.event(7, play(track(1)), None)
    assert [told[name] for name in EVENTS[4:7]] == ["-0.75", "-0.48", ""]
    unknown = kept.event(7, play(track(1), Mood(None, "random")), None)
    assert [unknown[name] for name in EVENTS[4:]] == ["", "", "", "", "0", "", "2", "0", "0", "0"]


def test_songs_are_counted_in_a_row_for_each_person() -> None:
    kept = log()
    minutes = ((7, 0), (8, 1), (7, 5), (7, 35), (8, 40), (7, 66), (7, 67))
    told = [
        kept.event(who, play(track(1), started_at=AT + timedelta(minutes=each)), None)["session"]
        for who, each in minutes
    ]
    assert told == ["0", "0", "1", "2", "0", "0", "1"]
    assert [kept.event(9, play(track(1)), None)["session"] for _ in range(30)][-1] == "20"


def test_people_are_numbers_that_tell_nothing_of_their_ids() -> None:
    ids, orders = (101, 102, 103), set()
    for seed in range(20):
        kept = log(seed)
        numbers = [int(kept.event(who, play(track(1)), None)["user"]) for who in (*ids, *ids)]
        assert numbers[:3] == numbers[3:]
        assert len(set(numbers)) == 3
        orders.add(tuple(np.argsort(numbers[:3])))
    assert len(orders) > 3


def test_songs_are_told_once_and_without_titles_or_names() -> None:
    kept = log()
    songs = [
        track(2, language="ko/en", year=2020, tempo=96.5, tempo_estimated=True),
        track(1, artist=" iu "),
        track(3, artist=None),
    ]
    for each in (*songs, songs[0]):
        kept.event(7, play(each), None)
    rows = list(kept.songs())
    assert [row["song"] for row in rows] == ["1", "2", "3"]
    assert [row["artist_id"] for row in rows] == ["1", "1", ""]
    assert (rows[1]["language"], rows[1]["year"], rows[0]["year"]) == ("ko|en", "2020", "")
    assert (rows[0]["tempo"], rows[1]["tempo"], rows[1]["tempo_estimated"]) == ("", "96.5", "1")
    assert all(tuple(row) == SONGS for row in rows)
    assert "Secret" not in str(rows)


def test_what_is_written_is_what_the_evaluation_reads() -> None:
    kept = log()
    here = timezone(timedelta(hours=9))
    rows = [
        kept.event(who, play(track(n), liked=n % 2 == 0, started_at=at), at_random=n == 2)
        for n, who, at in ((1, 7, AT.astimezone(here)), (2, 8, AT + timedelta(minutes=1)))
    ]
    assert all(tuple(row) == EVENTS for row in rows)
    study = read_study(rows, list(kept.songs()))
    assert [event.rating for event in study.events] == [1, 5]
    assert [event.random for event in study.events] == [False, True]
    assert [event.at for event in study.events] == [AT.timestamp(), AT.timestamp() + 60]
    assert study.users == 2
    assert study.context[2:] == ("certainty", "session", "goal_lift", "goal_calm", "goal_focus")
