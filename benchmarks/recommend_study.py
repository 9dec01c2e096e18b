"""What the recommender is worth on simulated listeners: the figures of docs/recommend.md.

Four studies each of people with five kinds of taste, of whom nobody exists; only `linear` is what
our model can say whole. Nothing was tuned or chosen on these seeds (those were 100 to 111, 200 to
204, 300 to 308 and 700 to 732). Run it by `python -m benchmarks.recommend_study`; it takes half a
minute, and writes `results/recommend_study.json`. On real people:
`today-feeling evaluate-recommender`.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.report import RESULTS
from today_feeling.domain.evaluation.metrics import FIGURES
from today_feeling.domain.evaluation.replay import evaluate, standard_policies
from today_feeling.domain.evaluation.study import read_study
from today_feeling.domain.evaluation.tastes import TASTES, Taste
from today_feeling.domain.evaluation.world import World

SEEDS: Final = range(900, 904)

Found = Mapping[str, Mapping[str, Sequence[float]]]
"""By policy and figure, one value for each study."""


def main() -> None:
    """Print the means over the studies of each kind, and keep them with their spread."""
    found = {taste: _studies(taste) for taste in TASTES}
    table = Table("Simulated", "", *FIGURES, box=None)
    for taste, policies in found.items():
        for policy, each in policies.items():
            means = (f"{statistics.mean(each[name]):.3f}" for name in FIGURES)
            table.add_row(taste, policy, *means)
    Console().print(table)
    result = {
        "benchmark": "recommend_study",
        "simulated": True,
        "seeds": list(SEEDS),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tastes": {taste: _told(policies) for taste, policies in found.items()},
    }
    path = RESULTS / "recommend_study.json"
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _studies(taste: Taste) -> Found:
    found: dict[str, dict[str, list[float]]] = {}
    for seed in SEEDS:
        listening = World(seed, taste=taste).listen()
        study = read_study(listening.events, listening.songs)
        for policy, figures in evaluate(study, standard_policies(study)).items():
            for name in FIGURES:
                found.setdefault(policy, {}).setdefault(name, []).append(figures[name].value)
    return found


def _told(policies: Found) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    return {
        policy: {
            name: {
                "mean": round(statistics.mean(values), 4),
                "deviation": round(statistics.stdev(values), 4),
            }
            for name, values in each.items()
        }
        for policy, each in policies.items()
    }


if __name__ == "__main__":
    main()
