"""`today-feeling evaluate-recommender`, as a person calls it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from today_feeling.cli import app
from today_feeling.domain.evaluation.metrics import FIGURES
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
    names = set(FIGURES)
    for figures in told["policies"].values():
        assert set(figures) == names | {f"{name}_interval" for name in names}
        for name in names:
            low, high = figures[f"{name}_interval"]
            assert low <= figures[name] <= high


def test_the_table_names_every_policy(files: list[str]) -> None:
    done = CliRunner().invoke(app, ["evaluate-recommender", *files], env={"COLUMNS": "160"})
    for words in ("today_feeling", "genre_rule", "AUC", "of 200 events, 5 users"):
        assert words in done.output


def test_tables_as_spreadsheets_and_programs_leave_them(tmp_path: Path, files: list[str]) -> None:
    """The order of columns, words for nothing, other columns and rows that end early do not
    matter."""
    plain = json.loads(CliRunner().invoke(app, ["evaluate-recommender", *files, "--json"]).output)
    with Path(files[1]).open(encoding="utf-8") as file:
        events = list(csv.DictReader(file))
    columns = [name for name in reversed(events[0]) if name not in ("heart_rate", "valence_after")]
    lines = [["", *(f" {name} " for name in columns), "weather", "valence_after", "heart_rate"]]
    for number, row in enumerate(events):
        row["random"] = ("False", "TRUE")[int(row["random"])]
        row["time"] += "000"
        row["user"], row["song"] = f"{row['user'][7:]}.0", f"{row['song'][5:]}.0"
        end = [row["valence_after"], *([row["heart_rate"]] if row["heart_rate"] else [])]
        lines.append([str(number), *(row[name] for name in columns), "fine", *end])
    lines.append(["", *("NA" if name == "rating" else events[0][name] for name in columns), "fine"])
    with Path(files[3]).open(encoding="utf-8") as file:
        songs = [dict(row, song=row["song"][5:]) for row in csv.DictReader(file)]
    tables = (
        ("events", lines),
        ("songs", [list(songs[0]), *(list(row.values()) for row in songs)]),
    )
    for name, rows in tables:
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file).writerows(
                [cell or "NA" for cell in row] if name == "songs" else row for row in rows
            )
    paths = ["--events", str(tmp_path / "events.csv"), "--songs", str(tmp_path / "songs.csv")]
    done = CliRunner().invoke(app, ["evaluate-recommender", *paths, "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["events"] == plain["events"]
    for policy, figures in plain["policies"].items():
        for name in FIGURES:
            assert told["policies"][policy][name] == pytest.approx(figures[name], abs=1e-3), policy
    shown = CliRunner().invoke(app, ["evaluate-recommender", *paths], env={"COLUMNS": "160"})
    assert "Columns not used: title." in shown.output


def test_where_songs_name_no_genre_its_rule_is_null(tmp_path: Path, files: list[str]) -> None:
    with Path(files[3]).open(encoding="utf-8") as file:
        rows = [[row["song"], row["energy"]] for row in csv.DictReader(file)]
    table = tmp_path / "songs.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["song", "energy"], *rows])
    call = ["evaluate-recommender", *files[:2], "--songs", str(table)]
    told = json.loads(CliRunner().invoke(app, [*call, "--json"]).output)
    assert told["policies"]["genre_rule"]["auc"] is None
    assert told["policies"]["genre_rule"]["auc_interval"] == [None, None]
    assert told["policies"]["today_feeling"]["auc"] > 0.5


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, files: list[str]) -> None:
    gone = str(tmp_path / "gone.csv")
    done = CliRunner().invoke(app, ["evaluate-recommender", "--events", gone, *files[2:]])
    assert isinstance(done.exception, InvalidInput)
    assert "gone.csv" in str(done.exception)
