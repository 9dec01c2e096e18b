"""Whatever a diary holds, its export brings it back exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import from_json

from tests.store.world import START
from today_feeling.domain.diary import MAX_NOTE, READINGS
from today_feeling.domain.emotion import EMOTIONS
from today_feeling.domain.goals import GOALS
from today_feeling.domain.music import GENRES
from today_feeling.services import transfer
from today_feeling.store import accounts
from today_feeling.store.database import Database
from today_feeling.web.exporting import document
from today_feeling.web.importing import read_document
from today_feeling.web.schemas.diary import EntryOut, ObservationOut
from today_feeling.web.schemas.transfer import PlayRecord, RecommendationRecord

Json = dict[str, Any]
HEAD = {"format": "today-feeling-export", "version": 1}

times = st.datetimes(
    min_value=datetime(2000, 1, 2),  # noqa: DTZ001 - hypothesis wants them so
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC]),
).map(lambda time: time.isoformat().replace("+00:00", "Z"))
shares = st.floats(0, 1)
emotions = st.sampled_from(EMOTIONS)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
names = texts.filter(bool)
probabilities = st.none() | st.lists(shares, min_size=6, max_size=6)
observations = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "observed_at": times,
        "duration_s": st.floats(0, 600, exclude_min=True),
        "emotion": st.sampled_from(READINGS),
        "probabilities": probabilities,
        "unsure_share": shares,
        "corrected": st.none() | emotions,
    }
)
entries = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "at": times,
        "emotion": emotions,
        "valence": st.none() | st.floats(-1, 1),
        "note": st.none() | texts | st.just("가" * MAX_NOTE),
        "updated_at": times,
    }
)
songs = st.fixed_dictionaries(
    {
        "title": names,
        "artist": st.none() | names,
        "genre": st.sampled_from(GENRES),
        "year": st.none() | st.integers(0, 9999),
        "language": st.none() | st.sampled_from(["ko", "en"]),
        "duration_s": st.none() | st.floats(0, 86400),
    }
)
sources = st.sampled_from(
    [("library", None), ("youtube", "abcdefghijk"), ("youtube", "-_345678901")]
)
recommendations = st.fixed_dictionaries(
    {
        "recommended_at": times,
        "track": st.builds(
            lambda song, source: {**song, "source": source[0], "youtube_video_id": source[1]},
            songs,
            sources,
        ),
        "emotion": st.none() | emotions,
        "origin": st.sampled_from(["camera", "manual", "random"]),
        "confidence": st.none() | shares,
        "probabilities": probabilities,
        "reason": st.fixed_dictionaries(
            {
                "code": st.sampled_from(["random", "any_genre"]),
                "genre": st.none() | st.sampled_from(GENRES),
                "instead_of": st.none() | st.sampled_from(["library", "youtube"]),
            }
        ),
        "goal": st.sampled_from(GOALS),
        "choice_probability": shares,
    }
)
played = st.fixed_dictionaries(
    {
        "started_at": times,
        "outcome": st.none() | st.sampled_from(["finished", "skipped", "stopped", "failed"]),
        "seconds": st.none() | st.floats(0, 86400),
        "liked": st.none() | st.booleans(),
        "after": st.none(),
    }
)
plays = st.builds(lambda made, play: {**made, **play}, recommendations, played)


def unlike(key: str) -> Callable[[Json], str]:
    """Two records with one key are the same."""
    return lambda record: str(record[key])


diaries = st.fixed_dictionaries(
    {
        "observations": st.lists(observations, max_size=5, unique_by=unlike("id")),
        "entries": st.lists(entries, max_size=3, unique_by=unlike("id")),
        "plays": st.lists(plays, max_size=3, unique_by=unlike("recommended_at")),
        "recommendations": st.just([]),
    }
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("transfer")
    with Database(f"sqlite:///{folder / 'test.db'}") as opened:
        opened.migrate()
        yield opened


def guest(database: Database) -> int:
    with database.writing() as session:
        return accounts.add_guest(session, START).id


def exported(database: Database, user_id: int) -> Json:
    lists = {
        "observations": (
            ObservationOut.of(each) for each in transfer.all_observations(database, user_id)
        ),
        "entries": (EntryOut.of(each) for each in transfer.all_entries(database, user_id)),
        "plays": (PlayRecord.of(each) for each in transfer.all_plays(database, user_id)),
        "recommendations": (
            RecommendationRecord.of(each) for each in transfer.all_unplayed(database, user_id)
        ),
    }
    found: Json = from_json(b"".join(document(HEAD, lists)))
    return found


def in_order(diary: Json) -> Json:
    """What the order of records with one time is, nobody promises; nor that of 0.0 and -0.0."""
    return {
        name: sorted(json.dumps(each, sort_keys=True).replace("-0.0", "0.0") for each in rows)
        for name, rows in diary.items()
        if isinstance(rows, list)
    }


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(diary=diaries)
def test_an_export_comes_in_exactly_and_only_once(database: Database, diary: Json) -> None:
    load, problems = read_document({**HEAD, **diary})
    assert problems == []
    first, second = guest(database), guest(database)
    added = transfer.take_in(database, first, load, START)
    assert added.skipped == 0
    once = exported(database, first)
    normal = json.loads(json.dumps(in_order(once)))
    for name in ("observations", "entries"):
        assert len(once[name]) == len(diary[name])
        for told in diary[name]:
            (kept,) = (each for each in once[name] if each["id"] == told["id"])
            assert {**kept, **times_of(kept)} == {**told, **times_of(told)}
    for told in diary["plays"]:
        made = times_of(told)["recommended_at"]
        (kept,) = (each for each in once["plays"] if times_of(each)["recommended_at"] == made)
        assert {**kept, **times_of(kept)} == {**told, **times_of(told)}
    load, problems = read_document(once)
    assert problems == []
    transfer.take_in(database, second, load, START)
    assert in_order(exported(database, second)) == normal
    again = transfer.take_in(database, second, load, START + timedelta(hours=1))
    assert again.skipped == len(load.observations) + len(load.entries) + len(load.kept)
    assert in_order(exported(database, second)) == normal


def times_of(record: Json) -> dict[str, datetime]:
    """Its times as instants: `.5Z` and `.500000Z` are the same."""
    return {
        name: datetime.fromisoformat(value)
        for name, value in record.items()
        if name in {"observed_at", "at", "updated_at", "recommended_at", "started_at"}
    }
