"""`today-feeling evaluate-recommender`: what the recommender is worth on a study of listening."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from today_feeling.domain.evaluation.replay import Estimate, Figures, evaluate, standard_policies
from today_feeling.domain.evaluation.study import read_study
from today_feeling.errors import InvalidInput

_HEADINGS: Final = {
    "auc": "AUC",
    "gauc": "GAUC",
    "best_of_five_rating": "Best of five: rating",
    "best_of_five_like": "Best of five: liked",
    "mood_lift": "Mood lift",
}


def evaluate_recommender(
    events: Annotated[
        Path,
        typer.Option(
            metavar="CSV",
            help="event, user, time, song, valence_before, arousal_before, valence_after, "
            "rating (1-5), random (1: shown at random), and numeric columns about the moment.",
        ),
    ],
    songs: Annotated[
        Path, typer.Option(metavar="CSV", help="song, and any columns about the song.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare the recommender with baselines on listening that was rated.

    Walks through the events in order of time; every choice is scored before its event is learned,
    and only songs that were shown at random count. Intervals: bootstrap over users, 95 %.
    """
    study = read_study(_rows(events), _rows(songs))
    figures = evaluate(study, standard_policies(study))
    if as_json:
        policies = {name: _plain(each) for name, each in figures.items()}
        typer.echo(json.dumps({"events": len(study.events), "policies": policies}))
        return
    at_random = sum(event.random for event in study.events)
    table = Table("Policy", *_HEADINGS.values(), box=None)
    for name, each in figures.items():
        table.add_row(name, *(_cell(each[key]) for key in _HEADINGS))
    Console(markup=False).print(table)
    typer.echo(f"{at_random} random of {len(study.events)} events, {study.users} users.")
    if study.unread:
        typer.echo(f"Columns not used: {', '.join(study.unread)}.")


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            # What a row has beyond the columns stands under the name None.
            return [
                {name.strip(): value or "" for name, value in row.items() if name}
                for row in csv.DictReader(file)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"{path}: cannot be read ({error}).") from error


def _plain(figures: Figures) -> dict[str, Any]:
    plain: dict[str, Any] = {name: _number(each.value) for name, each in figures.items()}
    intervals = {
        f"{name}_interval": [_number(each.low), _number(each.high)]
        for name, each in figures.items()
    }
    return plain | intervals


def _number(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _cell(estimate: Estimate) -> str:
    if not math.isfinite(estimate.value):
        return "-"
    return f"{estimate.value:.3f} ({estimate.low:.3f}, {estimate.high:.3f})"
