"""Run the named benchmarks, or all of them: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import importlib
import sys

BENCHMARKS = (
    "candidate_index",
    "first_result",
    "idle_cost",
    "library",
    "load",
    "memory",
    "recommend",
    "statistics",
    "vision_browser",
    "vision_python",
)
"""Modules of this package with a `main()`; each writes `results/<name>.json`."""


def main(names: list[str]) -> int:
    """Run them one after the other; unknown names are told, not guessed."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
        return 2
    for name in names or BENCHMARKS:
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
