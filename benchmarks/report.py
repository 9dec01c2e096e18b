"""How every benchmark tells its result: a table to read, a JSON file to compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"


def report(
    benchmark: str, unit: str, ours: float, rivals: Mapping[str, float], **details: Any
) -> Path:
    """Print the medians beside each other and write `results/<benchmark>.json`.

    Parameters
    ----------
    benchmark
        Name of the benchmark, which is the name of the file.
    unit
        Unit of all values; less must be better.
    ours, rivals
        Medians of one interleaved run.
    details
        Whatever else a reader needs: versions, sizes, spreads, the machine.
    """
    table = Table(title=f"{benchmark} ({unit}, less is better)")
    for column in ("", "median", "times ours"):
        table.add_column(column, justify="left" if not column else "right")
    table.add_row("[bold]today feeling", f"{ours:.2f}", "1.0")
    for name, value in rivals.items():
        table.add_row(name, f"{value:.2f}", f"{value / ours:.1f}")
    Console().print(table)

    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{benchmark}.json"
    result = {
        "benchmark": benchmark,
        "unit": unit,
        "ours": ours,
        "rivals": dict(rivals),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **details,
    }
    path.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
