"""`today-feeling export-events`, as a person calls it."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.conftest import FakeClock
from tests.store.test_plays import MOOD, begun
from tests.store.world import add_track
from today_feeling.cli import app
from today_feeling.domain.recommend import Choice, Reason
from today_feeling.errors import Conflict
from today_feeling.store import accounts, plays
from today_feeling.store.database import Database


def fill(database: Database, clock: FakeClock) -> None:
    with database.writing() as session:
        people = [accounts.add_guest(session, clock()).id for _ in range(5)]
        for number in range(60):
            user_id, song = people[number % 5], number % 12
            choice = Choice(
                add_track(session, song, "jazz" if song % 2 else "pop"),
                Reason("any_genre", None, "sadness"),
                0.5,
                at_random=number % 3 > 0,
            )
            made = plays.add_recommendation(session, user_id, MOOD, choice, clock())
            at = clock.advance(minutes=5)
            play = begun(session, user_id, made.id, at)
            plays.change(session, user_id, play, outcome="finished", seconds=9, liked=song % 2 == 0)
        made = plays.add_recommendation(session, people[0], MOOD, choice, clock())
        begun(session, people[0], made.id, clock() + timedelta(minutes=5))


@pytest.fixture
def listened_to(database_url: str, clock: FakeClock) -> str:
    """Five people liked even songs and disliked odd ones, half of them drawn at random."""
    with Database(database_url) as database:
        database.migrate()
        fill(database, clock)
    return database_url


def test_the_log_can_be_judged_at_once(listened_to: str, tmp_path: Path) -> None:
    events, songs = tmp_path / "events.csv", tmp_path / "songs.csv"
    call = ["export-events", str(events), str(songs), "--database", listened_to]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 0, done.output
    assert "61 plays" in done.output
    assert "12 songs" in done.output
    assert "Song" not in events.read_text() + songs.read_text()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (events, songs)} == {0o600}
    judge = ["evaluate-recommender", "--events", str(events), "--songs", str(songs), "--json"]
    told = json.loads(CliRunner().invoke(app, judge).output)
    assert told["events"] == 60
    assert told["policies"]["today_feeling"]["auc"] > 0.9
    assert told["policies"]["genre_rule"]["auc"] > 0.9


def test_files_that_are_there_are_replaced_only_when_told(listened_to: str, tmp_path: Path) -> None:
    events, songs = tmp_path / "events.csv", tmp_path / "songs.csv"
    songs.write_text("mine")
    call = ["export-events", str(events), str(songs), "--database", listened_to]
    assert isinstance(CliRunner().invoke(app, call).exception, Conflict)
    assert (songs.read_text(), events.exists()) == ("mine", False)
    assert CliRunner().invoke(app, [*call, "--force"]).exit_code == 0
    assert songs.read_text().startswith("song,genre")
