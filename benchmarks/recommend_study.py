"""What the recommender is worth on simulated listeners: the figures of docs/recommend.md.

Eight studies of 30 people who do not exist, with seeds that nothing was tuned on (tuning used
100 to 111). Run it by `python -m benchmarks.recommend_study`; it takes a minute, and writes
`results/recommend_study.json`. On real people: `today-feeling evaluate-recommender`.
"""

from __future__ import annotations

import json
import statistics
from datetime import UTC, datetime
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.report import RESULTS
from today_feeling.domain.evaluation.replay import evaluate, standard_policies
from today_feeling.domain.evaluation.study import read_study
from today_feeling.domain.evaluation.world import World

SEEDS: Final = range(900, 908)
FIGURES: Final = ("auc", "gauc", "best_of_five_rating", "best_of_five_like", "mood_lift")


def main() -> None:
    """Print the means over the studies, and keep them with their spread."""
    found: dict[str, dict[str, list[float]]] = {}
    for seed in SEEDS:
        listening = World(seed).listen()
        study = read_study(listening.events, listening.songs)
        for policy, figures in evaluate(study, standard_policies(study)).items():
            for name in FIGURES:
                found.setdefault(policy, {}).setdefault(name, []).append(figures[name].value)
    table = Table("Simulated", *FIGURES, box=None)
    for policy, each in found.items():
        table.add_row(policy, *(f"{statistics.mean(each[name]):.3f}" for name in FIGURES))
    Console().print(table)
    result = {
        "benchmark": "recommend_study",
        "simulated": True,
        "seeds": list(SEEDS),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "policies": {
            policy: {
                name: {
                    "mean": round(statistics.mean(values), 4),
                    "deviation": round(statistics.stdev(values), 4),
                }
                for name, values in each.items()
            }
            for policy, each in found.items()
        },
    }
    path = RESULTS / "recommend_study.json"
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
