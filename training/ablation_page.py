"""The page of the ablations: a row for each variant, and its difference from the baseline."""

import statistics
from typing import Any

from training.pages import mean_and_spread
from training.variants import BASELINE, IMAGENET, NOT_IMAGENET, Budget

Json = dict[str, Any]


def as_lines(result: Json) -> list[str]:
    """The measured part of `docs/model/ablations.md`."""
    budget, rows = Budget(**result["budget"]), result["variants"]
    lines = [
        f"{budget.pictures:,} random training pictures, {budget.passes} passes, {budget.size} "
        f"pixels, batches of {budget.batch}; {budget.scored:,} pictures of the public test. "
        "Where there are several seeds: mean, in brackets the standard deviation over them; the "
        "difference from the baseline, in points, is of runs of equal seed (least to largest).",
        "",
        "| | seeds | accuracy | difference | macro-F1 | difference |",
        "|---|---|---|---|---|---|",
    ]
    for name, row in rows.items():
        cells = [str(len(row))]
        for key in ("accuracy", "macro_f1"):
            cells.append(mean_and_spread([each[key] for each in row.values()]))
            cells.append("" if name == BASELINE else difference(row, rows[BASELINE], key))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    if IMAGENET in rows and NOT_IMAGENET in rows:
        accuracy, macro_f1 = (
            difference(rows[IMAGENET], rows[NOT_IMAGENET], key) for key in ("accuracy", "macro_f1")
        )
        lines += [
            "",
            "**What ImageNet is worth**, EfficientNet-Lite0 begun with its weights against the "
            f"same begun at random: accuracy {accuracy}, macro-F1 {macro_f1}.",
        ]
    return lines


def difference(row: Json, other: Json, key: str) -> str:
    """`-3.1 (-4.0 to -2.2)`: mean, least and largest difference between two rows, in points."""
    each = [100 * (row[seed][key] - other[seed][key]) for seed in row if seed in other]
    if not each:
        return "not known"
    if len(each) == 1:
        return f"{each[0]:+.1f}"
    return f"{statistics.mean(each):+.1f} ({min(each):+.1f} to {max(each):+.1f})"
