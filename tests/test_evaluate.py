"""`today-feeling evaluate-recommender`, as a person calls it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from today_feeling.cli import app
from today_feeling.domain.evaluation.world import World
from today_feeling.errors import InvalidInput


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("study")
    listening = World(seed=1, people=5, songs=30).listen(later=20)
    for name, rows in (("events", listening.events), ("songs", listening.songs)):
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return ["--events", str(folder / "events.csv"), "--songs", str(folder / "songs.csv")]


def test_json_is_one_object_with_every_policy_and_interval(files: list[str]) -> None:
    done = CliRunner().invoke(app, ["evaluate-recommender", *files, "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["events"] == 200
    assert list(told["policies"]) == [
        "today_feeling",
        "random",
        "popularity",
        "genre_rule",
        "item_mean",
    ]
    names = {"auc", "gauc", "best_of_five_rating", "best_of_five_like", "mood_lift"}
    for figures in told["policies"].values():
        assert set(figures) == names | {f"{name}_interval" for name in names}
        for name in names:
            low, high = figures[f"{name}_interval"]
            assert low <= figures[name] <= high


def test_the_table_names_every_policy(files: list[str]) -> None:
    done = CliRunner().invoke(app, ["evaluate-recommender", *files], env={"COLUMNS": "160"})
    for words in ("today_feeling", "genre_rule", "AUC", "of 200 events, 5 users"):
        assert words in done.output


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, files: list[str]) -> None:
    gone = str(tmp_path / "gone.csv")
    done = CliRunner().invoke(app, ["evaluate-recommender", "--events", gone, *files[2:]])
    assert isinstance(done.exception, InvalidInput)
    assert "gone.csv" in str(done.exception)
